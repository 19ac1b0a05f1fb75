import { systemClock } from '../../src/shared/clock';
import { listAt, textAt, valueAt } from '../../src/shared/json';
import { Money } from '../../src/shared/money/money';
import { type PaymentProvider, type ProviderPayment } from '../../src/providers/payment-provider';
import { type ProviderRefund, type RefundOrder } from '../../src/providers/provider-parts';
import { PayproClient } from '../../src/providers/paypro/paypro.client';
import { PayproRefunds } from '../../src/providers/paypro/paypro.refunds';
import { type RunningSandbox } from '../../src/sandbox/start-sandbox';
import {
  act,
  callsSeen,
  configure,
  control,
  done,
  KEY,
  lines,
  order,
  startPaypro,
} from './paypro.support';
import { askedAfter, PatientHttp } from './suite/patience';

const IBAN = 'NL91ABNA0417164300';

let sandbox: RunningSandbox;
let provider: PaymentProvider;
let refunds: PayproRefunds;
let references = 0;

beforeAll(async () => {
  sandbox = await startPaypro();
});

afterAll(() => sandbox.close());

beforeEach(async () => {
  // Fresh ones, so that no test meets the circuit breaker of another.
  provider = configure(sandbox);
  refunds = refundsWith(KEY);
  await control(sandbox, { method: 'DELETE', path: 'calls' });
});

function refundsWith(key: string): PayproRefunds {
  const http = new PatientHttp('paypro', { baseUrl: `${sandbox.url}/paypro` }, (line) =>
    lines.push(line),
  );
  return new PayproRefunds(new PayproClient(http, key), systemClock);
}

/** A payment of 10.50 that was paid. */
async function paid(payMethod = 'ideal'): Promise<ProviderPayment> {
  const payment = done(await provider.payments.create(order({ payMethods: [payMethod] })));
  await act(payment, 'pay');
  await control(sandbox, { method: 'DELETE', path: 'calls' });
  return payment;
}

/** An order for cents of a payment, with a reference that no other has. */
function refundOrder(
  { providerId }: Pick<ProviderPayment, 'providerId'>,
  { cents = 1050n, ...more }: Partial<RefundOrder> & { cents?: bigint } = {},
): RefundOrder {
  const reference = `ref_contract${++references}`;
  return {
    reference,
    providerId,
    captureId: providerId,
    key: `v1.${reference}.refund.1`,
    amount: Money.of(cents, 'EUR'),
    description: null,
    reason: null,
    account: null,
    ...more,
  };
}

const refund = async (payment: ProviderPayment, cents = 1050n) =>
  done(await refunds.refund(refundOrder(payment, { cents })));

const idsOf = ({ refundId, captureId }: ProviderRefund) => ({
  refundId,
  providerId: captureId ?? '',
});

const listed = async ({ providerId }: ProviderPayment) => done(await refunds.list(providerId));

/** What PayPro itself, a bank or the merchant does with a refund. */
async function settle({ refundId }: ProviderRefund, state: string): Promise<void> {
  await control(sandbox, { method: 'POST', path: `paypro/refunds/${refundId}`, body: { state } });
}

/** Amounts that left the account for this payment, by the simulator's ledger. */
async function moneyBack({ providerId }: ProviderPayment): Promise<(string | null)[]> {
  return listAt(await control(sandbox, { method: 'GET', path: 'ledger' }))
    .filter((entry) => textAt(entry, 'payment_id') === providerId)
    .filter((entry) => textAt(entry, 'kind') === 'refund')
    .map((entry) => textAt(entry, 'amount'));
}

/** The next call of this method about refunds misbehaves once. */
async function misbehave(method: string, kind: string, more: object = {}): Promise<void> {
  const match = { method, path_contains: '/refunds' };
  const body = { gateway: 'paypro', match, times: 1, kind, ...more };
  await control(sandbox, { method: 'POST', path: 'faults', body });
}

