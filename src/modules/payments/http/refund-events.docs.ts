import {
  describeEvents,
  type DocumentedEvents,
  member,
} from '../../../platform/events/documented-events';
import { exampleUuids } from '../../../shared/example-ids';
import { REFUND_STATES, type RefundState } from '../domain/refund-lifecycle';
import { refundEvent, type RefundEventType } from '../payments.events';

const ABOUT: Readonly<Record<RefundEventType, string>> = {
  'refund.created': 'Money of a payment is to go back; the provider may have begun it by itself.',
  'refund.refunded': 'The money went back.',
  'refund.failed': 'It did not go back.',
  'refund.canceled': 'It was called off.',
};

function stateAfter(type: RefundEventType): RefundState {
  return REFUND_STATES.find((state) => type === `refund.${state}`) ?? 'pending';
}

/** Events of refunds, as webhooks and GET /api/events tell them. */
export const refundEvents: DocumentedEvents = {
  tag: 'Refunds',
  schema: 'RefundEventData',
  members: {
    id: member.text('The refund.'),
    payment: member.text('The payment whose money goes back.'),
    provider: member.text('The provider account.'),
    state: member.oneOf('Its state now.', REFUND_STATES),
    amount: member.amount('What goes back'),
    currency: member.text('ISO 4217 code.'),
    origin: member.oneOf('Who began it.', ['api', 'provider']),
  },
  optional: [],
  events: describeEvents({
    about: ABOUT,
    example: (type) =>
      refundEvent(type, {
        id: exampleUuids.refund,
        payment_id: exampleUuids.paidPaypal,
        account: 'paypal',
        state: stateAfter(type),
        amount_minor: '500',
        currency: 'EUR',
        origin: 'api',
        version: 2,
      }).data,
  }),
};
