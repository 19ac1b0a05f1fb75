import {
  describeEvents,
  type DocumentedEvents,
  member,
} from '../../../platform/events/documented-events';
import { exampleIds } from '../../../shared/example-ids';
import { showId } from '../../../shared/id';
import { type ChargebackEventType } from '../chargebacks.events';
import { CHARGEBACK_STATES, type ChargebackState } from '../domain/chargeback-lifecycle';

const ABOUT: Readonly<Record<ChargebackEventType, string>> = {
  'chargeback.opened': 'A payer or a bank wants money back, or has it back already.',
  'chargeback.lost': 'The money is theirs.',
  'chargeback.won': 'The money is ours.',
  'chargeback.updated': 'Money was taken or came back, and the state stays.',
};

const TAKEN: Readonly<Record<ChargebackState, number>> = { open: 4999, lost: 4999, won: 0 };

function stateAfter(type: ChargebackEventType): ChargebackState {
  return CHARGEBACK_STATES.find((state) => type === `chargeback.${state}`) ?? 'open';
}

/** Events of chargebacks, as webhooks and GET /api/events tell them. */
export const chargebackEvents: DocumentedEvents = {
  tag: 'Chargebacks',
  schema: 'ChargebackEventData',
  members: {
    id: member.text('The chargeback.'),
    payment: member.text('The payment whose money it is about.'),
    provider: member.text('The provider account.'),
    state: member.oneOf('Its state now.', CHARGEBACK_STATES),
    amount: member.amount('What they want'),
    taken_amount: member.amount('What they have now'),
    currency: member.text('ISO 4217 code.'),
    customer: member.optionalText('Who paid; null for nobody known.'),
    reason: member.optionalText('The provider’s word for the reason.'),
  },
  optional: [],
  events: describeEvents({
    about: ABOUT,
    example: (type) => ({
      id: showId('chg', '019aa5c8-fc00-7000-8000-0000000000c1'),
      payment: exampleIds.paidPaypal,
      provider: 'paypal',
      state: stateAfter(type),
      amount: 4999,
      taken_amount: TAKEN[stateAfter(type)],
      currency: 'EUR',
      customer: exampleIds.customer,
      reason: 'MERCHANDISE_OR_SERVICE_NOT_RECEIVED',
    }),
  }),
};
