import { isObject, listAt, objectAt, parseJson, textAt } from '../../shared/json';
import { type NotificationKind, type ProviderNotification } from '../provider-parts';
import {
  captureIdOf,
  isTheirId,
  orderIdOf,
  ourReferences,
  parentPaymentOf,
  theirIds,
} from './paypal.event-ids';

/** What an event of one kind is about. */
type Subject = Pick<ProviderNotification, 'kind' | 'paymentIds' | 'objectIds' | 'references'>;

/**
 * Beginning of the event type → what it is about; the first that fits counts.
 * https://developer.paypal.com/api/rest/webhooks/event-names/
 */
const SUBJECTS: readonly (readonly [RegExp, (resource: unknown) => Subject])[] = [
  [/^CHECKOUT\.ORDER\./, orderSubject],
  [/^CHECKOUT\.PAYMENT-APPROVAL\.REVERSED$/, orderSubject],
  [/^PAYMENT\.CAPTURE\.REFUNDED$/, (resource) => refundSubject(resource, 'refund')],
  [/^PAYMENT\.CAPTURE\.REVERSED$/, (resource) => refundSubject(resource, 'chargeback')],
  [/^PAYMENT\.REFUND\./, (resource) => refundSubject(resource, 'refund')],
  [/^PAYMENT\.CAPTURE\./, moneySubject],
  [/^PAYMENT\.AUTHORIZATION\./, moneySubject],
  [/^CUSTOMER\.DISPUTE\./, disputeSubject],
  [/^PAYMENTS\.PAYMENT\./, v1PaymentSubject],
  [/^PAYMENT\.SALE\.REFUNDED$/, (resource) => saleSubject(resource, 'refund')],
  [/^PAYMENT\.SALE\.REVERSED$/, (resource) => saleSubject(resource, 'chargeback')],
  [/^PAYMENT\.SALE\./, (resource) => saleSubject(resource, 'payment')],
];

/** Theirs are some 40 characters. */
const EVENT_TYPE = /^[A-Z][A-Z0-9._-]{0,99}$/;
/** RFC 3339 in the years that PayPal can mean. */
const TIME = /^20\d\d-\d\d-\d\dT\S{1,30}$/;

/**
 * An event as a hint about what to ask for. Nothing is taken from it but ids and words, because a genuine
 * signature does not prove the body. Null when it is no event.
 */
export function readEvent(body: string): ProviderNotification | null {
  const event = parseJson(body);
  const eventId = textAt(event, 'id');
  const eventType = textAt(event, 'event_type');
  if (!isObject(event) || !isTheirId(eventId) || eventType === null) return null;
  if (!EVENT_TYPE.test(eventType)) return null;
  const resource = objectAt(event, 'resource');
  const subjectOf = SUBJECTS.find(([pattern]) => pattern.test(eventType))?.[1] ?? otherSubject;
  const occurredAt = readTime(textAt(event, 'create_time'));
  const subject = subjectOf(resource);
  return { eventId, eventType, ...subject, transmissionId: null, body, occurredAt };
}

function orderSubject(resource: unknown): Subject {
  const units = listAt(resource, 'purchase_units');
  return {
    kind: 'payment',
    paymentIds: theirIds(textAt(resource, 'order_id') ?? textAt(resource, 'id')),
    objectIds: [],
    references: ourReferences(...units.map((unit) => textAt(unit, 'custom_id'))),
  };
}

function moneySubject(resource: unknown): Subject {
  return {
    kind: 'payment',
    paymentIds: theirIds(orderIdOf(resource)),
    objectIds: theirIds(textAt(resource, 'id')),
    references: ourReferences(textAt(resource, 'custom_id')),
  };
}

/** The refund first, then the capture that the money goes back from. */
function refundSubject(resource: unknown, kind: NotificationKind): Subject {
  return {
    kind,
    paymentIds: theirIds(orderIdOf(resource)),
    objectIds: theirIds(textAt(resource, 'id'), captureIdOf(resource)),
    references: ourReferences(textAt(resource, 'custom_id'), textAt(resource, 'invoice_id')),
  };
}

/** The dispute first, then the captures that it is about. */
function disputeSubject(resource: unknown): Subject {
  const disputed = listAt(resource, 'disputed_transactions');
  const captures = disputed.map((transaction) => textAt(transaction, 'seller_transaction_id'));
  const texts = disputed.flatMap((transaction) => [
    textAt(transaction, 'custom'),
    textAt(transaction, 'invoice_number'),
  ]);
  return {
    kind: 'chargeback',
    paymentIds: [],
    objectIds: theirIds(textAt(resource, 'dispute_id') ?? textAt(resource, 'id'), ...captures),
    references: ourReferences(...texts),
  };
}

function v1PaymentSubject(resource: unknown): Subject {
  const transactions = listAt(resource, 'transactions');
  return {
    kind: 'payment',
    paymentIds: theirIds(textAt(resource, 'id')),
    objectIds: [],
    references: ourReferences(...transactions.map((one) => textAt(one, 'custom'))),
  };
}

/** A sale of Payments v1 or, where money went back, the refund first and then its sale. */
function saleSubject(resource: unknown, kind: NotificationKind): Subject {
  return {
    kind,
    paymentIds: theirIds(parentPaymentOf(resource)),
    objectIds: theirIds(textAt(resource, 'id'), textAt(resource, 'sale_id')),
    references: ourReferences(textAt(resource, 'custom'), textAt(resource, 'invoice_number')),
  };
}

function otherSubject(resource: unknown): Subject {
  const objectIds = theirIds(textAt(resource, 'id'));
  return { kind: 'other', paymentIds: [], objectIds, references: [] };
}

function readTime(text: string | null): Date | null {
  const time = new Date(text !== null && TIME.test(text) ? text : Number.NaN);
  return Number.isNaN(time.getTime()) ? null : time;
}
