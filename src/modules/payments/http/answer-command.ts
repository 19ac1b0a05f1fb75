import { type FastifyReply } from 'fastify';
import { type CommandResult } from '../actions/command-result';
import { toPaymentResponse } from '../queries/payment.view';
import { type PaymentResponse } from './payment.response';

/** The answer to a command that went ahead: the usual status when all is settled, 202 while nobody knows. */
export function answerCommand(
  reply: FastifyReply,
  base: string,
  { payment, unsettled, replayed }: CommandResult,
  status: 200 | 201,
): PaymentResponse {
  const body = toPaymentResponse(payment, unsettled, base);
  if (replayed) void reply.header('Idempotent-Replayed', 'true');
  if (unsettled || status === 201) void reply.header('Location', body._links.self);
  void reply.status(unsettled ? 202 : status);
  return body;
}
