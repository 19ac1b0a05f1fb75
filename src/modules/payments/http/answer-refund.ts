import { type FastifyReply } from 'fastify';
import { type RefundResult } from '../actions/refund-attempt';
import { toRefundResponse } from '../queries/refund.view';
import { type RefundResponse } from './refund.response';

export interface RefundAnswer {
  readonly base: string;
  readonly result: RefundResult;
  /** When all is settled. */
  readonly status: 200 | 201;
}

/** The answer to a command that went ahead: the usual status when all is settled, 202 while nobody knows. */
export function answerRefund(
  reply: FastifyReply,
  { base, result, status }: RefundAnswer,
): RefundResponse {
  const { refund, unsettled, replayed } = result;
  const body = toRefundResponse(refund, unsettled, base);
  if (replayed) void reply.header('Idempotent-Replayed', 'true');
  if (unsettled || status === 201) void reply.header('Location', body._links.self);
  void reply.status(unsettled ? 202 : status);
  return body;
}
