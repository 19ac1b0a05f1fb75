import { type FastifyReply } from 'fastify';
import { type ResolvedOperation } from '../actions/resolve-operation';
import { toOperationResponse } from '../queries/operation.view';
import { type StaffOperationResponse } from './operation.response';

/** The answer to a decision: 200 when the operation is settled, 202 while it is not. */
export function answerResolve(
  reply: FastifyReply,
  { base, result }: { readonly base: string; readonly result: ResolvedOperation },
): StaffOperationResponse {
  const body = toOperationResponse(result.operation);
  const isSettled = body.settled_at !== null;
  if (result.replayed) void reply.header('Idempotent-Replayed', 'true');
  if (!isSettled) void reply.header('Location', `${base}/api/operations/${body.id}`);
  void reply.status(isSettled ? 200 : 202);
  return body;
}
