import { readId } from '../../src/shared/id';
import {
  type GatewayCall,
  type GatewayProxy,
  type Matches,
  referenceIn,
} from './crash-gateway-proxy';
import { type CrashWorld } from './crash-world';
import { type Answer, call } from './http';
import { pressOnPayPage } from './pay-page';
import { CANCEL_URL, expectStatus, RETURN_URL } from './payments';
import { textOf } from './read';

export type Command = 'create' | 'approve' | 'cancel';

/** Where the app is when it dies. */
export const POINTS = [
  'the intent is committed and nothing was sent',
  'the request was sent and not carried out',
  'the request was carried out and the answer is under way',
  'the answer arrived and nothing is recorded',
  'the outcome is recorded and the caller does not know',
] as const;
export type Point = (typeof POINTS)[number];
const [COMMITTED, SENT, EXECUTED, RECEIVED, RECORDED] = POINTS;

export interface Scenario {
  readonly command: Command;
  readonly gateway: 'paypal' | 'paypro';
  readonly point: Point;
  /** Whether the caller asks again with the same key, or nobody ever asks. */
  readonly after: 'the caller repeats it' | 'nobody asks again';
}

/**
 * Everything that can be cut off. Approving at PayPro only reads and cancelling at PayPal only writes here,
 * so these two have fewer points; a read that nobody repeats leaves nothing to settle.
 */
export const SCENARIOS: readonly Scenario[] = (['create', 'approve', 'cancel'] as const).flatMap(
  (command) =>
    (['paypal', 'paypro'] as const).flatMap((gateway) =>
      POINTS.filter((point) => exists(command, gateway, point)).flatMap((point) => [
        { command, gateway, point, after: 'the caller repeats it' as const },
        ...(command === 'approve' && gateway === 'paypro'
          ? []
          : [{ command, gateway, point, after: 'nobody asks again' as const }]),
      ]),
    ),
);

function exists(command: Command, gateway: Scenario['gateway'], point: Point): boolean {
  if (command === 'cancel' && gateway === 'paypal') return point === RECORDED;
  return !(command === 'approve' && gateway === 'paypro' && point === COMMITTED);
}

/** A command that hangs at its point until the app is killed, and how it is repeated. */
export interface Staged {
  readonly scenario: Scenario;
  readonly key: string;
  readonly path: string;
  readonly body: object | undefined;
}

/** Brings a command to its point and leaves it there. */
export async function stage(world: CrashWorld, scenario: Scenario, at: number): Promise<Staged> {
  const key = `crash-${at}-of-${SCENARIOS.length}`;
  const description = `Crash ${at} of ${SCENARIOS.length}`;
  if (scenario.command === 'create') {
    const body = createBody(world, scenario.gateway, description);
    const staged = { scenario, key, path: '/api/payments', body };
    await holdAt(
      world,
      staged,
      (sent) => sent.method === 'POST' && sent.body.includes(description),
    );
    return staged;
  }
  const made = await ask(world, {
    path: '/api/payments',
    key: `${key}-made`,
    body: createBody(world, scenario.gateway, description),
  });
  expectStatus(made, 201);
  if (scenario.command === 'approve') {
    await pressOnPayPage(textOf(made.body, 'checkout_url'), 'pay');
  }
  const path = `/api/payments/${textOf(made.body, 'id')}/${scenario.command}`;
  const staged = { scenario, key, path, body: undefined };
  await holdAt(world, staged, callFor(scenario, textOf(made.body, 'provider_payment_id')));
  return staged;
}

/** The call that the command is about. */
function callFor({ command, gateway }: Scenario, providerId: string): Matches {
  const isAbout = ({ path }: GatewayCall) => path.includes(providerId);
  if (command === 'cancel') return (sent) => sent.method === 'DELETE' && isAbout(sent);
  if (gateway === 'paypro') return (sent) => sent.method === 'GET' && isAbout(sent);
  return (sent) => sent.path.endsWith('/capture') && isAbout(sent);
}

/** Sends the command and waits until it hangs. */
async function holdAt(world: CrashWorld, staged: Staged, isIt: Matches): Promise<void> {
  const { point, gateway, command } = staged.scenario;
  const isWrittenOnce = point === COMMITTED || (gateway === 'paypal' && command === 'cancel');
  const reached = isWrittenOnce
    ? world.postgres.hold('commit', staged.key)
    : holdAround(world, point, isIt);
  // It never gets an answer: the app dies first.
  repeat(world, staged).catch(() => undefined);
  await reached;
}

async function holdAround({ gateways, postgres }: CrashWorld, point: Point, isIt: Matches) {
  if (point === SENT || point === EXECUTED) {
    await gateways.hold(point === SENT ? 'before' : 'after', isIt);
    return;
  }
  await new Promise<void>((resolve) => {
    gateways.beforeAnswer(isIt, (sent) => {
      const reference = referenceIn(sent.body) ?? referenceOfPath(gateways, sent.path);
      const marker = readId('pay', reference ?? '') ?? '';
      void postgres.hold(point === RECEIVED ? 'statement' : 'commit', marker).then(resolve);
    });
  });
}

/** Calls after the create name the gateway's id only. */
export function referenceOfPath(gateways: GatewayProxy, path: string): string | null {
  const found = [...gateways.made].find(([, ids]) => [...ids].some((id) => path.includes(id)));
  return found?.[0] ?? null;
}

/** The same command with the same key. */
export function repeat(world: CrashWorld, { path, key, body }: Staged): Promise<Answer> {
  return ask(world, { path, key, body });
}

export function ask(
  world: CrashWorld,
  { path, key, body }: { path: string; key?: string; body?: object | undefined },
): Promise<Answer> {
  const headers = key === undefined ? {} : { 'idempotency-key': key };
  return call(world.app, 'POST', path, {
    key: world.key,
    headers,
    ...(body === undefined ? {} : { body }),
  });
}

export function createBody(world: CrashWorld, provider: string, description: string): object {
  return {
    provider,
    amount: 1000,
    currency: 'EUR',
    customer: world.customer,
    description,
    return_url: RETURN_URL,
    cancel_url: CANCEL_URL,
  };
}
