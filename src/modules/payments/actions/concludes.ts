import { type ProviderPayment, type ProviderState } from '../../../providers/payment-provider';
import { showId } from '../../../shared/id';
import { type OperationRow } from '../storage/operation.row';

const EVERY_STATE: readonly ProviderState[] = [
  'open',
  'processing',
  'authorized',
  'paid',
  'canceled',
  'expired',
  'failed',
  'unknown',
];

type WholeKind = Exclude<OperationRow['kind'], 'reauthorize' | 'void'>;

/** States that say what became of a create, or of what makes a payment paid, held or unpayable as a whole. */
const CONCLUSIONS: Readonly<Record<WholeKind, readonly ProviderState[]>> = {
  // Whatever state it is in: the payment exists over there.
  create: EVERY_STATE,
  charge: EVERY_STATE,
  // An open payment may be one whose capture is still being carried out.
  capture: ['processing', 'authorized', 'paid', 'canceled', 'expired', 'failed'],
  authorize: ['processing', 'authorized', 'paid', 'canceled', 'expired', 'failed'],
  // A payment that was paid meanwhile is for the cancel itself to find refused.
  cancel: ['canceled', 'expired', 'failed'],
  // A payment does not tell what became of its refunds.
  refund: [],
  cancel_refund: [],
};

/** Whether what the provider shows tells what became of the operation. */
export function concludes(operation: OperationRow, shown: ProviderPayment): boolean {
  switch (operation.kind) {
    case 'capture':
      return isPart(operation)
        ? shown.captures.some((one) => isOf(operation, one) && isClear(one.state))
        : CONCLUSIONS.capture.includes(shown.state);
    case 'reauthorize':
      // The renewal has another id than the hold that was to be renewed.
      return shown.hold !== undefined && shown.hold.holdId !== operation.target_ref;
    case 'void':
      return shown.hold !== undefined && FREE.includes(shown.hold.state);
    case 'create':
    case 'charge':
    case 'authorize':
    case 'cancel':
    case 'refund':
    case 'cancel_refund':
      return CONCLUSIONS[operation.kind].includes(shown.state);
  }
}

/** Changes money that is held; anything else makes, takes or ends a payment as a whole. */
export function isHoldChange(operation: OperationRow): boolean {
  return isPart(operation) || operation.kind === 'reauthorize' || operation.kind === 'void';
}

/** A capture of held money names its amount; of other payments all is captured. */
export function isPart({ kind, amount_minor }: OperationRow): boolean {
  return kind === 'capture' && amount_minor !== null;
}

/** Our reference of a capture of held money, by which it is known at the provider. */
export function captureReference({ payment_id, slot }: OperationRow): string {
  return `${showId('pay', payment_id)}-${slot}`;
}

/** Whether this is the capture that the operation asked for. */
export function isOf(operation: OperationRow, { reference }: Capture): boolean {
  return isPart(operation) && reference === captureReference(operation);
}

type Capture = ProviderPayment['captures'][number];

const FREE: readonly NonNullable<ProviderPayment['hold']>['state'][] = [
  'released',
  'expired',
  'denied',
];

function isClear(state: Capture['state']): boolean {
  return state === 'completed' || state === 'pending';
}
