import { parseRefund, parseRefunds } from './paypal.refunds.wire';

const amount = { currency_code: 'EUR', value: '2.50' };
const refund = {
  id: '1JU08902781691411',
  status: 'COMPLETED',
  amount,
  custom_id: 'ref_01',
  invoice_id: 'ref_01',
  note_to_payer: 'For Firstname Lastname',
  seller_payable_breakdown: { gross_amount: amount, total_refunded_amount: amount },
  create_time: '2026-08-15T12:13:29-07:00',
  links: [
    { rel: 'self', href: 'https://api.paypal.com/v2/payments/refunds/1JU08902781691411' },
    { rel: 'up', href: 'https://api.paypal.com/v2/payments/captures/2GG279541U471931P' },
  ],
};

describe('a refund of PayPal', () => {
  it('is read without what was written to the payer', () => {
    expect(parseRefund(refund)).toEqual({
      id: '1JU08902781691411',
      status: 'COMPLETED',
      amount,
      customId: 'ref_01',
      invoiceId: 'ref_01',
      captureId: '2GG279541U471931P',
      createTime: '2026-08-15T12:13:29-07:00',
    });
  });

  it('may be short', () => {
    expect(parseRefund({ id: 'REF1', status: 'PENDING' })).toMatchObject({
      amount: null,
      customId: null,
      captureId: null,
    });
  });

  it.each([undefined, [], {}, { id: 'REF1' }, { status: 'PENDING' }, { id: 7, status: 'PENDING' }])(
    'is not read from %j',
    (body) => expect(parseRefund(body)).toBeNull(),
  );
});

describe('the refunds of an order', () => {
  it('are those of all its units', () => {
    const other = { ...refund, id: 'REF2' };
    expect(idsIn(withPayments({ refunds: [refund] }, { refunds: [other] }))).toEqual([
      refund.id,
      'REF2',
    ]);
  });

  it.each([
    ['a unit without payments', { purchase_units: [{}] }],
    ['payments without refunds', withPayments({ captures: [] })],
    ['no refund', withPayments({ refunds: [] })],
  ])('are none with %s', (_what, order) => {
    expect(idsIn(order)).toEqual([]);
  });

  it.each([
    ['nothing', undefined],
    ['no units', {}],
    ['an empty list of units', { purchase_units: [] }],
    ['units that are none', { purchase_units: [null] }],
    ['payments that are none', withPayments('x')],
    ['refunds that are no list', withPayments({ refunds: {} })],
    ['a refund without a status', withPayments({ refunds: [refund, { id: 'REF2' }] })],
  ])('are not known with %s', (_what, order) => {
    expect(parseRefunds(order)).toBeNull();
  });
});

function idsIn(order: unknown) {
  return parseRefunds(order)?.map(({ id }) => id);
}

function withPayments(...payments: readonly unknown[]) {
  return { purchase_units: payments.map((each) => ({ payments: each })) };
}
