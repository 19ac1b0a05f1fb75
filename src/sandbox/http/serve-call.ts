import { setTimeout as sleep } from 'node:timers/promises';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { GARBAGE, withoutMetadata, withUnknownState, withWrongAmount } from '../faults/distort';
import { type Fault } from '../faults/fault';
import { type Sandbox } from '../sandbox';
import { type Answer, send } from './answer';
import { type LoggedCall } from './call-log';
import { pathBelow } from './headers';

/** How a gateway words the troubles that can hit any of its calls. */
export interface Gateway {
  name: 'paypal' | 'paypro';
  requestIdHeader: string;
  serverError(status: number): Answer;
  rateLimited(): Answer;
  unauthorized(path: string): Answer;
  /** Headers that every answer carries, errors included. */
  answerHeaders(): Record<string, string>;
  /** Two calls with the same key at the same time: the second one is refused. Absent: never refused. */
  repeats?: { keyOf(request: FastifyRequest): string | undefined; inProgress(): Answer };
}

export type Work = (request: FastifyRequest) => Answer;

/** Runs one call of a gateway's API: fault before, work, disk, fault after, answer. */
export function serveWith(sandbox: Sandbox, gateway: Gateway) {
  const inProgress = new Set<string>();
  return (work: Work) => async (request: FastifyRequest, reply: FastifyReply) => {
    const path = pathBelow(`/${gateway.name}`, request);
    const call = logCall(sandbox, gateway, { request, path });
    const fault = sandbox.faults.take({ gateway: gateway.name, method: request.method, path });
    const key = gateway.repeats?.keyOf(request);
    const busy = key !== undefined && inProgress.has(key);
    if (key !== undefined && !busy) inProgress.add(key);
    try {
      if (fault?.kind === 'delay') await sleep(fault.delay_ms, null, { signal: sandbox.closing });
      if (fault?.kind === 'drop_before') return drop(request, reply);
      const refused = busy ? gateway.repeats?.inProgress() : undefined;
      const answer = answerInstead(fault, gateway, path) ?? refused ?? work(request);
      await sandbox.store.durable();
      if (fault?.kind === 'drop_after') return drop(request, reply);
      if (fault?.kind === 'hang_after') return reply.hijack();
      const sent = distort(fault, gateway, answer);
      call.status = sent.status;
      const headers = { ...gateway.answerHeaders(), ...sent.headers, ...markOf(fault) };
      return send(reply, { ...sent, headers });
    } finally {
      if (key !== undefined && !busy) inProgress.delete(key);
    }
  };
}

function logCall(
  { calls, store }: Sandbox,
  gateway: Gateway,
  { request, path }: { request: FastifyRequest; path: string },
): LoggedCall {
  const requestId = request.headers[gateway.requestIdHeader];
  const call: LoggedCall = {
    gateway: gateway.name,
    method: request.method,
    path,
    request_id: typeof requestId === 'string' ? requestId : null,
    status: null,
    at: store.now().toISOString(),
  };
  const pattern = request.routeOptions.url?.slice(gateway.name.length + 1) ?? '(unknown path)';
  calls.record(`${gateway.name} ${request.method} ${pattern}`, call);
  return call;
}

/** Ends the connection without an answer; the caller cannot know whether the work was done. */
function drop(request: FastifyRequest, reply: FastifyReply): void {
  reply.hijack();
  request.raw.socket.destroy();
}

/** The faults that keep the work from being done. */
function answerInstead(
  fault: Fault | undefined,
  gateway: Gateway,
  path: string,
): Answer | undefined {
  if (fault?.kind === 'error_before') return gateway.serverError(fault.status ?? 500);
  if (fault?.kind === 'unauthorized') return gateway.unauthorized(path);
  if (fault?.kind !== 'rate_limit') return undefined;
  const headers =
    fault.retry_after_seconds === undefined ? {} : retryAfter(fault.retry_after_seconds);
  return { ...gateway.rateLimited(), headers };
}

/** The faults that come after the work was done and stored. */
function distort(fault: Fault | undefined, gateway: Gateway, answer: Answer): Answer {
  if (fault?.kind === 'error_after') return gateway.serverError(fault.status ?? 500);
  if (fault?.kind === 'garbage') return { status: fault.status ?? answer.status, text: GARBAGE };
  if (fault?.kind === 'wrong_amount') return withWrongAmount(answer);
  if (fault?.kind === 'no_metadata') return withoutMetadata(answer);
  return fault?.kind === 'unknown_state' ? withUnknownState(answer) : answer;
}

/** Says that the answer is not the gateway's own: who compares answers with its contract leaves this one out. */
function markOf(fault: Fault | undefined): Record<string, string> {
  return fault === undefined ? {} : { 'Sandbox-Fault': fault.kind };
}

function retryAfter(seconds: number): Record<string, string> {
  return { 'Retry-After': String(seconds) };
}
