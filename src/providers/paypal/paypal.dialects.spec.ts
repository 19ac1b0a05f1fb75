import { Money } from '../../shared/money/money';
import { type CreateOrder, type PaymentOps } from '../payment-provider';
import { type RefundOps } from '../provider-parts';
import {
  dialectOf,
  paymentsInDialects,
  type PayPalDialect,
  refundsInDialects,
} from './paypal.dialects';

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

describe('refunds of a PayPal account', () => {
  it('are made in the dialect of their payment, and repeated while both recognise it', async () => {
    const asked: string[] = [];
    const refunds = refundsInDialects({
      orders_v2: refundsOf('orders_v2', asked),
      payments_v1: { ...refundsOf('payments_v1', asked), repeatMs: 1 },
    });
    const { key } = order;
    const common = { captureId: 'C', reference: 'ref_1', description: null, reason: null };
    const refund = { ...common, key, amount, account: null };
    await refunds.refund({ ...refund, providerId: 'PAYID-1' });
    await refunds.refund({ ...refund, providerId: '5O190127TN364715T' });
    await refunds.read({ refundId: 'R', providerId: 'PAYID-1' });
    await refunds.list('PAYID-1');
    expect(asked).toEqual([
      'refund payments_v1',
      'refund orders_v2',
      'read payments_v1',
      'list payments_v1',
    ]);
    expect(refunds.repeatMs).toBe(1);
  });
});

function refundsOf(dialect: PayPalDialect, asked: string[]): RefundOps {
  const note = (call: string) => {
    asked.push(`${call} ${dialect}`);
    const trouble = { code: 'timeout', message: 'Slow.', reference: null };
    return Promise.resolve({ outcome: 'unknown' as const, trouble });
  };
  return {
    repeatMs: 2,
    refund: () => note('refund'),
    read: () => note('read'),
    list: () => note('list'),
  };
}

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
