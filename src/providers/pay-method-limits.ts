import { type FieldError } from '../shared/app-error';
import { type Money } from '../shared/money/money';
import { type ProviderPayMethod } from './provider-parts';

/** What a payer is to pay, and by which of these. */
export interface PayMethodWish {
  readonly amount: Money;
  /** Empty: whatever the account offers. */
  readonly payMethods: readonly string[];
}

/**
 * Why the account cannot take the amount by these pay methods; empty when it can. A method that is not switched on
 * is refused. The amount is refused when none of the methods takes it: the payer may still choose one that does.
 */
export function payMethodLimitShortcomings(
  { amount, payMethods }: PayMethodWish,
  list: readonly ProviderPayMethod[],
): FieldError[] {
  const judged = payMethods.map((id, index) => {
    const method = list.find((candidate) => candidate.id === id);
    return method ? outside(method, amount) : switchedOff({ id, index, list });
  });
  const missing = judged.filter((error) => error?.code === 'pay_method');
  const wrong = missing.length > 0 || judged.includes(null) ? missing : judged;
  return wrong.flatMap((error) => error ?? []);
}

function switchedOff(wish: {
  readonly id: string;
  readonly index: number;
  readonly list: readonly ProviderPayMethod[];
}): FieldError {
  const known = wish.list.map(({ id }) => id).join(', ');
  const detail = `has not switched on the pay method ${wish.id}, only ${known}`;
  return { pointer: `/pay_methods/${wish.index}`, code: 'pay_method', detail };
}

function outside(method: ProviderPayMethod, amount: Money): FieldError | null {
  const { id, currencies, minimum, maximum } = method;
  if (!currencies.includes(amount.currency)) {
    const detail = `takes no ${amount.currency} by ${id}, only ${currencies.join(', ')}`;
    return { pointer: '/currency', code: 'currency', detail };
  }
  if (minimum?.currency === amount.currency && minimum.isGreaterThan(amount)) {
    const detail = `takes ${minimum.toString()} or more by ${id}`;
    return { pointer: '/amount', code: 'minimum_amount', detail };
  }
  if (maximum?.currency === amount.currency && amount.isGreaterThan(maximum)) {
    const detail = `takes ${maximum.toString()} at most by ${id}`;
    return { pointer: '/amount', code: 'maximum_amount', detail };
  }
  return null;
}
