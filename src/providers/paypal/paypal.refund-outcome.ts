import { type CallResult, troubleIn } from '../provider-call';
import { type ProviderRefund, type RefundOrder } from '../provider-parts';
import { outcomeOf, type PayPalReply, type Reading } from './paypal.outcome';
import { type PayPalRefund } from './paypal.refunds.wire';

type Result = CallResult<ProviderRefund>;

/** What the two APIs of PayPal call differently about refunds; what follows from their answers is the same. */
export interface RefundApi {
  readonly reading: Reading<PayPalRefund>;
  /** Codes after which the refunds are looked at before anything is said. */
  readonly refundedBefore: ReadonlySet<string>;
  /** Null without the amount. */
  readonly translate: (refund: PayPalRefund) => ProviderRefund | null;
  readonly get: (refundId: string) => Promise<PayPalReply>;
  readonly list: (providerId: string) => Promise<CallResult<readonly ProviderRefund[]>>;
}

/** What became of a refund, by the reply to it. */
export async function refundOutcome(
  api: RefundApi,
  order: RefundOrder,
  reply: PayPalReply,
): Promise<Result> {
  const refunded = outcomeOf(reply, api.reading);
  if (refunded.outcome === 'refused' || refunded.outcome === 'unknown') {
    const doubt = troubleIn(refunded);
    if (!api.refundedBefore.has(doubt.code)) return refunded;
    // PayPal has nothing to give back: is the reason a refund of ours whose answer we never saw?
    const listed = await api.list(order.providerId);
    if (listed.outcome !== 'done') return { outcome: 'unknown', trouble: doubt };
    const ours = listed.value.find(({ reference }) => reference === order.reference);
    return ours ? { outcome: 'done', value: ours } : refunded;
  }
  return shownRefund(api, await complete(api, refunded));
}

/** A refund without its amount cannot be compared with what was asked for. */
export function shownRefund(
  { translate }: Pick<RefundApi, 'translate'>,
  result: CallResult<PayPalRefund>,
): Result {
  if (result.outcome !== 'done') return result;
  const refund = translate(result.value);
  if (refund) return { outcome: 'done', value: refund };
  const { id, status } = result.value;
  return incomplete(`The answer shows the refund ${id} as ${status} without its amount.`);
}

/** All refunds that an answer shows, or none where one of them cannot be read. */
export function shownRefunds(
  { translate }: Pick<RefundApi, 'translate'>,
  refunds: readonly PayPalRefund[] | null,
  owner: string,
): CallResult<readonly ProviderRefund[]> {
  const known = refunds?.flatMap((refund) => translate(refund) ?? []);
  if (known && known.length === refunds?.length) return { outcome: 'done', value: known };
  return incomplete(`PayPal does not show every refund of the ${owner}.`);
}

/**
 * Short answers leave out the amount and our reference: they are read after it. What the answer itself said stands,
 * whatever becomes of that read.
 */
async function complete(
  { get, reading }: RefundApi,
  answer: CallResult<PayPalRefund>,
): Promise<CallResult<PayPalRefund>> {
  if (answer.outcome !== 'done' || answer.value.amount !== null) return answer;
  const { id, status } = answer.value;
  const read = outcomeOf(await get(id), reading);
  if (read.outcome !== 'done' || read.value.id !== id) return answer;
  return { outcome: 'done', value: { ...read.value, status } };
}

function incomplete(message: string) {
  const trouble = { code: 'answer_incomplete', message, reference: null };
  return { outcome: 'unknown' as const, trouble };
}
