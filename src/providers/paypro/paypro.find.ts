import { type Clock } from '../../shared/clock';
import { type CallResult, type Unsearchable } from '../provider-call';
import { READ_TIMEOUT_MS } from '../provider-http';
import { type FindOrder, type ProviderPayment, withAmount } from '../payment-provider';
import { type PayproClient } from './paypro.client';
import { toResult } from './paypro.outcome';
import { referenceOf, toProviderPayment } from './paypro.translate';
import { readPage, type PayproPage, type PayproPayment } from './paypro.wire';

/** 5,000 payments. An account that makes more of them while one is missing needs a person anyway. */
const PAGES_MAX = 50;
/** Lists that take longer cannot be searched: whoever looks has other payments and other accounts to see to. */
const FIND_MS = 30_000;
/** How far PayPro's clock may be from ours. */
const CLOCK_SLACK_MS = 10 * 60_000;

/**
 * Looks for a payment by our reference. PayPro's lists have no filter, so its payments are read from the
 * newest back to the time before ours was made. https://docs.paypro.nl/pagination.html
 */
export async function findPayment(
  { client, clock }: { readonly client: PayproClient; readonly clock: Clock },
  search: FindOrder,
): Promise<CallResult<ProviderPayment> | Unsearchable> {
  const endMs = clock.now().getTime() + FIND_MS;
  const oldestMs = search.createdAfter.getTime() - CLOCK_SLACK_MS;
  let cursor: string | null = null;
  let isClear = true;
  for (let pages = 0; pages < PAGES_MAX; pages++) {
    const leftMs = endMs - clock.now().getTime();
    if (leftMs <= 0) return tookTooLong();
    const reply = await client.listPayments(cursor, leftMs);
    const page: CallResult<PayproPage> = toResult(reply, readPage);
    if (page.outcome !== 'done') {
      return isOutOfTime(page, leftMs) ? tookTooLong() : toFindTrouble(page);
    }
    const { payments, isWhole, nextCursor }: PayproPage = page.value;
    const found = payments.find((payment) => referenceOf(payment) === search.reference);
    if (found) return withAmount({ outcome: 'done', value: toProviderPayment(found) });
    const recent = payments.filter((payment) => !isOlder(payment, oldestMs));
    isClear &&= isWhole && recent.every((payment) => payment.metadata !== null);
    if (nextCursor === null || recent.length < payments.length) {
      return isClear ? nowhere() : unreadable();
    }
    cursor = nextCursor;
  }
  return unsearchable(
    'too_many_pages',
    `It is not among the newest payments on ${PAGES_MAX} pages.`,
  );
}

function isOlder(payment: PayproPayment, oldestMs: number): boolean {
  return payment.created_at !== null && payment.created_at.getTime() < oldestMs;
}

type NoPage = Exclude<CallResult<PayproPage>, { outcome: 'done' }>;

/** Its page was given less than any other read, because so much had been read. */
function isOutOfTime(page: NoPage, leftMs: number): boolean {
  return page.outcome === 'unknown' && page.trouble.code === 'timeout' && leftMs < READ_TIMEOUT_MS;
}

/** A list that is not there says nothing about the payment that is looked for. */
function toFindTrouble(page: NoPage) {
  if (page.outcome !== 'not_found') return page;
  return { outcome: 'unknown' as const, trouble: page.trouble };
}

function nowhere(): CallResult<never> {
  const message = 'PayPro holds no payment with this reference.';
  return { outcome: 'not_found', trouble: { code: 'not_found', message, reference: null } };
}

/** Lists of 2023 left the metadata out; ours could be any of those, or the one that is no payment at all. */
function unreadable(): Unsearchable {
  return unsearchable('metadata_missing', 'PayPro listed payments that do not name our reference.');
}

/** The more payments come after it, the longer they take. */
function tookTooLong(): Unsearchable {
  return unsearchable('find_timeout', `The lists took longer than ${FIND_MS / 1000} s to read.`);
}

function unsearchable(code: string, message: string): Unsearchable {
  return { outcome: 'unsearchable', trouble: { code, message, reference: null } };
}
