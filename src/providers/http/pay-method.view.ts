import { type Money, minorToJson } from '../../shared/money/money';
import { type ProviderPayMethod } from '../provider-parts';
import { type PayMethodResponse } from './pay-method.response';

/** A pay method as the API shows it. */
export function toPayMethodResponse(method: ProviderPayMethod, account: string): PayMethodResponse {
  const { id, name, currencies, minimum, maximum } = method;
  return {
    id,
    type: 'pay_method',
    provider: account,
    name,
    currencies: [...currencies],
    currency: (minimum ?? maximum)?.currency ?? null,
    minimum_amount: minorOf(minimum),
    minimum_amount_decimal: minimum?.toDecimal() ?? null,
    maximum_amount: minorOf(maximum),
    maximum_amount_decimal: maximum?.toDecimal() ?? null,
  };
}

function minorOf(limit: Money | null): number | null {
  return limit === null ? null : minorToJson(limit.minor);
}
