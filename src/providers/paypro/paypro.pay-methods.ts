import { listAt, textAt, valueAt } from '../../shared/json';
import { isCurrency } from '../../shared/money/currency';
import { Money } from '../../shared/money/money';
import { type CallResult } from '../provider-call';
import { type PayMethodOps, type ProviderPayMethod } from '../provider-parts';
import { type PayproClient } from './paypro.client';
import { toResult } from './paypro.outcome';
import { isPage } from './paypro.wire';

/** The pay methods that are switched on for the account. See https://docs.paypro.nl/reference/api/pay-methods/ */
export class PayproPayMethods implements PayMethodOps {
  constructor(private readonly client: PayproClient) {}

  async list(): Promise<CallResult<readonly ProviderPayMethod[]>> {
    const result = toResult(await this.client.listPayMethods('pay_methods'), readPayMethods);
    // This list always exists, so without it the address is not PayPro's.
    if (result.outcome === 'not_found') return { outcome: 'unknown', trouble: result.trouble };
    return result;
  }
}

/**
 * Undefined when the body is no list of pay methods, when one of them is unreadable, or when it is not the whole
 * list: a method that merely was not read must not be called unknown.
 */
export function readPayMethods(body: unknown): readonly ProviderPayMethod[] | undefined {
  if (!isPage(body) || (valueAt(body, '_links', 'next') ?? null) !== null) return undefined;
  const items = listAt(body, 'data');
  const methods = items.flatMap((item) => readPayMethod(item) ?? []);
  return methods.length === items.length ? methods : undefined;
}

function readPayMethod(item: unknown): ProviderPayMethod | undefined {
  const id = textAt(item, 'id');
  const currencies = readCurrencies(valueAt(item, 'currencies'));
  const minimum = readCents(valueAt(item, 'minimum_amount'));
  const maximum = readCents(valueAt(item, 'maximum_amount'));
  if (id === null || currencies === undefined) return undefined;
  if (minimum === undefined || maximum === undefined) return undefined;
  // The limits have no currency of their own, so with several nobody can say what they are limits of.
  const [currency, ...others] = currencies;
  const toMoney = (cents: bigint | null): Money | null =>
    cents === null || currency === undefined || others.length > 0
      ? null
      : Money.of(cents, currency);
  return {
    id,
    name: textAt(item, 'name') ?? id,
    currencies,
    minimum: toMoney(minimum),
    maximum: toMoney(maximum),
  };
}

function readCurrencies(list: unknown): readonly string[] | undefined {
  if (!Array.isArray(list) || list.length === 0) return undefined;
  const known = list.filter((code) => typeof code === 'string' && isCurrency(code));
  return known.length === list.length ? known.map(String) : undefined;
}

/** Null without a limit; undefined for one that is no whole number of cents. */
function readCents(amount: unknown): bigint | null | undefined {
  if (amount === undefined || amount === null) return null;
  const isCents = typeof amount === 'number' && Number.isSafeInteger(amount) && amount >= 0;
  return isCents ? BigInt(amount) : undefined;
}
