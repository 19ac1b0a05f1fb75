import { toTimestamp } from '../../../platform/http/timestamp';
import { hexId } from '../../../shared/id';
import { Money } from '../../../shared/money/money';
import {
  checkoutUrlOf,
  type LastOperation,
  type WindowedPayment,
} from '../../payments/payments.facade';
import { shownState } from '../actions/shown-state';
import { backendError, type FrozenVerb } from '../domain/backend-error';
import { customerUrl, paymentUrl } from '../domain/frozen-links';
import { type FrozenPaymentResponse } from './frozen-payment.response';

/** What is shown of a payment. */
export type FrozenSource = Pick<
  WindowedPayment,
  | 'id'
  | 'created_at'
  | 'updated_at'
  | 'state'
  | 'amount_minor'
  | 'captured_minor'
  | 'currency'
  | 'customer_id'
  | 'checkout_url'
  | 'conflict'
  | 'last_operation'
>;

/** A payment as the older API shows it. */
export function toFrozenPayment(row: FrozenSource, base: string): FrozenPaymentResponse {
  const { id: uuid, currency } = row;
  const customer = row.customer_id === null ? null : { uuid: row.customer_id };
  return {
    url: paymentUrl(base, { uuid }),
    uuid: hexId(uuid),
    created: toTimestamp(row.created_at),
    modified: toTimestamp(row.updated_at),
    state: shownState(row.state),
    amount: shownAmount(row).toDecimal(),
    tax: Money.zero(currency).toDecimal(),
    customer: customer && customerUrl(base, customer),
    approval_url: checkoutUrlOf(row) ?? '',
    error_message: errorMessageOf(row),
  };
}

/** Of a payment that is paid, what was taken where that is less: held money may be taken in part. */
function shownAmount({ state, amount_minor, captured_minor, currency }: FrozenSource): Money {
  const amount = Money.of(BigInt(amount_minor), currency);
  const captured = Money.of(BigInt(captured_minor), currency);
  return state === 'paid' && amount.isGreaterThan(captured) ? captured : amount;
}

const VERBS: Readonly<Record<string, FrozenVerb>> = {
  create: 'create',
  charge: 'create',
  capture: 'approve',
  authorize: 'approve',
  cancel: 'cancel',
  void: 'cancel',
};

/** Why the last command failed, while nothing has come after it that says more. */
function errorMessageOf({ state, last_operation: last }: FrozenSource): string {
  const verb = last && VERBS[last.kind];
  const isLatestWord = ['open', 'authorized', 'failed'].includes(state);
  return verb && isLatestWord && hasFailed(last) ? backendError(verb, last) : '';
}

/** What nobody knows the outcome of has told its trouble once it was asked for in vain. */
function hasFailed({ state, code }: LastOperation): boolean {
  return state === 'refused' || (state !== 'succeeded' && code !== null);
}