describe('refunding a payment', () => {
  it('gives all of it back once PayPro has sent the money', async () => {
    const payment = await paid();
    const asked = refundOrder(payment, { reason: 'Case 7' });
    const made = done(await refunds.refund(asked));
    expect(made).toMatchObject({
      state: 'pending',
      providerState: 'open',
      amount: asked.amount,
      reference: asked.reference,
      captureId: payment.providerId,
    });
    expect(made.createdAt).toBeInstanceOf(Date);
    expect(await moneyBack(payment)).toEqual([]);

    await settle(made, 'refunded');
    const now = done(await refunds.read(idsOf(made)));
    expect(now).toEqual({ ...made, state: 'refunded', providerState: 'refunded' });
    expect(await moneyBack(payment)).toEqual(['10.50']);
  });

  it('gives parts of it back, one after the other', async () => {
    const payment = await paid();
    const parts = [await refund(payment, 300n), await refund(payment, 250n)];
    for (const part of parts) await settle(part, 'refunded');
    expect(await moneyBack(payment)).toEqual(['3.00', '2.50']);
    expect((await listed(payment)).map(({ amount }) => amount.minor)).toEqual([250n, 300n]);
  });

  it('is refused for more than is left, also while the first part is on its way', async () => {
    const payment = await paid();
    const part = await refund(payment, 1000n);
    const tooMuch = await refunds.refund(refundOrder(payment, { cents: 51n }));
    expect(tooMuch).toMatchObject({
      outcome: 'refused',
      refusal: { kind: 'request', code: 'invalid_request' },
    });
    expect(JSON.stringify(tooMuch)).toContain('(amount)');
    expect((await listed(payment)).map(({ refundId }) => refundId)).toEqual([part.refundId]);
    expect(await refund(payment, 50n)).toMatchObject({ state: 'pending' });
  });

  it('is refused once all of it has been refunded', async () => {
    const payment = await paid();
    await settle(await refund(payment), 'refunded');
    const again = await refunds.refund(refundOrder(payment, { cents: 1n }));
    expect(again).toMatchObject({ outcome: 'refused', refusal: { kind: 'request' } });
    expect(await moneyBack(payment)).toEqual(['10.50']);
  });

  it('is refused before anybody has paid', async () => {
    const payment = done(await provider.payments.create(order()));
    const result = await refunds.refund(refundOrder(payment));
    expect(result).toMatchObject({ outcome: 'refused', refusal: { kind: 'request' } });
    expect(await listed(payment)).toEqual([]);
  });

  it('is not found for a payment that PayPro never gave, nor are its refunds', async () => {
    const nobody = { providerId: 'PPNEVERGIVEN00' };
    expect(await refunds.refund(refundOrder(nobody))).toMatchObject({ outcome: 'not_found' });
    expect(await refunds.list(nobody.providerId)).toMatchObject({ outcome: 'not_found' });
    const ids = { ...nobody, refundId: 'PRNEVERGIVEN00' };
    expect(await refunds.read(ids)).toMatchObject({ outcome: 'not_found' });
    expect(await refunds.cancel(ids)).toMatchObject({ outcome: 'not_found' });
  });

  it('gives the money back twice when it is sent twice, because PayPro recognises no repeat', async () => {
    const payment = await paid();
    const asked = refundOrder(payment, { cents: 500n });
    const first = done(await refunds.refund(asked));
    const second = done(await refunds.refund(asked));
    expect(second.refundId).not.toBe(first.refundId);
    for (const each of [first, second]) await settle(each, 'refunded');
    expect(await moneyBack(payment)).toEqual(['5.00', '5.00']);
    expect(refunds.repeatMs).toBe(0);
  });
});

describe('the life of a refund', () => {
  it.each([
    ['pending', 'pending'],
    ['processing', 'pending'],
    ['refunded', 'refunded'],
    ['failed', 'failed'],
    ['expired', 'failed'],
    ['canceled', 'canceled'],
  ])('knows the word %s: %s', async (word, state) => {
    const payment = await paid();
    const made = await refund(payment);
    await settle(made, word);
    const now = { ...made, state, providerState: word };
    expect(done(await refunds.read(idsOf(made)))).toEqual(now);
    expect(await listed(payment)).toEqual([now]);
    expect(await moneyBack(payment)).toEqual(word === 'refunded' ? ['10.50'] : []);
  });

  it('is loudly unknown when PayPro uses a new word', async () => {
    const made = await refund(await paid());
    await misbehave('GET', 'unknown_state');
    expect(done(await refunds.read(idsOf(made)))).toMatchObject({
      state: 'unknown',
      providerState: 'something_new',
    });
  });

  it('lets another refund have the amount of one that failed', async () => {
    const payment = await paid();
    await settle(await refund(payment), 'failed');
    await settle(await refund(payment), 'refunded');
    expect(await moneyBack(payment)).toEqual(['10.50']);
  });
});

