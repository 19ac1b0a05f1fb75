import {
  needsAttention,
  noAnswer,
  notAccepted,
  noPayMethodAtPaypal,
  notConfigured,
  refusedByPaypal,
  silence,
} from '../../../providers/providers.error-examples';
import {
  providerAccountProblem,
  providerNotConfigured,
  providerRefused,
  providerUnavailable,
  unsupportedByProvider,
} from '../../../providers/providers.errors';
import { type ErrorKind, type ProviderTrouble, showing } from '../../../shared/app-error';
import { exampleIds, exampleUuids } from '../../../shared/example-ids';
import { showId } from '../../../shared/id';
import { type PaymentState } from '../domain/payment-lifecycle';
import { type RefundState } from '../domain/refund-lifecycle';
import * as errors from '../payments.errors';

/** What an answer says of the payment that it is about. */
type ToldPayment = Readonly<{ payment: string; state: PaymentState }>;

/** What an answer says of the refund that it is about. */
type ToldRefund = Readonly<{ refund: string; payment: string; state: RefundState }>;

export function atPaypal(state: PaymentState): ToldPayment {
  return { payment: exampleIds.openPaypal, state };
}

export const openAtPaypro: ToldPayment = { payment: exampleIds.openPaypro, state: 'open' };

export const refundAtPaypal: ToldRefund = {
  refund: exampleIds.refund,
  payment: exampleIds.paidPaypal,
  state: 'failed',
};

export const refundAtPaypro: ToldRefund = {
  refund: exampleIds.pendingRefund,
  payment: exampleIds.paidPaypro,
  state: 'pending',
};

/** `what` the payment cannot be: `canceled`. */
export function cannotBe(what: string, members: ToldPayment): ErrorKind {
  const detail = `A payment that is ${members.state} cannot be ${what}.`;
  return showing(errors.invalidState, { detail, members });
}

/** `what` is under way: `capture`. */
export function unfinished(what: string, members: ToldPayment): ErrorKind {
  const detail = `The ${what} of this payment is not settled yet. Try again shortly.`;
  return showing(errors.operationInProgress, { detail, members });
}

export const refundForPerson = showing(errors.operationInProgress, {
  detail: 'A refund of this payment waits for a person. See GET /api/operations.',
  members: { payment: refundAtPaypal.payment, refund: refundAtPaypal.refund },
});

/** `what` a person settled as not done: `capture`. */
export function givenUp(what: string, members: ToldPayment | ToldRefund): ErrorKind {
  const detail = `The ${what} did not happen at the provider: a person found that out.`;
  return showing(errors.operationGivenUp, { detail, members });
}

/** Where only a payment was looked for, no more is told about it. */
export function lost(members: ToldPayment, provider?: ProviderTrouble): ErrorKind {
  const detail = 'The provider does not know this payment (any more).';
  const told = provider ? { provider } : {};
  return showing(errors.paymentLost, { detail, members, ...told });
}

export function lostRefund(members: ToldRefund, provider: ProviderTrouble): ErrorKind {
  const detail = 'The provider does not know the payment or the refund (any more).';
  return showing(errors.paymentLost, { detail, members, provider });
}

/** The hold is as it was; `what` was to be done with it: `void`. */
export function holdRefused(what: string, provider: ProviderTrouble): ErrorKind {
  const example = notAccepted(`the ${what}`, provider, atPaypal('authorized'));
  return showing(errors.holdRefused, example);
}

/** Nothing was sent. */
export function unreachable(
  provider: ProviderTrouble,
  members: ToldPayment | ToldRefund,
): ErrorKind {
  const detail = 'The provider cannot be reached. Nothing was sent; try again.';
  return showing(providerUnavailable, { detail, provider, members });
}

/** Somebody with a wrong key was turned away. */
export function turnedAway(
  provider: ProviderTrouble,
  members: ToldPayment | ToldRefund,
): ErrorKind {
  return showing(providerAccountProblem, needsAttention(provider, members));
}

/** Asked for the payment, PayPal was silent; `who` is what it is called there. */
export function unread(who = 'PayPal'): ErrorKind {
  return showing(providerUnavailable, noAnswer(who, silence.paypal));
}

export const declined = showing(errors.paymentDeclined, {
  detail:
    'The provider declined (INSTRUMENT_DECLINED). Send the payer to checkout_url to try again.',
  provider: {
    name: 'paypal',
    code: 'INSTRUMENT_DECLINED',
    message: 'The payer has to choose another way to pay.',
    reference: 'f1e2d3c4b5a69',
  },
  members: {
    ...atPaypal('open'),
    checkout_url: 'https://www.paypal.com/checkoutnow?token=5O190127TN364715T',
  },
});

/** Before it was approved. */
export const failedBefore = showing(errors.paymentFailed, {
  detail: 'The payment failed at the provider (failed). Start a new one.',
  members: { payment: showId('pay', exampleUuids.failedPaypro), state: 'failed' },
});

/** When it was made. */
export const failedAtOnce = showing(errors.paymentFailed, {
  detail: 'The provider refused for good (COMPLIANCE_VIOLATION).',
  provider: refusedByPaypal('COMPLIANCE_VIOLATION'),
  members: atPaypal('failed'),
});

export const orderRefused = showing(
  providerRefused,
  notAccepted('this', refusedByPaypal('INVALID_PARAMETER_SYNTAX'), atPaypal('failed')),
);

export function refundRefused(provider: ProviderTrouble, members: ToldRefund): ErrorKind {
  return showing(providerRefused, notAccepted('the refund', provider, members));
}

export const noSuchPayMethod = showing(unsupportedByProvider, noPayMethodAtPaypal);

/** Of a payment that was made when there was such an account. */
export const accountIsGone = showing(providerNotConfigured, notConfigured('paypro_old'));
