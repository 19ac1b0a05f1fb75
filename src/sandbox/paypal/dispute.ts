import { type Amount } from './order';

/** The words of the documentation, apart from `RESOLVED`, which only an outcome brings. */
export const OPEN_DISPUTE_STATUSES = [
  'OPEN',
  'WAITING_FOR_BUYER_RESPONSE',
  'WAITING_FOR_SELLER_RESPONSE',
  'UNDER_REVIEW',
] as const;

export const DISPUTE_OUTCOMES = ['RESOLVED_BUYER_FAVOUR', 'RESOLVED_SELLER_FAVOUR'] as const;

/** A payer's complaint: https://developer.paypal.com/docs/api/customer-disputes/v1/ */
export interface Dispute {
  id: string;
  account: string;
  captureId: string;
  status: (typeof OPEN_DISPUTE_STATUSES)[number] | 'RESOLVED';
  outcome: (typeof DISPUTE_OUTCOMES)[number] | null;
  reason: string;
  amount: Amount;
  createdAt: string;
  updatedAt: string;
}
