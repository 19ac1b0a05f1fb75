import { showId } from '../../../shared/id';
import { type CreatedMandate } from '../actions/create-mandate';
import { type AccountMandate } from '../actions/list-mandates';
import { type MandateResponse } from './mandate.response';

interface Place {
  readonly customerId: string;
  readonly base: string;
}

/** A mandate as the API shows it. */
export function toMandateResponse(
  { account, mandate }: AccountMandate,
  { customerId, base }: Place,
): MandateResponse {
  const customer = showId('cus', customerId);
  const owner = `${base}/api/customers/${customer}`;
  return {
    id: mandate.mandateId,
    type: 'mandate',
    provider: account,
    customer,
    state: mandate.state,
    provider_state: mandate.providerState,
    pay_method: mandate.payMethod,
    created_at: mandate.createdAt?.toISOString() ?? null,
    _links: { self: `${owner}/mandates/${mandate.mandateId}`, customer: owner },
  };
}

/** The answer to a request for one, which nobody may know the end of. */
export function toCreatedMandate(made: CreatedMandate, base: string): MandateResponse {
  const { account, customerId, mandate, payMethod } = made;
  if (mandate) return toMandateResponse({ account, mandate }, { customerId, base });
  const customer = showId('cus', customerId);
  const owner = `${base}/api/customers/${customer}`;
  return {
    id: null,
    type: 'mandate',
    provider: account,
    customer,
    state: 'unsettled',
    provider_state: null,
    pay_method: payMethod,
    created_at: null,
    _links: { self: `${owner}/mandates`, customer: owner },
  };
}
