import { type ProviderState } from '../../../providers/payment-provider';
import { type OperationKind } from '../storage/operation.row';

/** States that say what became of an operation; any other leaves it unsettled. */
const CONCLUSIONS: Readonly<Record<OperationKind, readonly ProviderState[]>> = {
  // Whatever state it is in: the payment exists over there.
  create: ['open', 'processing', 'authorized', 'paid', 'canceled', 'expired', 'failed', 'unknown'],
  // An open payment may be one whose capture is still being carried out.
  capture: ['processing', 'authorized', 'paid', 'canceled', 'expired', 'failed'],
  // A payment that was paid meanwhile is for the cancel itself to find refused.
  cancel: ['canceled', 'expired', 'failed'],
  // A payment does not tell what became of its refunds.
  refund: [],
  cancel_refund: [],
};

/** Whether a payment in this state tells what became of an operation of this kind. */
export function concludes(kind: OperationKind, state: ProviderState): boolean {
  return CONCLUSIONS[kind].includes(state);
}
