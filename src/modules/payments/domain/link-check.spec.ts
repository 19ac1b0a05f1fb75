import { type ProviderPayment } from '../../../providers/payment-provider';
import { Money } from '../../../shared/money/money';
import { differencesOf } from './link-check';

const stored = {
  state: 'initialized',
  amount: Money.of(1000n, 'EUR'),
  captureMethod: 'automatic',
  reference: 'pay_1',
  providerId: null,
  payerId: null,
  linkId: 'A1',
} as const;

const shown: ProviderPayment = {
  providerId: 'A1',
  state: 'open',
  providerState: 'CREATED',
  amount: Money.of(1000n, 'EUR'),
  reference: 'pay_1',
  checkoutUrl: null,
  payerAgreed: false,
  payerId: null,
  token: null,
  captures: [],
  payMethod: null,
  providerCustomer: null,
  mandate: null,
  subscription: null,
  installmentPlan: null,
  paidAt: null,
  raw: {},
};

describe('a payment that a person found at the provider', () => {
  it('is ours where everything is the same', () => {
    expect(differencesOf(stored, shown)).toEqual([]);
    expect(differencesOf({ ...stored, providerId: 'A1' }, shown)).toEqual([]);
  });

  it.each([
    ['another id in the answer', {}, { providerId: 'B2' }, ['id']],
    ['another id than the payment has', { providerId: 'B2' }, {}, ['id']],
    ['another reference', {}, { reference: 'pay_2' }, ['reference']],
    ['no reference', {}, { reference: null }, ['reference']],
    ['another amount', {}, { amount: Money.of(1001n, 'EUR') }, ['amount']],
    ['no amount', {}, { amount: null }, ['amount']],
    ['another currency', {}, { amount: Money.of(1000n, 'USD') }, ['currency']],
    ['nothing in common', {}, { reference: 'x', amount: null }, ['reference', 'amount']],
  ])('is not ours with %s', (_, here, there, codes) => {
    const differences = differencesOf({ ...stored, ...here }, { ...shown, ...there });
    expect(differences.map(({ code }) => code)).toEqual(codes);
  });

  it('says what is there and what is here', () => {
    const [difference] = differencesOf(stored, { ...shown, reference: null });
    expect(difference?.detail).toBe('The reference is not told there and pay_1 here.');
  });
});
