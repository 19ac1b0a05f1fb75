import { Money } from '../../shared/money/money';
import { type RefundOrder } from '../provider-parts';
import { type PayPalReply } from './paypal.outcome';
import { PayPalRefunds } from './paypal.refunds';

const trouble = { code: 'timeout', message: 'Slow.', reference: null };
const silence: PayPalReply = { kind: 'unknown', trouble };
const order: RefundOrder = {
  reference: 'ref_01',
  providerId: 'ORDER1',
  captureId: 'CAP1',
  key: 'key-r',
  amount: Money.of(250n, 'EUR'),
  description: null,
  reason: null,
  account: null,
};
const amount = { currency_code: 'EUR', value: '2.50' };
const up = { rel: 'up', href: 'https://api.paypal.com/v2/payments/captures/CAP1' };
const full = { id: 'REF1', status: 'COMPLETED', amount, custom_id: 'ref_01', links: [up] };
const short = answer(201, { id: 'REF1', status: 'COMPLETED', links: [up] });
const value = {
  refundId: 'REF1',
  state: 'refunded',
  providerState: 'COMPLETED',
  amount: order.amount,
  reference: 'ref_01',
  captureId: 'CAP1',
  createdAt: null,
};
const incomplete = { outcome: 'unknown', trouble: { code: 'answer_incomplete' } };

describe('refunding at PayPal', () => {
  it.each([200, 201])('is done when a %i shows the refund', async (status) => {
    const { refunds, asked } = open({ refundCapture: answer(status, full) });
    await expect(refunds.refund(order)).resolves.toEqual({ outcome: 'done', value });
    expect(asked).toEqual(['refund CAP1 key-r']);
  });

  it('reads the amount and the reference after a short answer', async () => {
    const { refunds, asked } = open({ refundCapture: short, getRefund: answer(200, full) });
    await expect(refunds.refund(order)).resolves.toEqual({ outcome: 'done', value });
    expect(asked).toEqual(['refund CAP1 key-r', 'read REF1']);
  });

  it('keeps the state of the answer, whatever that read says', async () => {
    const pending = answer(201, { id: 'REF1', status: 'PENDING' });
    const { refunds } = open({ refundCapture: pending, getRefund: answer(200, full) });
    await expect(refunds.refund(order)).resolves.toMatchObject({ value: { state: 'pending' } });
  });

  it.each([
    ['fails', silence],
    ['finds nothing', issue(404, 'INVALID_RESOURCE_ID')],
    ['shows another refund', answer(200, { ...full, id: 'REF2' })],
    ['shows no amount', short],
    ['shows an amount that cannot be read', withAmount({ currency_code: 'ZZZ', value: '1' })],
  ])('is unknown when that read %s', async (_what, getRefund) => {
    const { refunds } = open({ refundCapture: short, getRefund });
    await expect(refunds.refund(order)).resolves.toMatchObject(incomplete);
  });

  it('is unknown when the amount is no amount', async () => {
    const { refunds } = open({ refundCapture: withAmount({ ...amount, value: '2.505' }) });
    await expect(refunds.refund(order)).resolves.toMatchObject(incomplete);
  });

  it('refuses what PayPal cannot hold and sends nothing', async () => {
    const { refunds, asked } = open({});
    const odd = { ...order, amount: Money.of(50n, 'HUF') };
    await expect(refunds.refund(odd)).resolves.toMatchObject({
      outcome: 'refused',
      refusal: { kind: 'request', code: 'amount_not_supported' },
    });
    expect(asked).toEqual([]);
  });

  it.each([
    ['silence', silence],
    ['a server error', answer(500, {})],
    ['success that cannot be read', answer(201, undefined)],
    ['success without a status', answer(201, { id: 'REF1', amount })],
    ['success of another kind', answer(202, full)],
    ['a call that is still under way', issue(409, 'PREVIOUS_REQUEST_IN_PROGRESS')],
    ['an issue of next year', issue(422, 'AN_ISSUE_OF_NEXT_YEAR')],
    ['an issue of orders only', issue(422, 'TRANSACTION_REFUSED')],
    ['a page that is missing', answer(404, undefined)],
  ])('is unknown after %s', async (_what, refundCapture) => {
    const { refunds, asked } = open({ refundCapture });
    await expect(refunds.refund(order)).resolves.toMatchObject({ outcome: 'unknown' });
    expect(asked).toEqual(['refund CAP1 key-r']);
  });

  it.each([
    ['REFUND_NOT_ALLOWED', 'final'],
    ['REFUND_NOT_PERMITTED_DUE_TO_CHARGEBACK', 'final'],
    ['REFUND_TIME_LIMIT_EXCEEDED', 'final'],
    ['PAYER_ACCOUNT_LOCKED_OR_CLOSED', 'final'],
    ['PAYEE_ACCOUNT_LOCKED_OR_CLOSED', 'merchant'],
    ['PAYEE_ACCOUNT_RESTRICTED', 'merchant'],
    ['PLATFORM_FEE_EXCEEDED', 'merchant'],
    ['PLATFORM_FEE_NOT_ENABLED', 'merchant'],
    ['REFUND_FAILED_INSUFFICIENT_FUNDS', 'merchant'],
    ['REFUND_IS_RESTRICTED', 'merchant'],
    ['CANNOT_BE_NEGATIVE', 'request'],
    ['CANNOT_BE_ZERO_OR_NEGATIVE', 'request'],
    ['CURRENCY_MISMATCH', 'request'],
    ['DECIMALS_NOT_SUPPORTED', 'request'],
    ['DECIMAL_PRECISION', 'request'],
    ['INVALID_CURRENCY_CODE', 'request'],
    ['INVALID_PARAMETER_SYNTAX', 'request'],
    ['INVALID_STRING_LENGTH', 'request'],
    ['MISSING_REQUIRED_PARAMETER', 'request'],
    ['PARTIAL_REFUND_NOT_ALLOWED', 'request'],
    ['PENDING_CAPTURE', 'request'],
    ['REFUND_AMOUNT_TOO_LOW', 'request'],
    ['REFUND_CAPTURE_CURRENCY_MISMATCH', 'request'],
    ['TRANSACTION_DISPUTED', 'request'],
  ])('%s is a refusal of kind %s', async (code, kind) => {
    const { refunds } = open({ refundCapture: issue(422, code) });
    const refusal = { kind, code, message: 'No.', reference: null };
    await expect(refunds.refund(order)).resolves.toEqual({ outcome: 'refused', refusal });
  });
});

