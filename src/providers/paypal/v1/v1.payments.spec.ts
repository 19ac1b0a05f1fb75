import { Money } from '../../../shared/money/money';
import { type CreateOrder } from '../../payment-provider';
import { type PayPalReply } from '../paypal.outcome';
import { V1Payments } from './v1.payments';

const trouble = { code: 'timeout', message: 'Slow.', reference: null };
const silence: PayPalReply = { kind: 'unknown', trouble };
const toCapture = { providerId: 'PAYID-1', key: 'key-c', amount: Money.of(1000n, 'EUR') };

const amount = { total: '10.00', currency: 'EUR' };
const url = 'https://www.sandbox.paypal.com/cgi-bin/webscr?cmd=_express-checkout&token=EC-1A';
const links = [
  { rel: 'self', href: 'https://api.paypal.com/v1/payments/payment/PAYID-1' },
  { rel: 'approval_url', method: 'REDIRECT', href: url },
];
const transaction = { amount, custom: 'pay_01', invoice_number: 'pay_01' };
const payer = { payment_method: 'paypal', status: 'VERIFIED', payer_info: { payer_id: 'PAYER1' } };
const sale = {
  id: 'SALE1',
  state: 'completed',
  amount,
  parent_payment: 'PAYID-1',
  create_time: '2026-11-20T11:59:00Z',
};
const open = { id: 'PAYID-1', state: 'created', transactions: [transaction], links };
const created = answer(201, open);
const createdShort = answer(201, { id: 'PAYID-1', state: 'created', links });
const agreed = answer(200, { ...open, payer });
const executed = withSales(sale);
const executedWithout = answer(200, {
  id: 'PAYID-1',
  state: 'approved',
  transactions: [transaction],
});

describe('creating by Payments v1', () => {
  it('shows the payment with its token, amount and reference', async () => {
    const { payments, asked } = start({ createPayment: created });
    await expect(payments.create(order())).resolves.toMatchObject({
      outcome: 'done',
      value: {
        providerId: 'PAYID-1',
        state: 'open',
        providerState: 'created',
        checkoutUrl: url,
        token: 'EC-1A',
        reference: 'pay_01',
        amount: Money.of(1000n, 'EUR'),
        payerAgreed: false,
        payerId: null,
        captures: [],
      },
    });
    expect(asked).toEqual(['create key-1']);
  });

  it('asks for a sale and gives the addresses as they are', async () => {
    const { payments, sent } = start({ createPayment: created });
    await payments.create(order({ locale: 'nl-NL', description: 'Order 1' }));
    expect(sent).toEqual([
      {
        intent: 'sale',
        payer: { payment_method: 'paypal' },
        transactions: [{ ...transaction, description: 'Order 1' }],
        redirect_urls: {
          return_url: 'https://shop.example/r',
          cancel_url: 'https://shop.example/c',
        },
        application_context: {
          brand_name: 'Shop',
          locale: 'nl_NL',
          shipping_preference: 'NO_SHIPPING',
          user_action: 'commit',
        },
      },
    ]);
  });

  it('reads the payment after a short answer', async () => {
    const { payments, asked } = start({ createPayment: createdShort, getPayment: created });
    await expect(payments.create(order())).resolves.toMatchObject({
      outcome: 'done',
      value: { reference: 'pay_01', amount: Money.of(1000n, 'EUR') },
    });
    expect(asked).toEqual(['create key-1', 'read PAYID-1']);
  });

  it.each([
    ['fails', silence],
    ['is of another payment', answer(200, { ...open, id: 'PAYID-2' })],
    [
      'shows several transactions',
      answer(200, { ...open, transactions: [transaction, transaction] }),
    ],
  ])('is unknown when that read %s', async (_what, getPayment) => {
    const { payments } = start({ createPayment: createdShort, getPayment });
    await expect(payments.create(order())).resolves.toMatchObject({
      outcome: 'unknown',
      trouble: { code: 'answer_incomplete' },
    });
  });

  it.each([
    [
      'an amount of eight digits',
      { amount: Money.of(1_000_000_000n, 'EUR') },
      'amount_not_supported',
    ],
    ['a fraction of a forint', { amount: Money.of(100_050n, 'HUF') }, 'amount_not_supported'],
    ['no return URL', { returnUrl: null }, 'return_urls_missing'],
    ['no cancel URL', { cancelUrl: null }, 'return_urls_missing'],
  ])('with %s is refused and nothing is sent', async (_what, changes, code) => {
    const { payments, asked } = start({});
    await expect(payments.create(order(changes))).resolves.toMatchObject({
      outcome: 'refused',
      refusal: { kind: 'request', code },
    });
    expect(asked).toEqual([]);
  });

  it('says which field PayPal does not accept', async () => {
    const details = [{ field: 'transactions[0].amount', issue: 'Amount cannot be zero' }];
    const reply = answer(400, { name: 'VALIDATION_ERROR', message: 'Invalid request', details });
    const { payments } = start({ createPayment: reply });
    await expect(payments.create(order())).resolves.toMatchObject({
      outcome: 'refused',
      refusal: {
        kind: 'request',
        code: 'VALIDATION_ERROR',
        message: 'transactions[0].amount: Amount cannot be zero',
      },
    });
  });

  it.each([
    ['a missing payment', problem('INVALID_RESOURCE_ID', 404)],
    ['a key that was used before', problem('DUPLICATE_REQUEST_ID')],
    ['silence', silence],
  ])('is unknown after %s', async (_what, createPayment) => {
    const { payments } = start({ createPayment });
    await expect(payments.create(order())).resolves.toMatchObject({ outcome: 'unknown' });
  });
});