describe('canceling a refund', () => {
  it.each(['open', 'pending', 'processing'])(
    'that is %s calls it off, and once more without complaint',
    async (state) => {
      const payment = await paid();
      const made = await refund(payment);
      await settle(made, state);
      const value = { ...made, state: 'canceled', providerState: 'canceled' };
      const canceled = { outcome: 'done', value };
      expect(await refunds.cancel(idsOf(made))).toEqual(canceled);
      expect(await refunds.cancel(idsOf(made))).toEqual(canceled);
      expect(await moneyBack(payment)).toEqual([]);
      expect(await refund(payment)).toMatchObject({ state: 'pending' });
    },
  );

  it.each(['refunded', 'failed', 'expired'])('that is %s comes too late', async (state) => {
    const made = await refund(await paid());
    await settle(made, state);
    const before = done(await refunds.read(idsOf(made)));
    expect(await refunds.cancel(idsOf(made))).toMatchObject({
      outcome: 'refused',
      refusal: { kind: 'final' },
    });
    expect(done(await refunds.read(idsOf(made)))).toEqual(before);
  });

  it.each(['error_before', 'error_after', 'hang_after', 'garbage'])(
    'is unknown after %s, and may be asked for again',
    async (kind) => {
      const made = await refund(await paid());
      await misbehave('DELETE', kind);
      const asked = askedAfter(kind, () => refunds.cancel(idsOf(made)));
      expect(await asked).toMatchObject({ outcome: 'unknown' });
      expect(await refunds.cancel(idsOf(made))).toMatchObject({
        outcome: 'done',
        value: { state: 'canceled' },
      });
    },
  );
});

describe('the refunds of a payment', () => {
  it('are all there, also the one made in the dashboard, which has no reference of ours', async () => {
    const payment = await paid();
    const ours = await refund(payment, 100n);
    const path = `paypro/payments/${payment.providerId}/refunds`;
    const body = { amount: 200, reason: 'By phone' };
    const theirs = await control(sandbox, { method: 'POST', path, body });
    await refund(await paid());
    const [newest, ...others] = await listed(payment);
    expect(newest).toMatchObject({
      refundId: textAt(theirs, 'id'),
      amount: Money.of(200n, 'EUR'),
      reference: null,
      captureId: payment.providerId,
    });
    expect(others).toEqual([ours]);
  });

  it('are read over as many pages as it takes', async () => {
    const payment = await paid();
    for (let i = 0; i < 101; i++) await refund(payment, 1n);
    await control(sandbox, { method: 'DELETE', path: 'calls' });
    const all = await listed(payment);
    expect(new Set(all.map(({ refundId }) => refundId)).size).toBe(101);
    expect(await callsSeen(sandbox)).toHaveLength(2);
  });

  it.each(['error_before', 'garbage', 'hang_after'])('are unknown after %s', async (kind) => {
    const payment = await paid();
    await refund(payment);
    await misbehave('GET', kind);
    const asked = askedAfter(kind, () => refunds.list(payment.providerId));
    expect(await asked).toMatchObject({ outcome: 'unknown' });
  });
});

