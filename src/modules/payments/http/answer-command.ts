import { type FastifyReply } from 'fastify';
import { type CommandResult } from '../actions/command-result';
import { toPaymentResponse } from '../queries/payment.view';
import { type PaymentResponse } from './payment.response';

export interface CommandAnswer {
  readonly base: string;
  readonly result: CommandResult;
  /** When all is settled. */
  readonly status: 200 | 201;
}

/** The answer to a command that went ahead: the usual status when all is settled, 202 while nobody knows. */
export function answerCommand(
  reply: FastifyReply,
  { base, result, status }: CommandAnswer,
): PaymentResponse {
  const { payment, unsettled, replayed } = result;
  const body = toPaymentResponse(payment, unsettled, base);
  if (replayed) void reply.header('Idempotent-Replayed', 'true');
  if (unsettled || status === 201) void reply.header('Location', body._links.self);
  void reply.status(unsettled ? 202 : status);
  return body;
}
