import { isObject, objectAt, parseJson, textAt } from '../../shared/json';
import { type NotificationKind, type ProviderNotification } from '../provider-parts';
import { REFERENCE_KEY } from './paypro.translate';

/** What stands before the dot of an event type → what it is about. https://docs.paypro.nl/webhooks.html */
const KINDS: ReadonlyMap<string, NotificationKind> = new Map([
  ['payment', 'payment'],
  ['refund', 'refund'],
  ['chargeback', 'chargeback'],
  ['mandate', 'mandate'],
  ['subscription', 'subscription'],
]);

/** Theirs are some 30 characters. */
const EVENT_TYPE = /^[a-z][a-z0-9_.]{0,99}$/;
/**
 * Two letters and up to 16 characters today; PayPro names no limit. No dots: an id is a segment of a path that is
 * asked for with our key.
 */
const THEIR_ID = /^[A-Za-z0-9_-]{1,100}$/;
const OUR_REFERENCE = /^pay_\w{1,60}$/;
/** ISO 8601 in the years that PayPro can mean. */
const TIME = /^20\d\d-\d\d-\d\dT\S{1,30}$/;

/**
 * An event as a hint about what to ask for: PayPro itself says that the object in it may be out of date.
 * Null when it is no event.
 */
export function readEvent(body: string): ProviderNotification | null {
  const event = parseJson(body);
  const eventId = textAt(event, 'id');
  const eventType = textAt(event, 'event_type') ?? '';
  if (!isObject(event) || eventId === null || !THEIR_ID.test(eventId)) return null;
  if (!EVENT_TYPE.test(eventType)) return null;
  const payload = objectAt(event, 'payload');
  const kind = KINDS.get(eventType.split('.')[0] ?? '') ?? 'other';
  const isPayment = kind === 'payment';
  return {
    eventId,
    eventType,
    kind,
    paymentIds: matching(THEIR_ID, textAt(payload, isPayment ? 'id' : 'payment')),
    objectIds: isPayment ? [] : matching(THEIR_ID, textAt(payload, 'id')),
    references: matching(OUR_REFERENCE, textAt(payload, 'metadata', REFERENCE_KEY)),
    transmissionId: null,
    body,
    occurredAt: readTime(textAt(event, 'created_at')),
  };
}

function matching(pattern: RegExp, text: string | null): readonly string[] {
  return text !== null && pattern.test(text) ? [text] : [];
}

function readTime(text: string | null): Date | null {
  const time = new Date(text !== null && TIME.test(text) ? text : Number.NaN);
  return Number.isNaN(time.getTime()) ? null : time;
}
