import { readEvent } from './paypal.events';

const captureLink = {
  href: 'https://api.paypal.com/v2/payments/captures/CAP1',
  rel: 'up',
  method: 'GET',
};
const ORDERS = 'https://api.paypal.com/v2/checkout/orders';
const PAYMENTS_V1 = 'https://api.paypal.com/v1/payments/payment';
const orderLink = { href: `${ORDERS}/ORDER1`, rel: 'up' };
const related = { supplementary_data: { related_ids: { order_id: 'ORDER1' } } };

function read(event_type: string, resource: unknown) {
  const create_time = '2026-11-20T11:59:00.123Z';
  return readEvent(JSON.stringify({ id: 'WH-1', event_type, create_time, resource }));
}

describe('an event of PayPal', () => {
  it.each<[string, unknown, unknown]>([
    [
      'CHECKOUT.ORDER.APPROVED',
      { id: 'ORDER1', purchase_units: [{ custom_id: 'pay_1', breakdown: {} }] },
      { kind: 'payment', paymentIds: ['ORDER1'], objectIds: [], references: ['pay_1'] },
    ],
    [
      'CHECKOUT.PAYMENT-APPROVAL.REVERSED',
      { order_id: 'ORDER1', purchase_units: [{ custom_id: 'pay_1' }] },
      { kind: 'payment', paymentIds: ['ORDER1'], references: ['pay_1'] },
    ],
    [
      'PAYMENT.CAPTURE.COMPLETED',
      { id: 'CAP1', custom_id: 'pay_1', ...related },
      { kind: 'payment', paymentIds: ['ORDER1'], objectIds: ['CAP1'], references: ['pay_1'] },
    ],
    [
      'PAYMENT.CAPTURE.DENIED',
      { id: 'CAP1', links: [{ ...orderLink, href: `${ORDERS}/OTHER`, rel: 'self' }, orderLink] },
      { kind: 'payment', paymentIds: ['ORDER1'], objectIds: ['CAP1'], references: [] },
    ],
    [
      'PAYMENT.CAPTURE.REFUNDED',
      { id: 'REF1', custom_id: 'pay_1', links: [captureLink] },
      { kind: 'refund', paymentIds: [], objectIds: ['REF1', 'CAP1'], references: ['pay_1'] },
    ],
    [
      'PAYMENT.REFUND.FAILED',
      { id: 'REF1', invoice_id: 'pay_1', ...related, links: [captureLink] },
      {
        kind: 'refund',
        paymentIds: ['ORDER1'],
        objectIds: ['REF1', 'CAP1'],
        references: ['pay_1'],
      },
    ],
    [
      'PAYMENT.CAPTURE.REVERSED',
      { id: 'REF1', links: [captureLink] },
      { kind: 'chargeback', objectIds: ['REF1', 'CAP1'] },
    ],
    [
      'PAYMENT.AUTHORIZATION.VOIDED',
      { id: 'AUTH1', ...related },
      { kind: 'payment', paymentIds: ['ORDER1'], objectIds: ['AUTH1'] },
    ],
    [
      'CUSTOMER.DISPUTE.CREATED',
      {
        dispute_id: 'PP-D-1',
        disputed_transactions: [
          { seller_transaction_id: 'CAP1', custom: 'pay_1', invoice_number: 'pay_1' },
          { seller_transaction_id: 'CAP2', custom: 'theirs' },
        ],
      },
      {
        kind: 'chargeback',
        paymentIds: [],
        objectIds: ['PP-D-1', 'CAP1', 'CAP2'],
        references: ['pay_1'],
      },
    ],
    ['BILLING.PLAN.CREATED', { id: 'P-1' }, { kind: 'other', paymentIds: [], objectIds: ['P-1'] }],
    ['PAYMENT.PAYOUTSBATCH.SUCCESS', { id: 'S-1' }, { kind: 'other', paymentIds: [] }],
    [
      'PAYMENTS.PAYMENT.CREATED',
      { id: 'PAYID-1', transactions: [{ custom: 'pay_1' }] },
      { kind: 'payment', paymentIds: ['PAYID-1'], objectIds: [], references: ['pay_1'] },
    ],
    [
      'PAYMENT.SALE.COMPLETED',
      { id: 'SALE1', parent_payment: 'PAYID-1', custom: 'pay_1', invoice_number: 'pay_1' },
      { kind: 'payment', paymentIds: ['PAYID-1'], objectIds: ['SALE1'], references: ['pay_1'] },
    ],
    [
      'PAYMENT.SALE.DENIED',
      { id: 'SALE1', links: [{ href: `${PAYMENTS_V1}/PAYID-1`, rel: 'parent_payment' }] },
      { kind: 'payment', paymentIds: ['PAYID-1'], objectIds: ['SALE1'], references: [] },
    ],
    [
      'PAYMENT.SALE.REFUNDED',
      { id: 'REF1', sale_id: 'SALE1', parent_payment: 'PAYID-1', custom: 'pay_1' },
      { kind: 'refund', paymentIds: ['PAYID-1'], objectIds: ['REF1', 'SALE1'] },
    ],
    [
      'PAYMENT.SALE.REVERSED',
      { id: 'SALE1', parent_payment: 'PAYID-1' },
      { kind: 'chargeback', paymentIds: ['PAYID-1'], objectIds: ['SALE1'] },
    ],
    ['CHECKOUT.ORDER.COMPLETED', null, { kind: 'payment', paymentIds: [], references: [] }],
  ])('%s says what it is about', (type, resource, expected) => {
    const occurredAt = new Date('2026-11-20T11:59:00.123Z');
    expect(read(type, resource)).toMatchObject({ eventId: 'WH-1', eventType: type, occurredAt });
    expect(read(type, resource)).toMatchObject(Object(expected));
  });

  it.each([
    ['a text without an end', 'X'.repeat(101)],
    ['a text with a line break', 'A\nB'],
    ['a text with a zero byte', 'A\0B'],
    ['the folder above', '..'],
    ['a folder', '.'],
    ['a path', 'A/B'],
    ['a number', 7],
    ['a list', ['A']],
  ])('names no id that is %s', (_what, odd) => {
    const resource = { id: odd, custom_id: odd, links: [{ rel: 'up', href: odd }] };
    expect(read('PAYMENT.CAPTURE.COMPLETED', resource)).toMatchObject({
      paymentIds: [],
      objectIds: [],
      references: [],
    });
    expect(readEvent(JSON.stringify({ id: odd, event_type: 'A.B' }))).toBeNull();
    expect(readEvent(JSON.stringify({ id: 'WH-1', event_type: odd }))).toBeNull();
  });

  it('names at most fifty ids', () => {
    const many = Array.from({ length: 80 }, (_one, i) => ({ seller_transaction_id: `C${i}` }));
    const resource = { dispute_id: 'D', disputed_transactions: many };
    expect(read('CUSTOMER.DISPUTE.UPDATED', resource)?.objectIds).toHaveLength(50);
  });

  it.each(['yesterday', '0001-01-01T00:00:00Z', '2026-13-45T00:00:00Z', 7])(
    'happened at no time that anybody knows: %j',
    (create_time) => {
      const event = { id: 'WH-1', event_type: 'A.B', create_time };
      expect(readEvent(JSON.stringify(event))?.occurredAt).toBeNull();
    },
  );

  it('may name its time with an offset', () => {
    const event = { id: 'WH-1', event_type: 'A.B', create_time: '2018-08-15T12:13:29-07:00' };
    expect(readEvent(JSON.stringify(event))?.occurredAt).toEqual(new Date('2018-08-15T19:13:29Z'));
  });
});
