export const REFUND_STATES = [
  'open',
  'pending',
  'processing',
  'refunded',
  'canceled',
  'failed',
  'expired',
] as const;

export type RefundState = (typeof REFUND_STATES)[number];

/** A refund of PayPro: https://docs.paypro.nl/reference/api/refunds/ */
export interface Refund {
  id: string;
  /** The API key whose payment it is of. */
  account: string;
  payment: string;
  /** Whole cents; the wire carries a JSON integer, which is exact up to 2^53. */
  amount: number;
  description: string;
  reason: string | null;
  accountHolderName: string | null;
  iban: string | null;
  state: RefundState;
  refundedAt: string | null;
  createdAt: string;
}

/** Money that has not left yet: the refund can be canceled, and its amount is held back. */
export function isOnItsWay({ state }: Refund): boolean {
  return state === 'open' || state === 'pending' || state === 'processing';
}
