import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { readFault } from '../faults/fault';
import { type Answer, send } from '../http/answer';
import { sendsJson } from '../http/headers';
import { member, parseJson, textMember } from '../http/json';
import { expireAuthorizations } from '../paypal/authorizations';
import { type Sandbox } from '../sandbox';
import { ok, refused } from './answers';
import { type Input } from './input';
import { isLoopback } from './loopback';
import { MONEY_BACK_SWITCHES } from './money-back-switches';
import { resendNotification, showNotifications } from './notifications';
import { listObjects } from './objects';
import { PAYPAL_SWITCHES } from './paypal-switches';
import { PAYPRO_SWITCHES } from './paypro-switches';
import { listWebhooks, registerWebhook } from './webhooks';

const SWITCHES = [...PAYPAL_SWITCHES, ...PAYPRO_SWITCHES, ...MONEY_BACK_SWITCHES];
/** Ten years: enough for every window, and the dates stay in range. */
const MAX_ADVANCE_SECONDS = 315_360_000;

/** The switches of the simulator under `/_sandbox`, for this machine only. See docs/simulators.md. */
export function controlRoutes(sandbox: Sandbox) {
  return (app: FastifyInstance, _options: object, done: () => void): void => {
    const { store, faults, calls } = sandbox;
    const route = (method: 'GET' | 'POST' | 'DELETE', url: string, work: Work) =>
      app.route({ method, url, handler: serve(sandbox, work) });

    route('GET', '/ledger', () => ok(store.ledger));
    route('GET', '/objects', () => listObjects(sandbox));
    route('GET', '/calls', () => ok(calls.view()));
    route('DELETE', '/calls', () => emptied(calls));
    route('GET', '/faults', () => ok(faults.list()));
    route('DELETE', '/faults', () => emptied(faults));
    route('POST', '/faults', ({ body }) => addFault(sandbox, body));
    route('POST', '/clock', ({ body }) => advance(sandbox, body));
    for (const [url, work] of SWITCHES) {
      route('POST', url, (input) => work(sandbox, input));
    }
    route('GET', '/webhooks', () => listWebhooks(sandbox));
    route('POST', '/webhooks', ({ body }) => registerWebhook(sandbox, body));
    route('GET', '/notifications', () => showNotifications(sandbox));
    route('POST', '/notifications/:id/resend', ({ id }) => resendNotification(sandbox, id));
    route('GET', '/paypal/ca', () => ok({ pem: sandbox.signer.ca }));
    done();
  };
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

function advance(sandbox: Sandbox, body: unknown): Answer {
  const { store } = sandbox;
  const by = member(body, 'advance_seconds');
  if (typeof by !== 'number' || !Number.isInteger(by) || by < 0 || by > MAX_ADVANCE_SECONDS) {
    return refused(422, `advance_seconds must be from 0 to ${MAX_ADVANCE_SECONDS}`);
  }
  store.advanceClock(by);
  expireAuthorizations(sandbox);
  return ok({ now: store.now().toISOString() });
}

function emptied(list: { clear(): void }): Answer {
  list.clear();
  return { status: 204 };
}
