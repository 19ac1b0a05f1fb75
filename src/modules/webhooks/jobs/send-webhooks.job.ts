import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Jobs } from '../../../platform/jobs/jobs';
import { type JsonObject, textAt } from '../../../shared/json';
import { DeleteEndpoint } from '../actions/delete-endpoint';
import { ResumeEndpoint } from '../actions/resume-endpoint';
import { SendWebhook } from '../actions/send-webhook';
import { CLEAR_ENDPOINT, RESUME_ENDPOINT, SEND_AGAIN, SEND_NEXT } from './webhook-jobs';

/** Does the jobs of this module. */
@Injectable()
export class SendWebhooksJob implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly send: SendWebhook,
    private readonly resume: ResumeEndpoint,
    private readonly remove: DeleteEndpoint,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(SEND_NEXT, (payload, signal) => this.next(payload, signal), 'merchants');
    this.jobs.handle(SEND_AGAIN, (payload, signal) => this.again(payload, signal), 'merchants');
    this.jobs.handle(CLEAR_ENDPOINT, (payload) =>
      this.remove.clear(requiredText(payload, 'endpoint')),
    );
    this.jobs.handle(RESUME_ENDPOINT, (payload) => this.goOn(payload));
  }

  private goOn(payload: JsonObject): Promise<void> {
    return this.resume.execute({
      endpointId: requiredText(payload, 'endpoint'),
      after: requiredText(payload, 'after'),
      isDueOnly: payload['is_due_only'] === true,
    });
  }

  private next(payload: JsonObject, signal: AbortSignal): Promise<void> {
    const endpoint_id = requiredText(payload, 'endpoint');
    return this.send.next({ endpoint_id, subject_id: requiredText(payload, 'subject') }, signal);
  }

  private again(payload: JsonObject, signal: AbortSignal): Promise<void> {
    const id = requiredText(payload, 'delivery');
    return this.send.again({ id, round: Number(payload['round']) }, signal);
  }
}

function requiredText(payload: JsonObject, name: string): string {
  const text = textAt(payload, name);
  if (text === null) throw new Error(`the job has no ${name}`);
  return text;
}
