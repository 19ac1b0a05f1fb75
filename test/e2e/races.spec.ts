import { startTestApp, type TestApp } from '../support/app';
import { type Answer } from '../support/http';
import { pressOnPayPage } from '../support/pay-page';
import * as payments from '../support/payments';
import { brokenPromises } from '../support/promises';
import { textOf } from '../support/read';
import { sandboxOf } from '../support/sandbox';

/** As many as tabs, retries and impatient people can make at once. */
const AT_ONCE = 20;
const ROUNDS = 20;

describe('commands at the same time', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app?.close());

  function times(verb: 'approve' | 'cancel', id: string, count: number): Promise<Answer>[] {
    return Array.from({ length: count }, () => payments.command(app, id, verb));
  }

  it.each(['paypal', 'paypro'])('captures once at %s for 20 approvals', async (provider) => {
    const { id } = await payments.makePressed(app, provider, 'pay');
    const answers = await Promise.all(times('approve', id, AT_ONCE));
    for (const answer of answers) payments.expectStatus(answer, 200, 202);
    expect(await sandboxOf(app).ledgerOf(id)).toHaveLength(1);
    expect((await payments.show(app, id)).body).toMatchObject({
      state: 'paid',
      captured_amount: 1000,
      conflict: null,
    });
    const story = await payments.story(app, id);
    expect(story.filter((line) => line === 'state: paid')).toHaveLength(1);
    expect(story.filter((line) => line.startsWith('operation: capture')).length).toBeLessThan(2);
  });

  it.each(['paypal', 'paypro'])('cancels once at %s for 20 cancelations', async (provider) => {
    const { id } = await payments.makePayment(app, provider);
    const answers = await Promise.all(times('cancel', id, AT_ONCE));
    for (const answer of answers) payments.expectStatus(answer, 200, 202);
    const story = await payments.story(app, id);
    expect(story.filter((line) => line === 'state: canceled')).toHaveLength(1);
    const deletes = (await sandboxOf(app).calls()).filter(({ method }) => method === 'DELETE');
    expect(deletes.filter(({ path }) => path.includes('payments')).length).toBeLessThan(2);
  });

  /** Both sides saw the same end: the money was taken and kept, or it was not taken at all. */
  async function expectOneWinner(id: string): Promise<string> {
    const { body } = await payments.show(app, id);
    const state = textOf(body, 'state');
    const captures = await sandboxOf(app).ledgerOf(id);
    expect({ id, state, captures: captures.length, body }).toMatchObject(
      state === 'paid'
        ? { captures: 1, body: { captured_amount: 1000, conflict: null, operation: null } }
        : { state: 'canceled', captures: 0, body: { conflict: null, operation: null } },
    );
    return state;
  }

  it('lets either approve or cancel win at PayPal, and never both', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { id } = await payments.makePressed(app, 'paypal', 'pay');
      const verbs =
        round % 2 === 0 ? (['approve', 'cancel'] as const) : (['cancel', 'approve'] as const);
      const sent = verbs.flatMap((verb) => times(verb, id, 1 + (round % 3)));
      const answers = await Promise.all(sent);
      for (const answer of answers) payments.expectStatus(answer, 200, 202, 409);
      const state = await expectOneWinner(id);
      const states = answers.filter((a) => a.status === 200).map((a) => textOf(a.body, 'state'));
      expect(new Set(states)).toEqual(new Set([state]));
    }
  });

  it('lets either the payer or cancel win at PayPro, and never both', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { id, checkoutUrl } = await payments.makePayment(app, 'paypro');
      const paid = pressOnPayPage(checkoutUrl, 'pay');
      const canceled = await payments.command(app, id, 'cancel');
      await paid;
      payments.expectStatus(canceled, 200, 409);
      await payments.command(app, id, 'refresh');
      const state = await expectOneWinner(id);
      expect(state).toBe(canceled.status === 200 ? 'canceled' : 'paid');
    }
  });

  it('refreshes at the same time as it approves without losing anything', async () => {
    const { id } = await payments.makePressed(app, 'paypal', 'pay');
    const refreshes = Array.from({ length: 5 }, () => payments.command(app, id, 'refresh'));
    const answers = await Promise.all([...refreshes, ...times('approve', id, 5)]);
    for (const answer of answers) payments.expectStatus(answer, 200, 202);
    expect(await expectOneWinner(id)).toBe('paid');
  });

  it('keeps the promises that hold for every answer', () => {
    expect(brokenPromises(app)).toEqual([]);
  });
});
