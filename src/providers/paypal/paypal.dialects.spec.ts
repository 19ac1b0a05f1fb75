import { Money } from '../../shared/money/money';
import { type CreateOrder, type PaymentOps } from '../payment-provider';
import { dialectOf, paymentsInDialects, type PayPalDialect } from './paypal.dialects';

const amount = Money.of(1000n, 'EUR');
const order: CreateOrder = {
  reference: 'pay_1',
  key: 'key-1',
  amount,
  captureMethod: 'automatic',
  description: null,
  returnUrl: null,
  cancelUrl: null,
  payMethods: [],
  metadata: {},
  providerCustomer: null,
  mandate: null,
  setupMandate: false,
  locale: null,
};

describe('the dialects of a PayPal account', () => {
  it.each<[string, PayPalDialect]>([
    ['PAYID-NEIIGYQ5WX12345AB678901C', 'payments_v1'],
    ['PAY-6RV70583SB702805EKEYSZ6Y', 'payments_v1'],
    ['5O190127TN364715T', 'orders_v2'],
    ['PAY90127TN364715T', 'orders_v2'],
  ])('%s was made in %s', (id, dialect) => {
    expect(dialectOf(id)).toBe(dialect);
  });

  it.each<PayPalDialect>(['orders_v2', 'payments_v1'])(
    'what is new is made in %s, the rest finished in the one that it was made in',
    async (own) => {
      const asked: string[] = [];
      const payments = paymentsInDialects(own, {
        orders_v2: opsOf('orders_v2', asked),
        payments_v1: opsOf('payments_v1', asked),
      });
      await payments.create(order);
      await payments.read('5O190127TN364715T');
      await payments.read('PAY-6RV70583SB702805EKEYSZ6Y');
      await payments.capture?.({ providerId: '5O190127TN364715T', key: 'c', amount });
      await payments.capture?.({ providerId: 'PAYID-1', key: 'c', amount });
      expect(asked).toEqual([
        `create ${own}`,
        'read orders_v2',
        'read payments_v1',
        'capture orders_v2',
        'capture payments_v1',
      ]);
    },
  );
});

function opsOf(
  dialect: PayPalDialect,
  asked: string[],
): Required<Pick<PaymentOps, 'create' | 'read' | 'capture'>> {
  const note = (call: string) => {
    asked.push(`${call} ${dialect}`);
    const trouble = { code: 'timeout', message: 'Slow.', reference: null };
    return Promise.resolve({ outcome: 'unknown' as const, trouble });
  };
  return {
    create: () => note('create'),
    read: () => note('read'),
    capture: () => note('capture'),
  };
}
