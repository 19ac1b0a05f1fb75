import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { readFault } from '../faults/fault';
import { type Answer, send } from '../http/answer';
import { sendsJson } from '../http/headers';
import { member, parseJson, textMember } from '../http/json';
import { settleCapture } from '../paypal/settle-capture';
import { movePayment } from '../paypro/move-payment';
import { hasMoney, PAYMENT_STATES } from '../paypro/payment';
import { type Sandbox } from '../sandbox';
import { isLoopback } from './loopback';

/** Ten years: enough for every window, and the dates stay in range. */
const MAX_ADVANCE_SECONDS = 315_360_000;

/** The switches of the simulator under `/_sandbox`, for this machine only. See README.md. */
export function controlRoutes(sandbox: Sandbox) {
  return (app: FastifyInstance, _options: object, done: () => void): void => {
    const { store, faults, calls } = sandbox;
    const route = (method: 'GET' | 'POST' | 'DELETE', url: string, work: Work) =>
      app.route({ method, url, handler: serve(sandbox, work) });

    route('GET', '/ledger', () => ok(store.ledger));
    route('GET', '/calls', () => ok(calls.view()));
    route('DELETE', '/calls', () => emptied(calls));
    route('GET', '/faults', () => ok(faults.list()));
    route('DELETE', '/faults', () => emptied(faults));
    route('POST', '/faults', ({ body }) => addFault(sandbox, body));
    route('POST', '/clock', ({ body }) => advance(sandbox, body));
    route('POST', '/paypal/captures/:id', (input) => settle(sandbox, input));
    route('POST', '/paypro/payments/:id', (input) => move(sandbox, input));
    done();
  };
}

interface Input {
  id: string;
  body: unknown;
}

type Work = (input: Input) => Answer;

function serve(sandbox: Sandbox, work: Work) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const answer = refusalOf(request) ?? work(readInput(request));
    await sandbox.store.durable();
    return send(reply, answer);
  };
}

function refusalOf(request: FastifyRequest): Answer | undefined {
  if (!isLoopback(request)) return refused(403, 'the control API answers this machine only');
  // A web page cannot send this type to another site without asking first.
  if (request.method === 'POST' && !sendsJson(request)) {
    return refused(415, 'send the body as application/json');
  }
  return undefined;
}

function readInput(request: FastifyRequest): Input {
  const parsed = parseJson(typeof request.body === 'string' ? request.body : '');
  return { id: textMember(request.params, 'id') ?? '', body: member(parsed, 'value') };
}

function addFault({ faults }: Sandbox, body: unknown): Answer {
  const fault = readFault(body);
  if (typeof fault === 'string') return refused(422, fault);
  return faults.add(fault) ? { status: 201, body: fault } : refused(422, 'too many faults wait');
}

function advance({ store }: Sandbox, body: unknown): Answer {
  const by = member(body, 'advance_seconds');
  if (typeof by !== 'number' || !Number.isInteger(by) || by < 0 || by > MAX_ADVANCE_SECONDS) {
    return refused(422, `advance_seconds must be from 0 to ${MAX_ADVANCE_SECONDS}`);
  }
  store.advanceClock(by);
  return ok({ now: store.now().toISOString() });
}

function settle(sandbox: Sandbox, { id, body }: Input): Answer {
  const status = member(body, 'status');
  if (status !== 'COMPLETED' && status !== 'DECLINED') {
    return refused(422, 'status must be COMPLETED or DECLINED');
  }
  const outcome = settleCapture(sandbox, id, status);
  if (outcome === 'unknown') return refused(404, 'no capture has this id');
  if (outcome === 'not pending') return refused(409, 'only a pending capture can be settled');
  return ok({ id, status });
}

/** Any known state may follow any other, money that arrives late included; money never un-happens. */
function move(sandbox: Sandbox, { id, body }: Input): Answer {
  const state = PAYMENT_STATES.find((known) => known === member(body, 'state'));
  if (state === undefined) return refused(422, `state must be one of ${PAYMENT_STATES.join(', ')}`);
  const payment = sandbox.store.payments.get(id);
  if (!payment) return refused(404, 'no payment has this id');
  if (hasMoney(payment) && !hasMoney({ ...payment, state })) {
    return refused(409, `the payment is ${payment.state}; its money cannot un-happen`);
  }
  return ok({ id, state: movePayment(sandbox, payment, state).state });
}

function ok(body: unknown): Answer {
  return { status: 200, body };
}

function emptied(list: { clear(): void }): Answer {
  list.clear();
  return { status: 204 };
}

function refused(status: number, error: string): Answer {
  return { status, body: { error } };
}
