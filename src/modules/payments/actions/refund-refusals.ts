import { type AppError } from '../../../shared/app-error';
import { showId } from '../../../shared/id';
import { type CallTrouble } from '../../../providers/provider-call';
import { type PaymentProvider } from '../../../providers/payment-provider';
import { type RefundOps } from '../../../providers/provider-parts';
import {
  providerAccountProblem,
  providerRefused,
  providerUnavailable,
  unsupportedByProvider,
} from '../../../providers/providers.errors';
import { invalidState, operationGivenUp, paymentLost } from '../payments.errors';
import { type OperationRefusal, type OperationRow } from '../storage/operation.row';
import { type RefundRow } from '../storage/refund.row';
import { type Refused, refusalOf } from './refusals';

/** Seconds after which a provider that could not be reached is worth another try. */
const RETRY_AFTER_S = 5;

/** The part of the port, or the refusal of a provider that has none. */
export function refundOpsOf({ refunds, name, account }: PaymentProvider): RefundOps {
  if (refunds) return refunds;
  throw unsupportedByProvider(`${name} (${account}) has no refunds.`);
}

type RefusedOperation = Pick<
  OperationRow,
  'kind' | 'review_decision' | 'refusal' | 'error_code' | 'error_message' | 'error_reference'
>;

/** The error that tells the caller about a refused operation; the same whenever it is asked for again. */
export function refundRefusalError(operation: RefusedOperation, refund: RefundRow): AppError {
  if (operation.review_decision === 'failed') {
    const detail = 'The refund did not happen at the provider: a person found that out.';
    return operationGivenUp(detail, { members: membersOf(refund) });
  }
  // Not by the refund's state, which may be another one when it is asked for again.
  if (operation.kind === 'cancel_refund' && operation.refusal === 'final') return tooLate(refund);
  const trouble = {
    code: operation.error_code ?? 'unknown',
    message: operation.error_message ?? '',
    reference: operation.error_reference,
  };
  return toRefundError(operation.refusal ?? 'request', trouble, refund);
}

/** A refused operation as it will read back, for the first answer. */
export function refusedBy(operation: OperationRow, result: Refused): RefusedOperation {
  const { refusal, trouble } = refusalOf(result);
  const { code, message, reference } = trouble;
  const error = { error_code: code, error_message: message, error_reference: reference };
  return { ...operation, refusal, ...error };
}

function toRefundError(
  refusal: OperationRefusal,
  trouble: CallTrouble,
  refund: RefundRow,
): AppError {
  const { code, message } = trouble;
  const provider = { name: refund.account, ...trouble };
  const members = membersOf(refund);
  switch (refusal) {
    case 'payer':
    case 'final':
    case 'request': {
      const detail = `The provider did not accept the refund (${code}): ${message}`;
      return providerRefused(detail, { provider, members });
    }
    case 'merchant': {
      const detail = `The account ${refund.account} at the provider needs attention (${code}).`;
      return providerAccountProblem(detail, { provider, members });
    }
    case 'not_sent': {
      const detail = 'The provider cannot be reached. Nothing was sent; try again.';
      return providerUnavailable(detail, { provider, members, retryAfterS: RETRY_AFTER_S });
    }
    case 'not_found': {
      const detail = 'The provider does not know the payment or the refund (any more).';
      return paymentLost(detail, { provider, members });
    }
  }
}

/** 409: what has ended cannot be called off. */
export function refundStateError(refund: RefundRow): AppError {
  const detail = `A refund that is ${refund.state} cannot be canceled.`;
  return invalidState(detail, { members: membersOf(refund) });
}

/** The same for one whose end was not seen here: the provider says so. */
function tooLate(refund: RefundRow): AppError {
  if (refund.state !== 'pending') return refundStateError(refund);
  const detail = 'A refund that has ended at the provider cannot be canceled.';
  return invalidState(detail, { members: membersOf(refund) });
}

function membersOf({ id, payment_id, state }: RefundRow) {
  return { refund: showId('ref', id), payment: showId('pay', payment_id), state };
}
