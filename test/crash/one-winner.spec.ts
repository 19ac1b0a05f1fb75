import { textAt } from '../../src/shared/json';
import { audit } from '../support/crash-auditor';
import { askOnce, type Reply } from '../support/crash-ask';
import { readBooks } from '../support/crash-books';
import { History } from '../support/crash-history';
import { ask, createBody } from '../support/crash-scenarios';
import { type CrashWorld, startCrashWorld } from '../support/crash-world';
import { eventually } from '../support/http';
import { pressOnPayPage } from '../support/pay-page';
import { expectStatus } from '../support/payments';
import { textOf } from '../support/read';

const AT_ONCE = 100;
const ROUNDS = 20;
/** A database in another building; the transactions of both sides then overlap. */
const LATENCY_MS = 2;
/** An approve looks at the gateway first: its lead over the cancels is what makes both of them win at times. */
const LEAD_MS = 40;
/** Halved whenever the other side wins, so that the two come ever closer together. */
const LEAD_STEP_MS = 32;
/** Four thousand commands, on a machine that does something else beside it. */
const RACES_WITHIN_MS = 240_000;

describe('a hundred approves and a hundred cancels of one payment, twenty times', () => {
  let world: CrashWorld;
  const winners: string[] = [];
  const statuses = new Set<number>();
  const history = new History();
  const liars: string[] = [];

  beforeAll(async () => {
    world = await startCrashWorld({
      databaseLatencyMs: LATENCY_MS,
      settings: { DATABASE_POOL_SIZE: '40' },
    });
    let leadMs = LEAD_MS;
    let stepMs = LEAD_STEP_MS;
    for (let round = 0; round < ROUNDS; round++) {
      const winner = await race(round, leadMs);
      if (winners.length > 0 && winners.at(-1) !== winner) stepMs = Math.max(stepMs / 2, 1);
      leadMs += winner === 'paid' ? -stepMs : stepMs;
      winners.push(winner);
    }
  }, RACES_WITHIN_MS);
  afterAll(() => world?.close());

  async function race(round: number, leadMs: number): Promise<string> {
    const body = createBody(world, 'paypal', `Race ${round}`);
    const made = await ask(world, { path: '/api/payments', body });
    expectStatus(made, 201);
    const id = textOf(made.body, 'id');
    await pressOnPayPage(textOf(made.body, 'checkout_url'), 'pay');
    const verbs = leadMs > 0 ? (['approve', 'cancel'] as const) : (['cancel', 'approve'] as const);
    const early = send(id, verbs[0]);
    await new Promise((resolve) => setTimeout(resolve, Math.abs(leadMs)));
    const answers = await Promise.all([...early, ...send(id, verbs[1])]);
    const { body: end } = await eventually(
      () => askOnce(world.app.url, { method: 'GET', path: `/api/payments/${id}`, key: world.key }),
      (shown) => textAt(shown.body, 'operation', 'id') === null,
    );
    const state = textOf(end, 'state');
    const told = answers.filter(({ status }) => status === 200);
    const isLie = told.some((answer) => textAt(answer.body, 'state') !== state);
    if (isLie) liars.push(`${id} is ${state}, and somebody was told otherwise`);
    return state;
  }

  function send(id: string, verb: string): Promise<Reply>[] {
    return Array.from({ length: AT_ONCE }, async () => {
      const path = `/api/payments/${id}/${verb}`;
      const sofar = history.sofar(id);
      const answer = await askOnce(world.app.url, { method: 'POST', path, key: world.key });
      statuses.add(answer.status);
      history.heard(answer, sofar);
      return answer;
    });
  }

  it('are won by one side each time, and not always by the same', async () => {
    expect(winners).toHaveLength(ROUNDS);
    expect(new Set(winners)).toEqual(new Set(['paid', 'canceled']));
    expect(audit(await readBooks(world, { promises: history.promises }))).toEqual([]);
  });

  it('tell every caller the same end', () => {
    expect(liars).toEqual([]);
    expect(history.complaints).toEqual([]);
  });

  it('get no failure of ours', () => {
    expect([...statuses].filter((status) => status >= 500)).toEqual([]);
  });
});
