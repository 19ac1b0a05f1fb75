import { type Amount } from './order';

/** Money of a capture on its way back: https://developer.paypal.com/docs/api/payments/v2/#refunds_get */
export interface Refund {
  id: string;
  account: string;
  orderId: string;
  captureId: string;
  status: 'COMPLETED' | 'PENDING' | 'FAILED' | 'CANCELLED';
  amount: Amount;
  /** True for money that PayPal took back by itself. */
  isReversal: boolean;
  note: string | null;
  /** Payments v1 only. */
  reason?: string | undefined;
  invoiceId: string | null;
  customId: string | null;
  /** All that had been refunded of the capture, this one included. */
  totalRefunded: Amount;
  createdAt: string;
  updatedAt: string;
}