describe('a refund for which PayPal has nothing left', () => {
  describe.each([
    ['CAPTURE_FULLY_REFUNDED', 'final'],
    ['MAX_NUMBER_OF_REFUNDS_EXCEEDED', 'final'],
    ['REFUND_AMOUNT_EXCEEDED', 'request'],
  ])('by %s', (code, kind) => {
    const refundCapture = issue(422, code);

    it('is done when the order shows it under our reference', async () => {
      const { refunds, asked } = open({ refundCapture, getOrder: showing(full) });
      await expect(refunds.refund(order)).resolves.toEqual({ outcome: 'done', value });
      expect(asked).toEqual(['refund CAP1 key-r', 'order ORDER1']);
    });

    it.each([
      ['none', showing()],
      ['others only', showing({ ...full, custom_id: 'ref_02' })],
    ])('is refused when the order shows %s', async (_what, getOrder) => {
      const { refunds } = open({ refundCapture, getOrder });
      const refused = { outcome: 'refused', refusal: { kind, code } };
      await expect(refunds.refund(order)).resolves.toMatchObject(refused);
    });

    it.each([
      ['is silent', silence],
      ['is gone', issue(404, 'INVALID_RESOURCE_ID')],
      ['is another one', showingIn('ORDER2')],
      ['shows something else among the refunds', showing({ id: 'REF1' })],
      ['shows a refund without its amount', showing({ id: 'REF1', status: 'COMPLETED' })],
    ])('is unknown when the order %s', async (_what, getOrder) => {
      const { refunds } = open({ refundCapture, getOrder });
      await expect(refunds.refund(order)).resolves.toEqual({
        outcome: 'unknown',
        trouble: { code, message: 'No.', reference: null },
      });
    });
  });

  it('under an invoice id that was used is never refused', async () => {
    const refundCapture = issue(422, 'DUPLICATE_INVOICE_ID');
    const found = open({ refundCapture, getOrder: showing(full) });
    await expect(found.refunds.refund(order)).resolves.toEqual({ outcome: 'done', value });
    const missing = open({ refundCapture, getOrder: showing() });
    await expect(missing.refunds.refund(order)).resolves.toMatchObject({
      outcome: 'unknown',
      trouble: { code: 'DUPLICATE_INVOICE_ID' },
    });
  });

  it('is looked for before another issue of the same answer counts', async () => {
    const details = ['PENDING_CAPTURE', 'CAPTURE_FULLY_REFUNDED'].map((code) => ({ issue: code }));
    const { refunds } = open({ refundCapture: answer(422, { details }), getOrder: showing(full) });
    await expect(refunds.refund(order)).resolves.toEqual({ outcome: 'done', value });
  });
});