describe('executing by Payments v1', () => {
  it('names the payer whom the payment shows', async () => {
    const { payments, asked, sent } = start({ getPayment: agreed, executePayment: executed });
    await expect(payments.capture(toCapture)).resolves.toMatchObject({
      outcome: 'done',
      value: {
        state: 'paid',
        providerState: 'completed',
        reference: 'pay_01',
        captures: [{ captureId: 'SALE1', state: 'completed', amount: toCapture.amount }],
        paidAt: new Date('2026-11-20T11:59:00Z'),
      },
    });
    expect(asked).toEqual(['read PAYID-1', 'execute PAYID-1 key-c']);
    expect(sent).toEqual([{ payer_id: 'PAYER1' }]);
  });

  it('sends nothing while no payer agreed', async () => {
    const { payments, asked } = start({ getPayment: created });
    await expect(payments.capture(toCapture)).resolves.toMatchObject({
      outcome: 'refused',
      refusal: { kind: 'payer', code: 'payer_not_known' },
    });
    expect(asked).toEqual(['read PAYID-1']);
  });

  it('sends nothing for a payment that was executed before', async () => {
    const { payments, asked } = start({ getPayment: executed });
    await expect(payments.capture(toCapture)).resolves.toMatchObject({
      outcome: 'done',
      value: { state: 'paid' },
    });
    expect(asked).toEqual(['read PAYID-1']);
  });

  it.each([
    ['cannot be read', silence, 'not_sent'],
    ['is gone', problem('INVALID_RESOURCE_ID', 404), 'not_found'],
    ['may not be read', problem('PERMISSION_DENIED', 403), 'refused'],
  ])('sends nothing for a payment that %s', async (_what, getPayment, outcome) => {
    const { payments, asked } = start({ getPayment });
    await expect(payments.capture(toCapture)).resolves.toMatchObject({ outcome });
    expect(asked).toEqual(['read PAYID-1']);
  });

  it.each([
    ['pending', 'processing', 'pending'],
    ['denied', 'failed', 'failed'],
    ['refunded', 'paid', 'completed'],
    ['partially_refunded', 'paid', 'completed'],
    ['reconsidered', 'unknown', 'unknown'],
  ])('a sale that is %s makes the payment %s', async (word, state, captureState) => {
    const executePayment = withSales({ ...sale, state: word });
    const { payments } = start({ getPayment: agreed, executePayment });
    await expect(payments.capture(toCapture)).resolves.toMatchObject({
      outcome: 'done',
      value: { state, providerState: word, captures: [{ state: captureState }] },
    });
  });

  it.each([
    'PAYMENT_ALREADY_DONE',
    'PAYMENT_STATE_INVALID',
    'DUPLICATE_REQUEST_ID',
    'ORDER_ALREADY_COMPLETED',
  ])('after %s shows what the payment holds', async (name) => {
    const replies = { getPayment: [agreed, executed], executePayment: problem(name) };
    const { payments, asked } = start(replies);
    await expect(payments.capture(toCapture)).resolves.toMatchObject({
      outcome: 'done',
      value: { state: 'paid' },
    });
    expect(asked).toEqual(['read PAYID-1', 'execute PAYID-1 key-c', 'read PAYID-1']);
  });

  it.each([
    ['PAYMENT_ALREADY_DONE', problem('PAYMENT_ALREADY_DONE')],
    ['no_sale_shown', executedWithout],
    ['timeout', silence],
    ['SOMETHING_NEW', problem('SOMETHING_NEW')],
    ['INTERNAL_SERVICE_ERROR', problem('INTERNAL_SERVICE_ERROR', 500)],
  ])('that ended with %s and shows no sale is unknown', async (code, executePayment) => {
    const { payments } = start({ getPayment: agreed, executePayment });
    await expect(payments.capture(toCapture)).resolves.toMatchObject({
      outcome: 'unknown',
      trouble: { code },
    });
  });

  it.each([
    ['INSTRUMENT_DECLINED', 'payer'],
    ['PAYMENT_NOT_APPROVED_FOR_EXECUTION', 'payer'],
    ['INVALID_PAYER_ID', 'payer'],
    ['PAYMENT_EXPIRED', 'final'],
    ['TRANSACTION_REFUSED', 'final'],
    ['PAYEE_ACCOUNT_RESTRICTED', 'merchant'],
    ['VALIDATION_ERROR', 'request'],
  ])('that ended with %s is the business of: %s', async (code, kind) => {
    const { payments } = start({ getPayment: agreed, executePayment: problem(code) });
    await expect(payments.capture(toCapture)).resolves.toMatchObject({
      outcome: 'refused',
      refusal: { kind, code, reference: 'd1' },
    });
  });
});

