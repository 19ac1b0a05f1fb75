import { type Clock } from '../../shared/clock';
import { type CallResult } from '../provider-call';
import { type NotificationList, type ProviderNotification } from '../provider-parts';
import { type PayproClient } from './paypro.client';
import { readEvent } from './paypro.events';
import { toResult } from './paypro.outcome';
import { readEventPage } from './paypro.wire';

/** 5,000 events. An account with more of them since the last look keeps the newest ones. */
const PAGES_MAX = 50;
/** Lists that take longer are left for later: whoever looks has other accounts to see to. */
const LIST_MS = 60_000;
/** How far PayPro's clock may be from ours. */
const CLOCK_SLACK_MS = 60_000;

type Page = NonNullable<ReturnType<typeof readEventPage>>;

/**
 * What PayPro told or wanted to tell since then, oldest first. Its lists have no filter and begin with the
 * newest, so nothing can be said before they were read back to that time. https://docs.paypro.nl/pagination.html
 */
export async function listEvents(
  { client, clock }: { readonly client: PayproClient; readonly clock: Clock },
  since: Date,
): Promise<CallResult<NotificationList>> {
  const endMs = clock.now().getTime() + LIST_MS;
  const oldestMs = since.getTime() - CLOCK_SLACK_MS;
  const found: ProviderNotification[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < PAGES_MAX; pages++) {
    const leftMs = endMs - clock.now().getTime();
    if (leftMs <= 0) return newestOf(found, 'too_slow');
    const page: CallResult<Page> = toResult(await client.listEvents(cursor, leftMs), readEventPage);
    if (page.outcome === 'not_found') return { outcome: 'unknown', trouble: page.trouble };
    if (page.outcome !== 'done') return page;
    // What is no event is left out: it could not be handled, and must not hide the others.
    const events = page.value.events.flatMap((event) => readEvent(JSON.stringify(event)) ?? []);
    const recent = events.filter(
      ({ occurredAt }) => !occurredAt || occurredAt.getTime() >= oldestMs,
    );
    found.push(...recent);
    cursor = page.value.nextCursor;
    if (cursor === null || recent.length < events.length) {
      return { outcome: 'done', value: { notifications: found.reverse(), isComplete: true } };
    }
  }
  return newestOf(found, 'too_many');
}

/** What was read is worth having although what came before is missing. */
function newestOf(
  found: readonly ProviderNotification[],
  gap: NonNullable<NotificationList['gap']>,
): CallResult<NotificationList> {
  return { outcome: 'done', value: { notifications: found.toReversed(), isComplete: false, gap } };
}
