import { type ProviderPayment } from '../../../providers/payment-provider';
import { Money } from '../../../shared/money/money';
import { type Finding, findingOf } from '../domain/conflicts';
import { capturedMinor } from '../domain/payment-news';
import { type OperationRow } from '../storage/operation.row';
import { isOf } from './concludes';

/** What a reading of a payment shows that a person must look into; `conflict` is what was decided about it. */
export function findingsOf(
  conflict: string | null,
  shown: ProviderPayment,
  {
    operation,
    currency,
  }: { readonly operation?: OperationRow | undefined; readonly currency: string },
): readonly Finding[] {
  const wrong = captureFinding(operation, shown);
  if (conflict === null) return wrong ? [wrong] : [];
  const evidence = evidenceOf(conflict, shown, currency);
  return [findingOf({ code: conflict, about: '', evidence })];
}

/** The provider took another amount than the operation asked for: it is booked, and a person must look. */
function captureFinding(
  operation: OperationRow | undefined,
  shown: ProviderPayment,
): Finding | null {
  const taken = operation && shown.captures.find((one) => isOf(operation, one));
  if (!taken || taken.amount.minor.toString() === operation.amount_minor) return null;
  const evidence = `captured ${taken.amount.toString()}`;
  return findingOf({ code: 'captured_amount_mismatch', about: taken.captureId, evidence });
}

/** Only what the conflict is about: what else changes at the provider makes it no other one. */
function evidenceOf(code: string, shown: ProviderPayment, currency: string): string {
  switch (code) {
    case 'id_mismatch':
      return `payment ${shown.providerId}`;
    case 'reference_mismatch':
      return `reference ${shown.reference ?? 'missing'}`;
    case 'amount_mismatch':
      return `amount ${shown.amount?.toString() ?? 'missing'}`;
    case 'currency_mismatch':
      return `money in ${currenciesOf(shown).join(', ')}`;
    case 'payer_mismatch':
      return `payer ${shown.payerId ?? 'missing'}`;
    case 'authorized_amount_mismatch':
      return `held ${shown.hold?.amount.toString() ?? 'nothing'}`;
    default:
      return `captured ${Money.of(capturedMinor(shown, currency), currency).toString()}`;
  }
}

function currenciesOf({ captures, hold }: ProviderPayment): readonly string[] {
  const moves = [...captures, ...(hold ? [hold] : [])];
  return [...new Set(moves.map(({ amount }) => amount.currency))].sort();
}