describe('reading refunds at PayPal', () => {
  const ids = { refundId: 'REF1', providerId: 'ORDER1' };

  it('shows one as it is now', async () => {
    const { refunds, asked } = open({ getRefund: answer(200, { ...full, status: 'FAILED' }) });
    await expect(refunds.read(ids)).resolves.toMatchObject({
      outcome: 'done',
      value: { state: 'failed', providerState: 'FAILED' },
    });
    expect(asked).toEqual(['read REF1']);
  });

  it('is unknown without an amount, and not found when PayPal says so', async () => {
    await expect(open({ getRefund: short }).refunds.read(ids)).resolves.toMatchObject(incomplete);
    const gone = open({ getRefund: issue(404, 'INVALID_RESOURCE_ID') });
    await expect(gone.refunds.read(ids)).resolves.toMatchObject({ outcome: 'not_found' });
  });

  it('lists what the order shows', async () => {
    const byHand = { ...full, id: 'REF2', custom_id: 'pay_01' };
    const { refunds } = open({ getOrder: showing(full, byHand) });
    await expect(refunds.list('ORDER1')).resolves.toEqual({
      outcome: 'done',
      value: [value, { ...value, refundId: 'REF2', reference: null }],
    });
  });

  it('is unknown, and not an empty list, when the order does not show what was bought', async () => {
    const { refunds } = open({ getOrder: answer(200, { id: 'ORDER1', status: 'COMPLETED' }) });
    await expect(refunds.list('ORDER1')).resolves.toMatchObject(incomplete);
  });
});

it('a refund is recognised by its key for less than 45 days', () => {
  expect(open({}).refunds.repeatMs).toBe(44 * 86_400_000);
});

function open(replies: Partial<Record<'refundCapture' | 'getRefund' | 'getOrder', PayPalReply>>) {
  const asked: string[] = [];
  const tell = (question: string, reply: PayPalReply | undefined): Promise<PayPalReply> => {
    asked.push(question);
    return reply ? Promise.resolve(reply) : Promise.reject(new Error(`unexpected ${question}`));
  };
  const client = {
    refundCapture: ({ captureId, requestId }: { captureId: string; requestId: string }) =>
      tell(`refund ${captureId} ${requestId}`, replies.refundCapture),
    getRefund: (id: string) => tell(`read ${id}`, replies.getRefund),
    getOrder: (id: string) => tell(`order ${id}`, replies.getOrder),
  };
  return { refunds: new PayPalRefunds(client), asked };
}

function showing(...refunds: readonly object[]): PayPalReply {
  return showingIn('ORDER1', ...refunds);
}

function showingIn(id: string, ...refunds: readonly object[]): PayPalReply {
  const purchase_units = [{ payments: { captures: [], refunds } }];
  return answer(200, { id, status: 'COMPLETED', purchase_units });
}

function withAmount(odd: object): PayPalReply {
  return answer(200, { ...full, amount: odd });
}

function issue(status: number, code: string): PayPalReply {
  return answer(status, { name: 'A_NAME', details: [{ issue: code, description: 'No.' }] });
}

function answer(status: number, body: unknown): PayPalReply {
  return { kind: 'answer', status, body, headers: {} };
}
