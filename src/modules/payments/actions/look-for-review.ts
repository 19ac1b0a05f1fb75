import { type PaymentProvider, type ProviderPayment } from '../../../providers/payment-provider';
import { type CallResult, type CallTrouble } from '../../../providers/provider-call';
import { showId } from '../../../shared/id';
import { type OperationRow } from '../storage/operation.row';
import { type PaymentRow } from '../storage/payment.row';
import { concludes, isOf, isPart } from './concludes';
import { noAnswer, notListed, toRefusalError } from './refusals';

export interface ReviewedPayment {
  readonly payment: PaymentRow;
  readonly provider: PaymentProvider;
}

const NOT_SEARCHED: CallTrouble = {
  code: 'not_searchable',
  message: 'The provider has no search by our reference.',
  reference: null,
};

/** What the provider shows under an id; null when it knows none. Throws (503, 502) when it does not say. */
export async function readForReview(
  { payment, provider }: ReviewedPayment,
  providerId: string,
): Promise<ProviderPayment | null> {
  return shownOrThrow(payment, await provider.payments.read(providerId));
}

/**
 * What the provider shows of a create: by the id that an answer named, or else by our reference. Where it has no
 * search (PayPal), an order that no answer named cannot be looked for, and null is no proof; nobody holds its link
 * either, so it can never be paid, and a person's word is enough. So it is where lists cannot tell; but a charge takes
 * the money by itself, so there it has to be the word of a person who looked where the provider shows everything.
 */
export async function findCreated(
  { payment, provider }: ReviewedPayment,
  { namedId, isWordEnough }: { readonly namedId: string | null; readonly isWordEnough: boolean },
): Promise<ProviderPayment | null> {
  const reference = showId('pay', payment.id);
  const named = namedId === null ? null : await readForReview({ payment, provider }, namedId);
  // An answer may have named somebody else's payment.
  if (named && (named.reference ?? reference) === reference) return named;
  const search = { reference, createdAfter: new Date(payment.created_at) };
  const found = await provider.payments.find?.(search);
  if (!found || found.outcome === 'unsearchable') {
    if (isWordEnough) return null;
    throw notListed(found?.trouble ?? NOT_SEARCHED, payment);
  }
  return shownOrThrow(payment, found);
}

/** Whether what the provider shows contradicts that the operation failed. */
export function isShown(operation: OperationRow, shown: ProviderPayment): boolean {
  const hasMoney = shown.captures.some(({ state }) => state !== 'failed');
  switch (operation.kind) {
    case 'create':
    case 'charge':
      // What ended there without money can do no harm, and some providers show it for ever.
      return hasMoney || !['canceled', 'expired', 'failed'].includes(shown.state);
    case 'capture':
      if (isPart(operation))
        return shown.captures.some((one) => isOf(operation, one) && one.state !== 'failed');
      return hasMoney || shown.state !== 'open';
    case 'authorize':
      return hasMoney || shown.state !== 'open';
    case 'cancel':
    case 'refund':
    case 'cancel_refund':
    case 'reauthorize':
    case 'void':
      return concludes(operation, shown);
  }
}

function shownOrThrow(
  payment: PaymentRow,
  result: CallResult<ProviderPayment>,
): ProviderPayment | null {
  switch (result.outcome) {
    case 'done':
      return result.value;
    case 'not_found':
      return null;
    case 'refused':
      throw toRefusalError('merchant', result.refusal, payment);
    case 'not_sent':
    case 'unknown':
      throw noAnswer('The provider', result.trouble, payment);
  }
}
