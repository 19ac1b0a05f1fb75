import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Answer, send } from '../http/answer';
import { type Sandbox } from '../sandbox';

/** Runs one visit to a pay page; the browser hears of nothing that is not on the disk. */
export function servePage(sandbox: Sandbox, visit: (request: FastifyRequest) => Answer) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const answer = visit(request);
    await sandbox.store.durable();
    return send(reply, answer);
  };
}

/** The button that was pressed; empty when the form holds none. */
export function pressedButton(request: FastifyRequest): string {
  const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
  return form.get('action') ?? '';
}
