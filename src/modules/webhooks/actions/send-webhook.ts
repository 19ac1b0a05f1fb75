import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../../platform/database/database';
import { toTimestamp } from '../../../platform/http/timestamp';
import { type Job, Jobs } from '../../../platform/jobs/jobs';
import { Logger } from '../../../platform/logging/log';
import { showId } from '../../../shared/id';
import { GONE, type SendOutcome } from '../delivery/send-outcome';
import { WebhookSender } from '../delivery/webhook-sender';
import { pauseAfter } from '../domain/retry-schedule';
import { attemptJob, nextJob, resumeJob } from '../jobs/webhook-jobs';
import { DeliveriesRepository } from '../storage/deliveries.repository';
import { type AttemptRecord, type Chain, type DueDelivery } from '../storage/delivery.row';
import { EndpointsRepository } from '../storage/endpoints.repository';
import { PROBE_LASTS_S, ReachabilityRepository } from '../storage/reachability.repository';

const GONE_REASON = 'The receiver answered 410 (gone).';

/**
 * Makes one attempt and records it. Killed in between, it sends once more: receivers know a repeat by its
 * `webhook-id`.
 */
@Injectable()
export class SendWebhook {
  constructor(
    private readonly database: Database,
    private readonly deliveries: DeliveriesRepository,
    private readonly endpoints: EndpointsRepository,
    private readonly reachability: ReachabilityRepository,
    private readonly jobs: Jobs,
    private readonly sender: WebhookSender,
    private readonly log: Logger,
  ) {}

  /** The first of a chain; those behind it wait until it was delivered or has failed for good. */
  async next(chain: Chain, signal: AbortSignal): Promise<void> {
    await this.attempt(await this.deliveries.next(this.database, chain), signal);
  }

  /** One that was asked for again. */
  async again(
    asked: { readonly id: string; readonly round: number },
    signal: AbortSignal,
  ): Promise<void> {
    await this.attempt(await this.deliveries.round(this.database, asked), signal);
  }

  private async attempt(due: DueDelivery | null, signal: AbortSignal): Promise<void> {
    if (!due) return;
    const waitS = due.wait_s > 0 ? due.wait_s : await this.probeWait(due);
    if (waitS > 0) return this.jobs.add(this.database, [attemptJob(due, waitS)]);
    const { url, secrets, type, data } = due;
    const id = showId('evt', due.event_id);
    const timestamp = toTimestamp(due.happened_at);
    const outcome = await this.sender.send({
      url,
      secrets,
      message: { id, type, timestamp, data },
      signal,
    });
    // Cut off by us: it says nothing about the receiver, and the job is done again by the next process.
    if (signal.aborted && outcome.status === null) throw new Error('the process stops');
    await this.record(due, outcome);
    this.log.info(
      {
        webhook_endpoint: showId('whe', due.endpoint_id),
        event: id,
        attempt: due.attempts + 1,
        status: outcome.status,
        error: outcome.error,
      },
      'webhook sent',
    );
  }

  /** Seconds that a delivery waits for an endpoint that does not answer; it holds no worker and keeps its attempts. */
  private async probeWait({ endpoint_id, probes }: DueDelivery): Promise<number> {
    if (!probes || probes.wait_s > 0) return probes?.wait_s ?? 0;
    return (await this.reachability.takeProbe(this.database, endpoint_id)) ? 0 : PROBE_LASTS_S;
  }

  private async record(due: DueDelivery, outcome: SendOutcome): Promise<void> {
    const attempt = attemptOf(due, outcome);
    await this.database.inTransaction(async (tx) => {
      // The endpoint before its deliveries, as everywhere: whoever enables it takes both.
      if (outcome.status === GONE) await this.endpoints.lock(tx, due.endpoint_id);
      const isBack = await this.noteReachability(tx, due, outcome);
      if (isBack) await this.jobs.add(tx, [resumeAfter(due, outcome)]);
      if (!(await this.deliveries.record(tx, due, attempt))) return;
      if (outcome.status === GONE) await this.disable(tx, due);
      await this.jobs.add(tx, followUpsOf(due, attempt));
    });
  }

  private async disable(tx: Tx, { endpoint_id, url }: DueDelivery): Promise<void> {
    await this.endpoints.disable(tx, { id: endpoint_id, url, reason: GONE_REASON });
  }

  /** Whether others waited for an answer, and need not any longer. */
  private async noteReachability(tx: Tx, due: DueDelivery, { status }: SendOutcome) {
    if (status !== null) return this.reachability.noteAnswered(tx, due);
    await this.reachability.noteUnanswered(tx, due);
    return false;
  }
}

function attemptOf(due: DueDelivery, { status, error, retryAfterS }: SendOutcome): AttemptRecord {
  if (error === null) return { state: 'delivered', pauseS: null, status, error };
  const attempts = due.attempts + 1;
  const pauseS =
    status === GONE ? null : pauseAfter({ attempts, retryAfterS, chance: Math.random() });
  return { state: pauseS === null ? 'failed' : 'pending', pauseS, status, error };
}

/**
 * An error says that somebody is there, not that deliveries are taken: whatever failed before keeps its pause, or a
 * receiver that hangs now and then would use up all attempts in minutes.
 */
function resumeAfter({ endpoint_id }: DueDelivery, { error }: SendOutcome): Job {
  return resumeJob({ endpointId: endpoint_id, isDueOnly: error !== null });
}

function followUpsOf(due: DueDelivery, { pauseS }: AttemptRecord): readonly Job[] {
  if (pauseS !== null) return [attemptJob(due, pauseS)];
  return due.is_ordered ? [nextJob(due)] : [];
}
