import { Money } from '../../../../src/shared/money/money';
import { toProviderPayment } from './acme.translate';
import { readCheckout } from './acme.wire';

const CHECKOUT = {
  id: 'co-1',
  ref: 'pay_1',
  status: 'agreed',
  cents: 1250,
  currency: 'EUR',
  page: 'https://acme.example/page/co-1',
  collected_at: null,
};

describe('a checkout of Acme', () => {
  it.each([
    ['waiting', 'open', false],
    ['agreed', 'open', true],
    ['collected', 'paid', false],
    ['lost at sea', 'unknown', false],
  ])('that is %s is %s', (status, state, payerAgreed) => {
    const checkout = readCheckout({ ...CHECKOUT, status });
    const amount = Money.of(1250n, 'EUR');
    expect(checkout && toProviderPayment(checkout)).toMatchObject({ state, payerAgreed, amount });
  });

  it.each([null, {}, { id: 'co-1' }, [], 'text'])('is not read from %j', (body) => {
    expect(readCheckout(body)).toBeUndefined();
  });
});
