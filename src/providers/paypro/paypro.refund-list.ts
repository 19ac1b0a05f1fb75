import { type Clock } from '../../shared/clock';
import { type CallResult } from '../provider-call';
import { type ProviderRefund } from '../provider-parts';
import { type PayproClient } from './paypro.client';
import { toResult } from './paypro.outcome';
import { toProviderRefund } from './paypro.refund-translate';
import { readRefundPage, type PayproRefundPage } from './paypro.refunds.wire';

/** 1,000 refunds of one payment. One with more of them needs a person anyway. */
const PAGES_MAX = 10;
/** Lists that take longer are left for later: whoever looks has other payments to see to. */
const LIST_MS = 30_000;

/** Every refund of a payment, newest first. All pages or nothing: sums are made of them. */
export async function listRefunds(
  { client, clock }: { readonly client: PayproClient; readonly clock: Clock },
  paymentId: string,
): Promise<CallResult<readonly ProviderRefund[]>> {
  const endMs = clock.now().getTime() + LIST_MS;
  const found: ProviderRefund[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < PAGES_MAX; pages++) {
    const leftMs = endMs - clock.now().getTime();
    if (leftMs <= 0) return tookTooLong();
    const reply = await client.listRefunds(paymentId, { cursor, leftMs });
    const page: CallResult<PayproRefundPage> = toResult(reply, readRefundPage);
    if (page.outcome !== 'done') return toListTrouble(page, cursor);
    for (const item of page.value.refunds) {
      const refund = toProviderRefund(item);
      if (refund.outcome !== 'done') return refund;
      found.push(refund.value);
    }
    cursor = page.value.nextCursor;
    if (cursor === null) return { outcome: 'done', value: found };
  }
  return uncertain('too_many_pages', `The payment has refunds on more than ${PAGES_MAX} pages.`);
}

/** A payment whose refunds were shown a moment ago exists, so only the first page can say that it does not. */
function toListTrouble(
  page: Exclude<CallResult<PayproRefundPage>, { outcome: 'done' }>,
  cursor: string | null,
) {
  if (page.outcome !== 'not_found' || cursor === null) return page;
  return { outcome: 'unknown' as const, trouble: page.trouble };
}

function tookTooLong(): CallResult<never> {
  return uncertain('list_timeout', `The lists took longer than ${LIST_MS / 1000} s to read.`);
}

function uncertain(code: string, message: string): CallResult<never> {
  return { outcome: 'unknown', trouble: { code, message, reference: null } };
}
