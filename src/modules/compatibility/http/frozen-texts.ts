import { type Approved } from '../actions/approve-frozen-payment';

/** Texts that clients compare. */
export const APPROVED: Readonly<Record<Approved['outcome'], string>> = {
  approved: 'Payment has been approved.',
  processing: 'Payment is being processed.',
};

export const CANCELED = 'Payment has been cancelled.';
