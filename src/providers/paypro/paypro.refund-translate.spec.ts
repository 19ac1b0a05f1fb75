import { Money } from '../../shared/money/money';
import { type RefundOrder } from '../provider-parts';
import { missingFields, toNewRefund, toProviderRefund } from './paypro.refund-translate';
import { type PayproRefund } from './paypro.refunds.wire';

const order: RefundOrder = {
  reference: 'ref_1',
  providerId: 'PP1',
  captureId: 'PP1',
  key: 'v1.1.refund.1',
  amount: Money.of(500n, 'EUR'),
  description: null,
  reason: null,
  account: null,
};

const refund: PayproRefund = {
  id: 'PR1',
  state: 'open',
  amount: 500n,
  currency: 'EUR',
  reason: 'ref_1',
  payment: 'PP1',
  created_at: new Date('2026-01-01T12:00:00Z'),
};

const shown = (more: Partial<PayproRefund>) => toProviderRefund({ ...refund, ...more });

describe('our refund in the words of PayPro', () => {
  it('always names the amount, because PayPro refunds all that is left without one', () => {
    expect(toNewRefund(order)).toEqual({ amount: 500, reason: 'ref_1' });
  });

  it('carries our reference before the reason, and the description for the payer', () => {
    const sent = toNewRefund({ ...order, description: 'Chair came broken', reason: 'Case 7' });
    expect(sent).toEqual({
      amount: 500,
      description: 'Chair came broken',
      reason: 'ref_1: Case 7',
    });
  });

  it('carries the account of the payer, as far as it is given', () => {
    expect(toNewRefund({ ...order, account: { holderName: 'A. Payer', iban: 'NL1' } })).toEqual({
      amount: 500,
      reason: 'ref_1',
      account_holder_name: 'A. Payer',
      iban: 'NL1',
    });
    expect(toNewRefund({ ...order, account: { holderName: 'A. Payer', iban: null } })).toEqual({
      amount: 500,
      reason: 'ref_1',
      account_holder_name: 'A. Payer',
    });
  });
});

describe('a refund of PayPro in our words', () => {
  it('says all that the answer says', () => {
    expect(shown({})).toEqual({
      outcome: 'done',
      value: {
        refundId: 'PR1',
        state: 'pending',
        providerState: 'open',
        amount: Money.of(500n, 'EUR'),
        reference: 'ref_1',
        captureId: 'PP1',
        createdAt: new Date('2026-01-01T12:00:00Z'),
      },
    });
  });

  it.each([
    ['open', 'pending'],
    ['pending', 'pending'],
    ['processing', 'pending'],
    ['refunded', 'refunded'],
    ['canceled', 'canceled'],
    ['failed', 'failed'],
    ['expired', 'failed'],
    ['reversed', 'unknown'],
    ['Refunded', 'unknown'],
    ['constructor', 'unknown'],
  ])('that is %s is %s, with their word kept', (state, ours) => {
    expect(shown({ state })).toMatchObject({ value: { state: ours, providerState: state } });
  });

  it.each([
    ['ref_1', 'ref_1'],
    ['ref_1: Case 7', 'ref_1'],
    ['ref_1: ref_2: both', 'ref_1'],
    ['Case ref_1', null],
    ['ref_1 and more', null],
    ['pay_1', null],
    ['', null],
    [null, null],
  ])('with the reason %p has the reference %p', (reason, reference) => {
    expect(shown({ reason })).toMatchObject({ outcome: 'done', value: { reference } });
  });

  it('does not make up the payment or the time that are not there', () => {
    const value = { captureId: null, createdAt: null };
    expect(shown({ payment: null, created_at: null })).toMatchObject({ outcome: 'done', value });
  });

  it.each([
    ['amount', { amount: null }],
    ['currency', { currency: null }],
    ['currency that exists', { currency: 'EURO' }],
  ])('is unknown without an %s', (_what, more) => {
    expect(shown(more)).toMatchObject({
      outcome: 'unknown',
      trouble: { code: 'answer_incomplete' },
    });
  });
});

describe('what PayPro must be told about the account', () => {
  const holderOnly = { holderName: 'A. Payer', iban: null };
  const both = { holderName: 'A. Payer', iban: 'NL91ABNA0417164300' };

  it.each([
    ['bancontact', null, ['account_holder_name', 'iban']],
    ['bancontact', holderOnly, ['iban']],
    ['bancontact', { holderName: ' ', iban: ' ' }, ['account_holder_name', 'iban']],
    ['bancontact', both, []],
    ['creditcard', null, ['account_holder_name']],
    ['creditcard', { holderName: '', iban: 'NL1' }, ['account_holder_name']],
    ['creditcard', holderOnly, []],
    ['ideal', null, []],
    ['direct-debit', null, []],
    ['constructor', null, []],
    [null, null, []],
  ])('for %p and %p lacks %p', (payMethod, account, missing) => {
    expect(missingFields(payMethod, account)).toEqual(missing);
  });
});
