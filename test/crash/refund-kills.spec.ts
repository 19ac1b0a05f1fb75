import { PAYPRO_KEY } from '../support/app';
import { type CrashWorld, startCrashWorld } from '../support/crash-world';
import { ask, createBody } from '../support/crash-scenarios';
import { within } from '../support/crash-within';
import { type Answer, call, eventually } from '../support/http';
import { pressOnPayPage } from '../support/pay-page';
import { expectStatus } from '../support/payments';
import { listOf, textOf } from '../support/read';
import { sandboxOf } from '../support/sandbox';

const POINTS = [
  'before the provider carried it out',
  'while the answer is under way',
  'before the answer is recorded',
] as const;
const SCENARIOS = (['paypal', 'paypro'] as const).flatMap((gateway) =>
  POINTS.map((point) => ({ gateway, point })),
);
type Scenario = (typeof SCENARIOS)[number];

/** The lease of a dead process (10 s), a start, the sweeper's turns, and a busy machine. */
const SETTLED_WITHIN_MS = 40_000;

/** PayPro recognises no repeat: what certainly or perhaps never arrived is for a person. */
const isForPerson = ({ gateway, point }: Scenario) =>
  gateway === 'paypro' && point === 'before the provider carried it out';

describe('a process that is killed while money goes back', () => {
  let world: CrashWorld;
  const payments = new Map<Scenario, { id: string; providerId: string }>();

  beforeAll(async () => {
    world = await startCrashWorld({ settings: { DATABASE_POOL_SIZE: '40' } });
    for (const scenario of SCENARIOS) payments.set(scenario, await pay(scenario));
    for (const scenario of SCENARIOS) {
      await within(20_000, `${scenario.gateway} ${scenario.point}`, hang(scenario));
    }
    await world.app.kill();
    await world.app.start({ DATABASE_URL: world.databaseUrl, DATABASE_POOL_SIZE: '10' });
  }, 120_000);
  afterAll(() => world?.close());

  function paymentOf(scenario: Scenario) {
    const payment = payments.get(scenario);
    if (!payment) throw new Error('no payment was made');
    return payment;
  }

  async function pay({ gateway }: Scenario) {
    const body = createBody(world, gateway, 'Refund me');
    const made = await ask(world, { path: '/api/payments', body });
    expectStatus(made, 201);
    await pressOnPayPage(textOf(made.body, 'checkout_url'), 'pay');
    const id = textOf(made.body, 'id');
    expectStatus(await ask(world, { path: `/api/payments/${id}/approve` }), 200);
    return { id, providerId: textOf(made.body, 'provider_payment_id') };
  }

  /** Sends a refund and leaves it where it hangs; it never gets an answer. */
  async function hang(scenario: Scenario): Promise<void> {
    const key = keyOf(scenario);
    const { gateways, postgres } = world;
    const isIt = ({ method, path, body }: { method: string; path: string; body: string }) =>
      method === 'POST' && path.includes('/refund') && body.includes(key);
    const reached =
      scenario.point === 'before the answer is recorded'
        ? new Promise<void>((resolve) => {
            gateways.beforeAnswer(isIt, () => {
              void postgres.hold('statement', 'change-refund').then(resolve);
            });
          })
        : gateways.hold(scenario.point.startsWith('before') ? 'before' : 'after', isIt);
    refund(scenario).catch(() => undefined);
    await reached;
  }

  function refund(scenario: Scenario): Promise<Answer> {
    const { id } = paymentOf(scenario);
    const key = keyOf(scenario);
    const body = { amount: 400, description: key };
    return ask(world, { path: `/api/payments/${id}/refunds`, key, body });
  }

  const keyOf = ({ gateway, point }: Scenario) => `${gateway} ${point}`.replaceAll(' ', '-');

  /** Refunds that the gateway has, whoever made them: by PayPal's books, and by PayPro's own list. */
  async function refundsAtGateway(scenario: Scenario): Promise<number> {
    const { providerId } = paymentOf(scenario);
    if (scenario.gateway === 'paypro') {
      const at = { url: world.sandboxUrl };
      const path = `/paypro/payments/${providerId}/refunds`;
      const listed = await call(at, 'GET', path, { key: PAYPRO_KEY });
      expectStatus(listed, 200);
      return listOf(listed.body, 'data').length;
    }
    const entries = await sandboxOf(world).ledgerOf(providerId);
    return entries.filter((entry) => entry['kind'] === 'refund').length;
  }

  async function rowOf(scenario: Scenario) {
    const [row] = await world.query(
      `SELECT r.state, o.state AS operation, r.provider_refund_id IS NOT NULL AS is_known,
         p.refunded_minor::text AS refunded, p.refund_reserved_minor::text AS reserved,
         (SELECT count(*)::int FROM payments.refunds x WHERE x.payment_id = p.id) AS refunds,
         (SELECT count(*)::int FROM customers.ledger_transactions t
          WHERE t.payment_id = p.id AND t.cause_kind = 'refund') AS booked
       FROM payments.refunds r JOIN payments.payments p ON p.id = r.payment_id
       JOIN payments.operations o ON o.refund_id = r.id WHERE r.description = $1`,
      [keyOf(scenario)],
    );
    return row;
  }

  it.each(SCENARIOS.map((scenario) => ({ name: keyOf(scenario), scenario })))(
    'finishes or hands over the refund that hung at $name, and no money goes back twice',
    async ({ scenario }) => {
      await eventually(
        async () => {
          // As if the minute in which it is looked for were over.
          await world.query(`UPDATE payments.operations SET next_attempt_at = now(),
            first_sent_at = first_sent_at - interval '1 minute'
            WHERE state = 'unsettled' AND lease_until <= now() AND next_attempt_at > now()`);
          return rowOf(scenario);
        },
        (row) => row?.['operation'] !== 'unsettled',
        SETTLED_WITHIN_MS,
      );
      const isPaypal = scenario.gateway === 'paypal';
      const isOpen = isForPerson(scenario);
      expect(await rowOf(scenario)).toEqual({
        state: isPaypal ? 'refunded' : 'pending',
        operation: isOpen ? 'needs_review' : 'succeeded',
        is_known: !isOpen,
        refunded: isPaypal ? '400' : '0',
        reserved: isPaypal ? '0' : '400',
        refunds: 1,
        booked: isPaypal ? 1 : 0,
      });
      expect(await refundsAtGateway(scenario)).toBe(isOpen ? 0 : 1);
      const again = await refund(scenario);
      expectStatus(again, isOpen ? 202 : 201);
      expect(again.headers['idempotent-replayed']).toBe('true');
    },
  );
});
