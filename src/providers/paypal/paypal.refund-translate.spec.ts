import { Money } from '../../shared/money/money';
import { type RefundOrder } from '../provider-parts';
import { refundRequest, toRefund } from './paypal.refund-translate';
import { type PayPalRefund } from './paypal.refunds.wire';

const amount = { currency_code: 'EUR', value: '2.50' };
const refund: PayPalRefund = {
  id: 'REF1',
  status: 'COMPLETED',
  amount,
  customId: 'ref_01',
  invoiceId: 'ref_01',
  captureId: 'CAP1',
  createTime: '2026-08-15T12:13:29-07:00',
};

describe('a refund as PayPal wants it', () => {
  it('has an amount, always, and our reference twice', () => {
    expect(refundRequest(order(null), amount)).toEqual({
      amount,
      custom_id: 'ref_01',
      invoice_id: 'ref_01',
    });
  });

  it('shows the payer the description on one line, and never the reason', () => {
    const request = refundRequest(order(' Sorry,\n it was\tsold out '), amount);
    expect(request.note_to_payer).toBe('Sorry, it was sold out');
    expect(JSON.stringify(request)).not.toContain('fraud');
  });

  it('cuts a long note at 255 and splits no character', () => {
    expect(refundRequest(order('x'.repeat(300)), amount).note_to_payer).toBe('x'.repeat(255));
    const note = refundRequest(order('😀'.repeat(200)), amount).note_to_payer;
    expect(note).toBe('😀'.repeat(127));
  });

  it('leaves out a note without words', () => {
    expect(refundRequest(order(' \n '), amount)).not.toHaveProperty('note_to_payer');
  });
});

describe('a refund of PayPal', () => {
  it('is shown with its amount, its capture and its time', () => {
    expect(toRefund(refund)).toEqual({
      refundId: 'REF1',
      state: 'refunded',
      providerState: 'COMPLETED',
      amount: Money.of(250n, 'EUR'),
      reference: 'ref_01',
      captureId: 'CAP1',
      createdAt: new Date('2026-08-15T19:13:29Z'),
    });
  });

  it.each([
    ['PENDING', 'pending'],
    ['COMPLETED', 'refunded'],
    ['FAILED', 'failed'],
    ['CANCELLED', 'canceled'],
    ['SOMETHING_NEW', 'unknown'],
    ['completed', 'unknown'],
  ])('%s is %s', (status, state) => {
    expect(toRefund({ ...refund, status })).toMatchObject({ state, providerState: status });
  });

  it.each([
    ['ref_01', 'ref_02', 'ref_01'],
    ['pay_01', 'ref_02', 'ref_02'],
    [null, 'ref_02', 'ref_02'],
    ['pay_01', 'pay_01', null],
    ['CN-2026-1', null, null],
    [null, null, null],
  ])('with the ids %s and %s has the reference %s', (customId, invoiceId, reference) => {
    expect(toRefund({ ...refund, customId, invoiceId })).toMatchObject({ reference });
  });

  it.each([null, 'yesterday'])('created at %s has no time', (createTime) => {
    expect(toRefund({ ...refund, createTime })).toMatchObject({ createdAt: null });
  });

  it.each([
    null,
    { currency_code: 'ZZZ', value: '2.50' },
    { currency_code: 'EUR', value: '2.505' },
    { currency_code: 'EUR', value: '-2.50' },
  ])('of %j is none', (odd) => {
    expect(toRefund({ ...refund, amount: odd })).toBeNull();
  });
});

function order(description: string | null): RefundOrder {
  return {
    reference: 'ref_01',
    providerId: 'ORDER1',
    captureId: 'CAP1',
    key: 'key-r',
    amount: Money.of(250n, 'EUR'),
    description,
    reason: 'Suspected fraud',
    account: null,
  };
}
