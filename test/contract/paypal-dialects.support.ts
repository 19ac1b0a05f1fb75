import { type PayPalDialect } from '../../src/providers/paypal/paypal.dialects';

/** What PayPal calls the same thing in each of its APIs. */
export interface PaymentWords {
  readonly dialect: PayPalDialect;
  readonly payments: string;
  readonly capture: string;
  readonly created: string;
  readonly agreed: string;
  readonly pending: string;
  readonly notAgreed: string;
}

export const DIALECTS: readonly (readonly [name: string, words: PaymentWords])[] = [
  [
    'Orders v2',
    {
      dialect: 'orders_v2',
      payments: '/v2/checkout/orders',
      capture: '/capture',
      created: 'PAYER_ACTION_REQUIRED',
      agreed: 'APPROVED',
      pending: 'PENDING',
      notAgreed: 'ORDER_NOT_APPROVED',
    },
  ],
  [
    'Payments v1',
    {
      dialect: 'payments_v1',
      payments: '/v1/payments/payment',
      capture: '/execute',
      created: 'created',
      agreed: 'created',
      pending: 'pending',
      // Ours: executing takes the payer's id, which the payment does not show yet.
      notAgreed: 'payer_not_known',
    },
  ],
];

/** The same for refunds. */
export interface RefundWords {
  readonly dialect: PayPalDialect;
  readonly path: (captureId: string) => string;
  readonly completed: string;
  readonly pending: string;
  readonly failed: string;
  readonly cancelled: string;
  readonly tooMuch: string;
  readonly nothingLeft: string;
  readonly notYetIn: string;
  readonly strange: string;
}

export const REFUND_DIALECTS: readonly (readonly [name: string, words: RefundWords])[] = [
  [
    'Payments v2',
    {
      dialect: 'orders_v2',
      path: (captureId) => `/v2/payments/captures/${captureId}/refund`,
      completed: 'COMPLETED',
      pending: 'PENDING',
      failed: 'FAILED',
      cancelled: 'CANCELLED',
      tooMuch: 'REFUND_AMOUNT_EXCEEDED',
      nothingLeft: 'CAPTURE_FULLY_REFUNDED',
      notYetIn: 'PENDING_CAPTURE',
      strange: 'SOMETHING_NEW',
    },
  ],
  [
    'Payments v1',
    {
      dialect: 'payments_v1',
      path: (saleId) => `/v1/payments/sale/${saleId}/refund`,
      completed: 'completed',
      pending: 'pending',
      failed: 'failed',
      cancelled: 'cancelled',
      tooMuch: 'REFUND_EXCEEDED_TRANSACTION_AMOUNT',
      nothingLeft: 'TRANSACTION_ALREADY_REFUNDED',
      notYetIn: 'TRANSACTION_REFUSED',
      strange: 'something_new',
    },
  ],
];
