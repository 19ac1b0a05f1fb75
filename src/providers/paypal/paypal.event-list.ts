import { type Clock } from '../../shared/clock';
import { listAt, textAt } from '../../shared/json';
import { type CallResult } from '../provider-call';
import { type NotificationList, type ProviderNotification } from '../provider-parts';
import { type PayPalClient } from './paypal.client';
import { readEvent } from './paypal.events';
import { retryAfterS, troubleOf, type PayPalReply } from './paypal.outcome';

/** Events of a page: large ones are 8 kB, and an answer of more than a megabyte is not read. */
const PAGE_SIZE = 100;
/** 2,000 events at a time; when there are more, or they take too long, a shorter span is asked for. */
const PAGES_MAX = 20;
/** Enough for one answer: whoever asked asks again from the last one. */
const EVENTS_MAX = 1_000;
/** A span that is too much is made this much shorter, and after one that was not the next one is longer again. */
const SPAN_FACTOR = 4;
/** Enough to find a busy minute in a year, and to go on from there. */
const SPANS_MAX = 40;
/** Whoever looks has other accounts to see to; the rest is left for the next time. */
const LIST_MS = 60_000;
/** The query of PayPal's link to the next page. */
const QUERY_LENGTH_MAX = 1_000;

/** In whole seconds since 1970, both ends included. */
interface Span {
  readonly fromS: number;
  readonly toS: number;
}

interface Page {
  readonly events: readonly ProviderNotification[];
  readonly nextQuery: string | null;
}

type Tools = { readonly client: Pick<PayPalClient, 'listEvents'>; readonly clock: Clock };

/**
 * What PayPal told or wanted to tell since then, oldest first. PayPal promises no order, so a span of time is
 * only known when all its pages were read; one with too many of them is shortened and its beginning comes first.
 * https://developer.paypal.com/docs/api/webhooks/v1/#webhooks-events_list
 */
export async function listEvents(tools: Tools, since: Date): Promise<CallResult<NotificationList>> {
  const nowMs = () => tools.clock.now().getTime();
  const endMs = nowMs() + LIST_MS;
  const nowS = Math.ceil(nowMs() / 1000);
  const found = new Map<string, ProviderNotification>();
  const begun: Span = { fromS: Math.min(Math.floor(since.getTime() / 1000), nowS), toS: nowS };
  const soFar = (span: Span, trouble: CallResult<never>) =>
    span.fromS > begun.fromS ? listed(found, span.fromS) : trouble;
  let span = begun;
  for (let spans = 0; spans < SPANS_MAX && found.size < EVENTS_MAX; spans++) {
    if (nowMs() >= endMs) return soFar(span, tookTooLong());
    // A span that takes more than half of what is left is no use: nothing of it is known before its last page.
    const read = await readSpan(tools, span, (nowMs() + endMs) / 2);
    if (read.outcome !== 'done') return soFar(span, read);
    for (const event of read.value ?? []) found.set(event.eventId, event);
    if (read.value !== null && span.toS === nowS) return listed(found, null);
    if (read.value === null && span.toS === span.fromS) break;
    span = read.value === null ? beginningOf(span) : next(span, nowS);
  }
  return soFar(span, uncertain('too_many_pages', 'PayPal lists more events than can be read.'));
}

/** Complete, or only until this second. */
function listed(
  found: ReadonlyMap<string, ProviderNotification>,
  untilS: number | null,
): CallResult<NotificationList> {
  const notifications = [...found.values()];
  if (untilS === null) return { outcome: 'done', value: { notifications, isComplete: true } };
  const readUntil = new Date(untilS * 1000);
  return { outcome: 'done', value: { notifications, isComplete: false, readUntil } };
}

function beginningOf({ fromS, toS }: Span): Span {
  return { fromS, toS: fromS + Math.floor((toS - fromS) / SPAN_FACTOR) };
}

function next({ fromS, toS }: Span, nowS: number): Span {
  const lengthS = Math.max(1, toS - fromS) * SPAN_FACTOR;
  return { fromS: toS, toS: Math.min(toS + lengthS, nowS) };
}

/** All events of a span, oldest first; null when there are too many, or too many for the time. */
async function readSpan(
  { client, clock }: Tools,
  { fromS, toS }: Span,
  endMs: number,
): Promise<CallResult<readonly ProviderNotification[] | null>> {
  const events: ProviderNotification[] = [];
  let query: string | null = new URLSearchParams({
    page_size: String(PAGE_SIZE),
    start_time: rfc3339(fromS),
    end_time: rfc3339(toS),
  }).toString();
  for (let pages = 0; query !== null; pages++) {
    const isTooMuch = pages === PAGES_MAX || clock.now().getTime() >= endMs;
    if (isTooMuch) return { outcome: 'done', value: null };
    const page: CallResult<Page> = toPage(await client.listEvents(query));
    if (page.outcome !== 'done') return page;
    events.push(...page.value.events);
    query = page.value.nextQuery;
  }
  const timeOf = ({ occurredAt }: ProviderNotification) => occurredAt?.getTime() ?? 0;
  // Pages begin with the newest, so what happened in the same instant is the other way around as well.
  return { outcome: 'done', value: events.reverse().sort((a, b) => timeOf(a) - timeOf(b)) };
}

function toPage(reply: PayPalReply): CallResult<Page> {
  if (reply.kind === 'denied') return merchant(reply.trouble);
  if (reply.kind === 'unknown') return { outcome: 'unknown', trouble: reply.trouble };
  if (reply.kind === 'not_sent') {
    return { outcome: 'not_sent', trouble: reply.trouble, retryAfterS: reply.retryAfterS };
  }
  const trouble = troubleOf(reply);
  switch (reply.status) {
    case 200:
      return { outcome: 'done', value: readPage(reply.body) };
    case 401:
    case 403:
      return merchant(trouble);
    case 429:
      return { outcome: 'not_sent', trouble, retryAfterS: retryAfterS(reply) };
    default:
      return { outcome: 'unknown', trouble };
  }
}

/** What is no event is left out: it could not be handled, and must not hide the others. */
function readPage(body: unknown): Page {
  const events = listAt(body, 'events').flatMap((event) => readEvent(JSON.stringify(event)) ?? []);
  const next = listAt(body, 'links').find((link) => textAt(link, 'rel') === 'next');
  return { events, nextQuery: readQuery(textAt(next, 'href')) };
}

/** Takes nothing but the query from a link, so that no answer decides which host gets our token. */
function readQuery(link: string | null): string | null {
  const anyBase = 'https://api-m.paypal.com';
  if (link === null || !URL.canParse(link, anyBase)) return null;
  const { search } = new URL(link, anyBase);
  return search.length > 1 && search.length <= QUERY_LENGTH_MAX ? search.slice(1) : null;
}

function rfc3339(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

function merchant(trouble: { code: string; message: string; reference: string | null }) {
  return { outcome: 'refused' as const, refusal: { ...trouble, kind: 'merchant' as const } };
}

function tookTooLong(): CallResult<never> {
  return uncertain('list_timeout', 'PayPal took too long to list its events.');
}

function uncertain(code: string, message: string): CallResult<never> {
  return { outcome: 'unknown', trouble: { code, message, reference: null } };
}
