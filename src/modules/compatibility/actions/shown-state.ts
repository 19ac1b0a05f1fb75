import { type PaymentState } from '../../payments/payments.facade';

/** Where a payment stands, in the words of the older API. */
export const SHOWN_STATES = ['Initial', 'Created', 'Approved', 'Cancelled', 'Erred'] as const;

export type ShownState = (typeof SHOWN_STATES)[number];

const SHOWN_AS: Readonly<Record<PaymentState, ShownState>> = {
  initialized: 'Initial',
  open: 'Created',
  processing: 'Created',
  authorized: 'Created',
  paid: 'Approved',
  canceled: 'Cancelled',
  expired: 'Cancelled',
  failed: 'Erred',
};

export function shownState(state: PaymentState): ShownState {
  return SHOWN_AS[state];
}
