import { Money } from '../shared/money/money';
import { payMethodLimitShortcomings } from './pay-method-limits';
import { type ProviderPayMethod } from './provider-parts';

const euros = (minor: bigint) => Money.of(minor, 'EUR');

const method = (id: string, limits: Partial<ProviderPayMethod> = {}): ProviderPayMethod => ({
  id,
  name: id,
  currencies: ['EUR'],
  minimum: null,
  maximum: null,
  ...limits,
});

const list = [
  method('small', { minimum: euros(10n), maximum: euros(1_000n) }),
  method('large', { minimum: euros(500n), maximum: euros(100_000n) }),
  method('any'),
];

const judge = (minor: bigint, ...payMethods: readonly string[]) =>
  payMethodLimitShortcomings({ amount: euros(minor), payMethods }, list);

describe('the limits of pay methods', () => {
  it.each([10n, 1_000n])('take their own bounds: %s cents', (minor) => {
    expect(judge(minor, 'small')).toEqual([]);
  });

  it('refuse a cent less and a cent more, naming the limit and its currency', () => {
    expect(judge(9n, 'small')).toEqual([
      { pointer: '/amount', code: 'minimum_amount', detail: 'takes EUR 0.10 or more by small' },
    ]);
    expect(judge(1_001n, 'small')).toEqual([
      { pointer: '/amount', code: 'maximum_amount', detail: 'takes EUR 10.00 at most by small' },
    ]);
  });

  it('leave it to the payer where one of the methods takes the amount', () => {
    expect(judge(100n, 'large', 'small')).toEqual([]);
    expect(judge(1n, 'small', 'any')).toEqual([]);
    expect(judge(9n, 'large', 'small').map(({ detail }) => detail)).toEqual([
      'takes EUR 5.00 or more by large',
      'takes EUR 0.10 or more by small',
    ]);
  });

  it('refuse a method that is not switched on at its place, whatever the others take', () => {
    expect(judge(100n, 'small', 'off')).toEqual([
      {
        pointer: '/pay_methods/1',
        code: 'pay_method',
        detail: 'has not switched on the pay method off, only small, large, any',
      },
    ]);
  });

  it('refuse a currency that the method does not take', () => {
    const wish = { amount: Money.of(100n, 'USD'), payMethods: ['small'] };
    expect(payMethodLimitShortcomings(wish, list)).toMatchObject([
      { pointer: '/currency', code: 'currency' },
    ]);
  });
});
