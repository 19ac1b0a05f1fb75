import { type AppError } from '../../../shared/app-error';
import { showId } from '../../../shared/id';
import { type CallResult, type CallTrouble } from '../../../providers/provider-call';
import {
  providerAccountProblem,
  providerRefused,
  providerUnavailable,
} from '../../../providers/providers.errors';
import {
  holdRefused,
  invalidState,
  operationGivenUp,
  paymentDeclined,
  paymentFailed,
  paymentLost,
} from '../payments.errors';
import { providerCannotTell } from '../reviews.errors';
import { type OperationRefusal, type OperationRow } from '../storage/operation.row';
import { type PaymentRow } from '../storage/payment.row';
import { isHoldChange } from './concludes';

/** Seconds after which a provider that could not be reached is worth another try. */
const RETRY_AFTER_S = 5;

/** A result that certainly did nothing at the provider. */
export type Refused = Exclude<CallResult<never>, { outcome: 'done' | 'unknown' }>;

/** What an operation ends with when a person says that it failed. */
export const GIVEN_UP = {
  outcome: 'refused',
  refusal: {
    kind: 'request',
    code: 'operation_given_up',
    message: 'A person found that it did not happen at the provider.',
    reference: null,
  },
} as const;

export function refusalOf(result: Refused): { refusal: OperationRefusal; trouble: CallTrouble } {
  return result.outcome === 'refused'
    ? { refusal: result.refusal.kind, trouble: result.refusal }
    : { refusal: result.outcome, trouble: result.trouble };
}

/** The error that tells the caller about a refused operation; the same whenever it is asked for again. */
export function refusalError(operation: OperationRow, payment: PaymentRow): AppError {
  const trouble = {
    code: operation.error_code ?? 'unknown',
    message: operation.error_message ?? '',
    reference: operation.error_reference,
  };
  const refusal = operation.refusal ?? 'request';
  if (operation.review_decision === 'failed') return givenUp(operation, payment);
  if (operation.kind === 'cancel' && (refusal === 'final' || refusal === 'request')) {
    return stateError(payment, 'canceled');
  }
  if (isHoldChange(operation)) return toHoldRefusal({ refusal, trouble }, operation, payment);
  return toRefusalError(refusal, trouble, payment);
}

/** A read that brought no usable answer did nothing; a few seconds later it may work. */
export function noAnswer(who: string, trouble: CallTrouble, payment: PaymentRow): AppError {
  const detail = `${who} gave no usable answer. Nothing was changed; try again.`;
  const provider = { name: payment.account, ...trouble };
  return providerUnavailable(detail, { provider, retryAfterS: RETRY_AFTER_S });
}

/** Of a charge: its provider may never list it, and only a person can look elsewhere. */
export function notListed(trouble: CallTrouble, payment: PaymentRow): AppError {
  const detail =
    'The lists of the provider cannot show whether the charge arrived. Look for it where the provider shows ' +
    'everything, its dashboard. If it is there, send `link` with its id, and leave it in review where that is ' +
    'refused; if it is not, send `failed` with `checked_at_provider`.';
  const provider = { name: payment.account, ...trouble };
  return providerCannotTell(detail, { provider, members: { payment: showId('pay', payment.id) } });
}

export function toRefusalError(
  refusal: OperationRefusal,
  trouble: CallTrouble,
  payment: PaymentRow,
): AppError {
  const { code, message, reference } = trouble;
  const provider = { name: payment.account, code, message, reference };
  const checkout = payment.checkout_url === null ? {} : { checkout_url: payment.checkout_url };
  const members = { payment: showId('pay', payment.id), state: payment.state };
  switch (refusal) {
    case 'payer': {
      const detail = `The provider declined (${code}). Send the payer to checkout_url to try again.`;
      return paymentDeclined(detail, { provider, members: { ...members, ...checkout } });
    }
    case 'final':
      return paymentFailed(`The provider refused for good (${code}).`, { provider, members });
    case 'request':
      return providerRefused(`The provider did not accept this (${code}): ${message}`, {
        provider,
        members,
      });
    case 'merchant': {
      const detail = `The account ${payment.account} at the provider needs attention (${code}).`;
      return providerAccountProblem(detail, { provider, members });
    }
    case 'not_sent': {
      const detail = 'The provider cannot be reached. Nothing was sent; try again.';
      return providerUnavailable(detail, { provider, members, retryAfterS: RETRY_AFTER_S });
    }
    case 'not_found':
      return paymentLost('The provider does not know this payment (any more).', {
        provider,
        members,
      });
  }
}

/** Why held money was not captured, renewed or set free; what the payment became meanwhile says it better. */
export function toHoldRefusal(
  { refusal, trouble }: { readonly refusal: OperationRefusal; readonly trouble: CallTrouble },
  { kind }: OperationRow,
  payment: PaymentRow,
): AppError {
  if (refusal === 'merchant' || refusal === 'not_sent') {
    return toRefusalError(refusal, trouble, payment);
  }
  if (payment.state !== 'authorized') return stateError(payment, PARTICIPLES[kind] ?? 'changed');
  if (refusal === 'not_found') return toRefusalError(refusal, trouble, payment);
  const { code, message, reference } = trouble;
  const provider = { name: payment.account, code, message, reference };
  const members = { payment: showId('pay', payment.id), state: payment.state };
  return holdRefused(`The provider did not accept the ${kind} (${code}): ${message}`, {
    provider,
    members,
  });
}

const PARTICIPLES: Readonly<Partial<Record<OperationRow['kind'], string>>> = {
  capture: 'captured',
  reauthorize: 'renewed',
  void: 'canceled',
};

function givenUp({ kind }: OperationRow, payment: PaymentRow): AppError {
  const members = { payment: showId('pay', payment.id), state: payment.state };
  const detail = `The ${kind} did not happen at the provider: a person found that out.`;
  return operationGivenUp(detail, { members });
}

/** 409 `invalid_state`: the sentence says what state the payment is in and what that rules out. */
export function stateError(payment: PaymentRow, verb: string): AppError {
  const members = { payment: showId('pay', payment.id), state: payment.state };
  const detail = `A payment that is ${payment.state} cannot be ${verb}.`;
  return invalidState(detail, { members });
}