describe('the account that the money goes to', () => {
  const holderOnly = { holderName: 'A. Payer', iban: null };
  const whole = { holderName: 'A. Payer', iban: IBAN };

  it.each([
    ['bancontact', null, ['account_holder_name', 'iban']],
    ['bancontact', holderOnly, ['iban']],
    ['creditcard', null, ['account_holder_name']],
  ])('is asked for before %s is refunded with %p', async (payMethod, account, missing) => {
    const payment = await paid(payMethod);
    expect(refunds.missing({ payMethod, account })).toEqual(missing);
    expect(await refunds.refund(refundOrder(payment, { account }))).toMatchObject({
      outcome: 'refused',
      refusal: { kind: 'request' },
    });
  });

  it.each([
    ['bancontact', whole],
    ['creditcard', holderOnly],
    ['ideal', null],
  ])('is enough for %s with %p', async (payMethod, account) => {
    const payment = await paid(payMethod);
    expect(refunds.missing({ payMethod, account })).toEqual([]);
    const made = done(await refunds.refund(refundOrder(payment, { account })));
    expect(made).toMatchObject({ state: 'pending' });
  });
});

describe('trouble with a refund', () => {
  it.each([
    ['error_before', { status: 503 }, 0],
    ['drop_before', {}, 0],
    ['error_after', { status: 500 }, 1],
    ['drop_after', {}, 1],
    ['hang_after', {}, 1],
    ['garbage', {}, 1],
  ])('%s is unknown, nothing is sent twice, and the list shows it', async (kind, more, made) => {
    const payment = await paid();
    const asked = refundOrder(payment);
    await misbehave('POST', kind, more);
    const result = await askedAfter(kind, () => refunds.refund(asked));
    expect(result).toMatchObject({ outcome: 'unknown' });
    expect(await callsSeen(sandbox)).toEqual([`POST /payments/${payment.providerId}/refunds`]);
    const found = (await listed(payment)).filter(({ reference }) => reference === asked.reference);
    expect(found).toHaveLength(made);
  });

  it('a limit on calls is a promise that nothing was done', async () => {
    const payment = await paid();
    await misbehave('POST', 'rate_limit', { retry_after_seconds: 9 });
    expect(await refunds.refund(refundOrder(payment))).toMatchObject({
      outcome: 'not_sent',
      retryAfterS: 9,
    });
    expect(await listed(payment)).toEqual([]);
  });

  it('a key that is no longer accepted is for the owner of the account', async () => {
    const payment = await paid();
    const made = await refund(payment, 1n);
    const stranger = refundsWith('pp_wrong');
    const refused = { outcome: 'refused', refusal: { kind: 'merchant' } };
    expect(await stranger.refund(refundOrder(payment, { cents: 1n }))).toMatchObject(refused);
    expect(await stranger.read(idsOf(made))).toMatchObject(refused);
    expect(await stranger.list(payment.providerId)).toMatchObject(refused);
    expect(await stranger.cancel(idsOf(made))).toMatchObject(refused);
    expect(await listed(payment)).toEqual([made]);
  });

  it('shows an amount that was changed, so that the caller can see it', async () => {
    const payment = await paid();
    await misbehave('POST', 'wrong_amount');
    expect((await refund(payment, 500n)).amount).toEqual(Money.of(501n, 'EUR'));
  });

  it("names the id that PayPro's support asks for", async () => {
    const result = await refunds.refund(refundOrder({ providerId: 'PPNEVERGIVEN00' }));
    expect(textAt(valueAt(result, 'trouble'), 'reference')).toMatch(/\S/);
  });
});

describe('the log', () => {
  it('holds a line for every call, and neither a payer nor a secret', async () => {
    const payment = await paid('bancontact');
    const before = lines.length;
    const account = { holderName: 'A. Payer', iban: IBAN };
    const asked = refundOrder(payment, { account, reason: 'Case 7', description: 'Sorry' });
    const made = done(await refunds.refund(asked));
    await listed(payment);
    await refunds.read(idsOf(made));
    await refunds.cancel(idsOf(made));
    const fresh = lines.slice(before);
    const purposes = ['refund', 'list_refunds', 'read_refund', 'cancel_refund'];
    expect(fresh.map(({ purpose }) => purpose)).toEqual(purposes);
    const text = JSON.stringify(fresh);
    for (const secret of [KEY, IBAN, 'A. Payer', 'Case 7', 'Sorry', 'limit=']) {
      expect(text).not.toContain(secret);
    }
    for (const secret of [IBAN, 'A. Payer']) {
      expect(JSON.stringify({ ...made, amount: null })).not.toContain(secret);
    }
  });
});
