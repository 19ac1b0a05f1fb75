import { type DomainEvent } from '../../platform/events/events';
import { showId } from '../../shared/id';
import { minorTextToJson } from '../../shared/money/money';
import { type ChargebackState } from './domain/chargeback-lifecycle';
import { type ChargebackRow } from './storage/chargeback.row';

/** What other modules and merchants can hear about chargebacks. */
export type ChargebackEventType =
  | `chargeback.${'opened' | 'lost' | 'won'}`
  /** Money was taken or came back, and it stays in its state. */
  | 'chargeback.updated';

/** Which event tells that a chargeback is in a state now, also when that is the first we hear of it. */
const EVENT_OF: Readonly<Record<ChargebackState, ChargebackEventType>> = {
  open: 'chargeback.opened',
  lost: 'chargeback.lost',
  won: 'chargeback.won',
};

/** `isNew`: it is in this state since now. */
export function chargebackEvent(
  chargeback: ChargebackRow,
  { customerId, isNew }: { readonly customerId: string | null; readonly isNew: boolean },
): DomainEvent {
  return {
    type: isNew ? EVENT_OF[chargeback.state] : 'chargeback.updated',
    subjectKind: 'chargeback',
    subjectId: chargeback.id,
    subjectSeq: chargeback.version,
    data: {
      id: showId('chg', chargeback.id),
      payment: showId('pay', chargeback.payment_id),
      provider: chargeback.account,
      state: chargeback.state,
      amount: minorTextToJson(chargeback.amount_minor),
      taken_amount: minorTextToJson(chargeback.taken_minor),
      currency: chargeback.currency,
      customer: customerId === null ? null : showId('cus', customerId),
      reason: chargeback.reason,
    },
  };
}
