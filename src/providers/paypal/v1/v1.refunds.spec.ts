import { Money } from '../../../shared/money/money';
import { type RefundOrder } from '../../provider-parts';
import { type PayPalReply } from '../paypal.outcome';
import { V1Refunds } from './v1.refunds';

const amount = { total: '2.50', currency: 'EUR' };
const refunded = {
  id: 'REF1',
  state: 'completed',
  amount,
  sale_id: 'SALE1',
  parent_payment: 'PAYID-1',
  invoice_number: 'ref_01',
  create_time: '2026-11-20T11:59:00Z',
};
const sale = { id: 'SALE1', state: 'partially_refunded', amount: { ...amount, total: '10.00' } };
const silence: PayPalReply = {
  kind: 'unknown',
  trouble: { code: 'timeout', message: 'Slow.', reference: null },
};
const shown = {
  refundId: 'REF1',
  state: 'refunded',
  providerState: 'completed',
  amount: Money.of(250n, 'EUR'),
  reference: 'ref_01',
  captureId: 'SALE1',
  createdAt: new Date('2026-11-20T11:59:00Z'),
};

describe('refunding a sale of Payments v1', () => {
  it('says how much under our reference', async () => {
    const { refunds, asked, sent } = start({ refundSale: answer(201, refunded) });
    const done = { outcome: 'done', value: shown };
    await expect(refunds.refund(order({ description: 'Sorry\nfor that' }))).resolves.toEqual(done);
    expect(asked).toEqual(['refund SALE1 key-r']);
    expect(sent).toEqual([{ amount, invoice_number: 'ref_01', description: 'Sorry for that' }]);
  });

  it.each(['Entschuldigung für alles', '', '  '])(
    'leaves out the note "%s"',
    async (description) => {
      const { refunds, sent } = start({ refundSale: answer(201, refunded) });
      await refunds.refund(order({ description }));
      expect(sent).toEqual([{ amount, invoice_number: 'ref_01' }]);
    },
  );

  it.each([
    ['pending', 'pending'],
    ['failed', 'failed'],
    ['cancelled', 'canceled'],
    ['COMPLETED', 'unknown'],
  ])('%s is %s', async (word, state) => {
    const { refunds } = start({ refundSale: answer(201, { ...refunded, state: word }) });
    await expect(refunds.refund(order())).resolves.toMatchObject({
      value: { state, providerState: word },
    });
  });

  it.each([
    ['TRANSACTION_ALREADY_REFUNDED', 'final'],
    ['REFUND_TIME_LIMIT_EXCEEDED', 'final'],
    ['REFUND_EXCEEDED_TRANSACTION_AMOUNT', 'request'],
    ['INSUFFICIENT_FUNDS', 'merchant'],
  ])('that ended with %s is the business of: %s', async (code, kind) => {
    const byHand = payment({ ...refunded, invoice_number: '2026-17' });
    const { refunds } = start({ refundSale: problem(code), getPayment: byHand });
    await expect(refunds.refund(order())).resolves.toMatchObject({
      outcome: 'refused',
      refusal: { kind, code },
    });
  });

  it.each(['TRANSACTION_ALREADY_REFUNDED', 'TRANSACTION_REFUSED', 'DUPLICATE_REQUEST_ID'])(
    'that ended with %s is looked for before anything is said',
    async (code) => {
      const listed = { refundSale: problem(code), getPayment: payment(refunded) };
      const found = { outcome: 'done', value: shown };
      await expect(start(listed).refunds.refund(order())).resolves.toEqual(found);
      const blind = { ...listed, getPayment: silence };
      await expect(start(blind).refunds.refund(order())).resolves.toMatchObject({
        outcome: 'unknown',
        trouble: { code },
      });
    },
  );

  it.each([
    ['silence', silence],
    ['an earlier call that is not over', problem('RESOURCE_CONFLICT', 409)],
    ['a new word', problem('SOMETHING_NEW')],
    ['a key that was used for something that nobody finds', problem('DUPLICATE_REQUEST_ID')],
  ])('after %s is unknown', async (_what, refundSale) => {
    const { refunds } = start({ refundSale, getPayment: payment() });
    await expect(refunds.refund(order())).resolves.toMatchObject({ outcome: 'unknown' });
  });

  it('refuses more than PayPal holds and sends nothing', async () => {
    const { refunds, asked } = start({});
    const refused = await refunds.refund(order({ amount: Money.of(1_000_000_000n, 'EUR') }));
    expect(refused).toMatchObject({ outcome: 'refused', refusal: { kind: 'request' } });
    expect(asked).toEqual([]);
  });
});

describe('the refunds of a payment', () => {
  it('are the ones beside its sale', async () => {
    const { refunds } = start({ getPayment: payment(refunded) });
    await expect(refunds.list('PAYID-1')).resolves.toEqual({ outcome: 'done', value: [shown] });
  });

  it.each([
    ['one of them cannot be read', payment({ ...refunded, amount: {} })],
    ['the sale says that money went back, and none is shown', payment()],
    ['it is another payment', payment(refunded, 'PAYID-2')],
    ['PayPal is silent', silence],
  ])('are unknown when %s', async (_what, getPayment) => {
    const { refunds } = start({ getPayment });
    await expect(refunds.list('PAYID-1')).resolves.toMatchObject({ outcome: 'unknown' });
  });
});

function answer(status: number, body: unknown): PayPalReply {
  return { kind: 'answer', status, body, headers: {} };
}

function problem(name: string, status = 400): PayPalReply {
  return answer(status, { name, message: 'No.', debug_id: 'd1' });
}

function payment(refund?: object, id = 'PAYID-1'): PayPalReply {
  const related_resources = [{ sale }, ...(refund ? [{ refund }] : [])];
  return answer(200, { id, state: 'approved', transactions: [{ related_resources }] });
}

function order(changes: Partial<RefundOrder> = {}): RefundOrder {
  return {
    reference: 'ref_01',
    key: 'key-r',
    providerId: 'PAYID-1',
    captureId: 'SALE1',
    amount: Money.of(250n, 'EUR'),
    description: null,
    reason: null,
    account: null,
    ...changes,
  };
}

interface Replies {
  readonly refundSale?: PayPalReply;
  readonly getPayment?: PayPalReply;
}

/** The adapter's refunds over replies that are given; a call without one is a mistake. */
function start(replies: Replies) {
  const asked: string[] = [];
  const sent: unknown[] = [];
  const give = (reply: PayPalReply | undefined, call: string): Promise<PayPalReply> => {
    asked.push(call);
    return reply ? Promise.resolve(reply) : Promise.reject(new Error(`nobody expected ${call}`));
  };
  const client = {
    refundSale: ({ saleId, requestId }: { saleId: string; requestId: string }, body: object) => {
      sent.push(body);
      return give(replies.refundSale, `refund ${saleId} ${requestId}`);
    },
    getRefund: (id: string) => give(undefined, `refund ${id}`),
    getPayment: (id: string) => give(replies.getPayment, `read ${id}`),
  };
  return { refunds: new V1Refunds(client), asked, sent };
}
