import { type CallResult, CUSTOMER_UNKNOWN, type Refusal, troubleIn } from '../provider-call';
import { type ProviderReply } from '../provider-reply';
import { readError } from './paypro.wire';

/**
 * What a create that named a customer by its id brought. PayPro names the parameter that it refuses with 422, and does not
 * say whether an unknown id is 404 instead; both made nothing. https://docs.paypro.nl/reference/api
 */
export function withLostCustomer<T>(reply: ProviderReply, result: CallResult<T>): CallResult<T> {
  if (result.outcome !== 'refused' && result.outcome !== 'not_found') return result;
  if (result.outcome === 'refused' && !isAboutCustomer(reply)) return result;
  const refusal: Refusal = { ...troubleIn(result), kind: 'request', code: CUSTOMER_UNKNOWN };
  return { outcome: 'refused', refusal };
}

function isAboutCustomer(reply: ProviderReply): boolean {
  return (
    reply.kind === 'answer' && reply.status === 422 && readError(reply.body).param === 'customer'
  );
}
