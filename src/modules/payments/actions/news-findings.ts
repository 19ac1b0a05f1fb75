import { type ProviderPayment } from '../../../providers/payment-provider';
import { Money } from '../../../shared/money/money';
import { type Finding, findingOf } from '../domain/conflicts';
import { movesOf, type NewsDecision } from '../domain/payment-news';
import { type OperationRow } from '../storage/operation.row';
import { type PaymentRow } from '../storage/payment.row';
import { isOf } from './concludes';

interface Judged {
  readonly payment: PaymentRow;
  readonly shown: ProviderPayment;
  readonly operation?: OperationRow | undefined;
}

/** What a reading of a payment shows that a person must look into; first what was decided about the payment itself. */
export function findingsOf(
  { conflict, mismatch }: NewsDecision,
  { payment, shown, operation }: Judged,
): readonly Finding[] {
  // Of the others the evidence itself says when money moves; their word may change without that.
  const isAnew =
    mismatch === null &&
    /_after_/.test(conflict ?? '') &&
    payment.provider_state !== shown.providerState;
  const whole =
    conflict === null
      ? []
      : [findingOf({ code: conflict, about: '', evidence: evidenceOf(conflict, shown), isAnew })];
  // Of another payment than ours nothing is taken over, and of ours the same is not found twice.
  if (mismatch !== null || conflict === CAPTURED) return whole;
  return [...whole, ...captureFindings(operation, shown)];
}

const CAPTURED = 'captured_amount_mismatch';

/** The provider took another amount than the operation asked for: it is booked, and a person must look. */
function captureFindings(
  operation: OperationRow | undefined,
  shown: ProviderPayment,
): readonly Finding[] {
  const taken = operation && shown.captures.find((one) => isOf(operation, one));
  if (!taken || taken.amount.minor.toString() === operation.amount_minor) return [];
  const evidence = `captured ${taken.amount.toString()}`;
  return [findingOf({ code: CAPTURED, about: taken.captureId, evidence })];
}

/** What the conflict is about, and what has become of the money: once that moves, it is another one. */
function evidenceOf(code: string, shown: ProviderPayment): string {
  return [...moneyOf(shown), ...differing(code, shown)].join(', ');
}

function differing(code: string, shown: ProviderPayment): readonly string[] {
  switch (code) {
    case 'id_mismatch':
      return [`payment ${shown.providerId}`];
    case 'reference_mismatch':
      return [`reference ${shown.reference ?? 'missing'}`];
    case 'amount_mismatch':
      return [`amount ${shown.amount?.toString() ?? 'missing'}`];
    case 'currency_mismatch':
      return [`money in ${currenciesOf(shown).join(' and ')}`];
    case 'payer_mismatch':
      return [`payer ${shown.payerId ?? 'missing'}`];
    case 'authorized_amount_mismatch':
      return [`held ${shown.hold?.amount.toString() ?? 'nothing'}`];
    default:
      return [];
  }
}

function currenciesOf(shown: ProviderPayment): readonly string[] {
  return [...new Set(movesOf(shown).map(({ amount }) => amount.currency))].sort();
}

function moneyOf({ state, captures, hold }: ProviderPayment): readonly string[] {
  const taken = new Map<string, Money>();
  for (const { amount, state: capture } of captures) {
    if (capture !== 'completed') continue;
    const before = taken.get(amount.currency) ?? Money.zero(amount.currency);
    taken.set(amount.currency, before.plus(amount));
  }
  const sums = [...taken.values()].map((sum) => `captured ${sum.toString()}`).sort();
  const held = hold && state === 'authorized' ? [`hold ${hold.holdId}`] : [];
  return [state, ...sums, ...held];
}