describe('reading by Payments v1', () => {
  it('tells who agreed', async () => {
    const { payments } = start({ getPayment: agreed });
    await expect(payments.read('PAYID-1')).resolves.toMatchObject({
      value: { state: 'open', payerAgreed: true, payerId: 'PAYER1', checkoutUrl: url },
    });
  });

  it('keeps the token when the link is gone', async () => {
    const getPayment = withSales(sale, { cart: '1A', links: [] });
    const { payments } = start({ getPayment });
    await expect(payments.read('PAYID-1')).resolves.toMatchObject({
      value: { state: 'paid', token: 'EC-1A', checkoutUrl: null, payerAgreed: false },
    });
  });

  it.each([
    ['approved', 'unknown'],
    ['failed', 'failed'],
    ['in_progress', 'unknown'],
    ['partially_completed', 'unknown'],
    ['new_word', 'unknown'],
  ])('a payment without a sale that is %s is %s', async (word, state) => {
    const { payments } = start({ getPayment: answer(200, { ...open, state: word, payer }) });
    await expect(payments.read('PAYID-1')).resolves.toMatchObject({
      value: { state, providerState: word, payerAgreed: false, checkoutUrl: null },
    });
  });

  it('a sale that cannot be read makes the answer unknown', async () => {
    const { payments } = start({ getPayment: withSales({ ...sale, amount: {} }) });
    await expect(payments.read('PAYID-1')).resolves.toMatchObject({ outcome: 'unknown' });
  });

  it('keeps nothing of the payer but the id', async () => {
    const people = {
      ...payer,
      payer_info: { ...payer.payer_info, email: 'a@b.c', last_name: 'Doe' },
    };
    const getPayment = answer(200, { ...open, payer: people });
    const read = await start({ getPayment }).payments.read('PAYID-1');
    const raw = JSON.stringify(read.outcome === 'done' ? read.value.raw : read);
    expect(raw).toContain('PAYER1');
    expect(raw).toContain('pay_01');
    expect(raw).not.toMatch(/a@b\.c|Doe/);
  });
});

function answer(status: number, body: unknown): PayPalReply {
  return { kind: 'answer', status, body, headers: {} };
}

function problem(name: string, status = 400): PayPalReply {
  return answer(status, { name, message: 'No.', information_link: 'https://x', debug_id: 'd1' });
}

function withSales(sold: unknown, more: object = {}): PayPalReply {
  const transactions = [{ ...transaction, related_resources: [{ sale: sold }] }];
  return answer(200, { ...open, state: 'approved', payer, ...more, transactions });
}

function order(changes: Partial<CreateOrder> = {}): CreateOrder {
  return {
    reference: 'pay_01',
    key: 'key-1',
    amount: Money.of(1000n, 'EUR'),
    captureMethod: 'automatic',
    description: null,
    returnUrl: 'https://shop.example/r',
    cancelUrl: 'https://shop.example/c',
    payMethods: [],
    metadata: {},
    providerCustomer: null,
    mandate: null,
    setupMandate: false,
    locale: null,
    ...changes,
  };
}

interface Replies {
  readonly createPayment?: PayPalReply;
  /** One after the other; the last one stays. */
  readonly getPayment?: PayPalReply | readonly PayPalReply[];
  readonly executePayment?: PayPalReply;
}

/** The adapter's payments over replies that are given; a call without one is a mistake. */
function start(replies: Replies) {
  const asked: string[] = [];
  const sent: unknown[] = [];
  const reads = [replies.getPayment ?? []].flat();
  const give = (reply: PayPalReply | undefined, call: string): Promise<PayPalReply> => {
    asked.push(call);
    return reply ? Promise.resolve(reply) : Promise.reject(new Error(`nobody expected ${call}`));
  };
  const client = {
    createPayment: (body: object, key: string) => {
      sent.push(body);
      return give(replies.createPayment, `create ${key}`);
    },
    getPayment: (id: string) => give(reads.length > 1 ? reads.shift() : reads[0], `read ${id}`),
    executePayment: ({ id, requestId }: { id: string; requestId: string }, body: object) => {
      sent.push(body);
      return give(replies.executePayment, `execute ${id} ${requestId}`);
    },
  };
  return { payments: new V1Payments(client, 'Shop'), asked, sent };
}
