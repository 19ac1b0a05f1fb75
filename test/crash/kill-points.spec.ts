import { showId } from '../../src/shared/id';
import { audit } from '../support/crash-auditor';
import { readBooks } from '../support/crash-books';
import {
  ask,
  POINTS,
  repeat,
  type Scenario,
  SCENARIOS,
  stage,
  type Staged,
} from '../support/crash-scenarios';
import { type CrashWorld, startCrashWorld } from '../support/crash-world';
import { type Answer, call, eventually } from '../support/http';
import { pressOnPayPage } from '../support/pay-page';
import { expectStatus } from '../support/payments';
import { textOf } from '../support/read';
import { within } from '../support/crash-within';

const [COMMITTED, SENT] = POINTS;

/** The lease of a dead process (10 s), a start, the sweeper's turns, and a busy machine. */
const SETTLED_WITHIN_MS = 40_000;

const nameOf = ({ command, gateway, point, after }: Scenario) =>
  `${command} at ${gateway} when ${point}, and ${after}`;

/** PayPro was never asked, cannot be asked again, and might still show it for a day. */
const isNeverMade = ({ command, gateway, point }: Scenario) =>
  command === 'create' && gateway === 'paypro' && (point === COMMITTED || point === SENT);

describe('a process that is killed', () => {
  let world: CrashWorld;
  const staged = new Map<Scenario, Staged>();
  const answers = new Map<Scenario, Answer>();
  let acknowledged: { id: string; body: unknown };

  beforeAll(async () => {
    world = await startCrashWorld({ settings: { DATABASE_POOL_SIZE: '60' } });
    acknowledged = await payOne();
    // All commands hang at their points at once, so that one kill hits each of them exactly there.
    for (const [at, scenario] of SCENARIOS.entries()) {
      staged.set(scenario, await within(20_000, nameOf(scenario), stage(world, scenario, at)));
    }
    await world.app.kill();
    await world.app.start({ DATABASE_URL: world.databaseUrl, DATABASE_POOL_SIZE: '10' });
    await Promise.all([...staged.values()].map((one) => finish(one)));
    await settled();
  }, 120_000);
  afterAll(() => world?.close());

  async function payOne() {
    const body = { provider: 'paypal', amount: 1000, currency: 'EUR', customer: world.customer };
    const urls = { return_url: 'https://shop.example/r', cancel_url: 'https://shop.example/c' };
    const made = await ask(world, { path: '/api/payments', body: { ...body, ...urls } });
    expectStatus(made, 201);
    await pressOnPayPage(textOf(made.body, 'checkout_url'), 'pay');
    const id = textOf(made.body, 'id');
    const approved = await ask(world, { path: `/api/payments/${id}/approve` });
    expectStatus(approved, 200);
    return { id, body: approved.body };
  }

  /** The caller repeats itself while it is told to, and takes the first other answer. */
  async function finish(one: Staged): Promise<void> {
    const { scenario } = one;
    if (scenario.after === 'nobody asks again') return;
    const last = await eventually(
      () => repeat(world, one),
      ({ status }) => (isNeverMade(scenario) ? status === 202 : status < 202),
      SETTLED_WITHIN_MS,
    );
    answers.set(scenario, last);
  }

  async function settled(): Promise<void> {
    const neverMade = SCENARIOS.filter(isNeverMade).length;
    await eventually(
      () => world.query(`SELECT kind, state FROM payments.operations WHERE settled_at IS NULL`),
      (unsettled) => unsettled.length <= neverMade,
      SETTLED_WITHIN_MS,
    );
  }

  /** The payment of a scenario, by our database: a killed create told nobody its id. */
  async function paymentOf(scenario: Scenario) {
    const [row] = await world.query(
      `SELECT p.*, (SELECT count(*)::int FROM customers.ledger_transactions t
         WHERE t.payment_id = p.id) AS booked,
         (SELECT json_agg(o.kind || ' ' || o.state ORDER BY o.created_at) FROM payments.operations o
          WHERE o.payment_id = p.id) AS operations
       FROM payments.payments p WHERE p.description = $1`,
      [`Crash ${SCENARIOS.indexOf(scenario)} of ${SCENARIOS.length}`],
    );
    return row;
  }

  const expected = (scenario: Scenario) => {
    if (isNeverMade(scenario)) return { state: 'initialized', operations: ['create unsettled'] };
    const made = 'create succeeded';
    switch (scenario.command) {
      case 'create':
        return { state: 'open', captured_minor: '0', booked: 0, operations: [made] };
      case 'approve': {
        const capture = scenario.gateway === 'paypal' ? ['capture succeeded'] : [];
        const operations = [made, ...capture];
        return { state: 'paid', captured_minor: '1000', booked: 1, operations };
      }
      case 'cancel': {
        const via = scenario.gateway === 'paypal' ? 'local' : 'provider';
        const operations = [made, 'cancel succeeded'];
        return { state: 'canceled', canceled_via: via, captured_minor: '0', booked: 0, operations };
      }
    }
  };

  it.each(SCENARIOS.map((scenario) => ({ name: nameOf(scenario), scenario })))(
    'finishes $name',
    async ({ scenario }) => {
      expect(await paymentOf(scenario)).toMatchObject({ conflict: null, ...expected(scenario) });
      const answer = answers.get(scenario);
      if (!answer) return;
      const { state } = expected(scenario);
      expect(answer.body).toMatchObject({ state, conflict: null });
    },
  );

  it('made one payment at the gateway for each of ours, and none where it was never asked', async () => {
    for (const scenario of SCENARIOS) {
      const row = await paymentOf(scenario);
      const reference = showId('pay', textOf(row, 'id'));
      const made = [...(world.gateways.made.get(reference) ?? [])];
      const ours = row?.['provider_payment_id'] ?? null;
      expect({ name: nameOf(scenario), made }).toEqual({
        name: nameOf(scenario),
        made: isNeverMade(scenario) ? [] : [ours],
      });
    }
  });

  it('keeps what it acknowledged before', async () => {
    const { id, body } = acknowledged;
    const now = await call(world.app, 'GET', `/api/payments/${id}`, { key: world.key });
    expect(now.body).toEqual(body);
  });

  it('still lets every payment be paid that waits for its payer', async () => {
    const creates = SCENARIOS.filter((one) => one.command === 'create' && !isNeverMade(one));
    await Promise.all(
      creates.map(async (scenario) => {
        const row = await paymentOf(scenario);
        await pressOnPayPage(textOf(row, 'checkout_url'), 'pay');
        const path = `/api/payments/${textOf(row, 'id')}/approve`;
        expect(await ask(world, { path })).toMatchObject({ status: 200, body: { state: 'paid' } });
      }),
    );
  });

  it('gives up after a day what never arrived, and then all books are right', async () => {
    await world.query(`UPDATE payments.operations SET next_attempt_at = now(),
      first_sent_at = first_sent_at - interval '25 hours' WHERE settled_at IS NULL`);
    await settledAll();
    for (const scenario of SCENARIOS.filter(isNeverMade)) {
      expect(await paymentOf(scenario)).toMatchObject({
        state: 'failed',
        error_code: 'never_arrived',
      });
    }
    const promises = [...answers.values()].map(({ body }) => ({
      payment: textOf(body, 'id'),
      state: textOf(body, 'state'),
    }));
    const made = promises.filter(({ state }) => state !== 'initialized');
    const paid = { payment: acknowledged.id, state: 'paid' };
    expect(audit(await readBooks(world, { promises: [...made, paid] }))).toEqual([]);
  });

  async function settledAll(): Promise<void> {
    await eventually(
      () => world.query(`SELECT kind, state FROM payments.operations WHERE settled_at IS NULL`),
      (unsettled) => unsettled.length === 0,
      SETTLED_WITHIN_MS,
    );
  }
});
