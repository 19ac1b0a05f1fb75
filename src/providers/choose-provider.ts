import { type FieldError } from '../shared/app-error';
import { currencyExponent, minorPerUnit } from '../shared/money/currency';
import { minorToDecimal, type Money } from '../shared/money/money';
import { payMethodLimitShortcomings } from './pay-method-limits';
import { type PaymentProvider } from './payment-provider';
import { type CreateAbility, type CurrencyLimits, lacksAbility } from './provider-capabilities';
import { type ProviderPayMethod } from './provider-parts';
import { type ProviderRegistry } from './provider-registry';
import { noSuitableProvider, unsupportedByProvider } from './providers.errors';

/** What a payment needs of a provider. */
export interface PaymentNeeds {
  readonly amount: Money;
  readonly payMethods: readonly string[];
  readonly abilities: readonly CreateAbility[];
  /** Addresses for the payer that were not given. */
  readonly missingUrls: readonly ('return_url' | 'cancel_url')[];
  /** What accounts said lately about their pay methods, by account; missing where nobody could say. */
  readonly payMethodLists?: ReadonlyMap<string, readonly ProviderPayMethod[]>;
}

/** Why the provider was taken: named by the caller, the configured default, or the first that can. */
export type ChoiceReason = 'requested' | 'default' | 'first_suitable';

export interface ProviderChoice {
  readonly provider: PaymentProvider;
  readonly because: ChoiceReason;
}

/**
 * The provider of a new payment. A named one must be able to take it (422 `unsupported_by_provider`); without
 * a name the default wins if it can, else the first that can (422 `no_suitable_provider` with every reason).
 */
export function chooseProvider(
  registry: ProviderRegistry,
  requested: string | null,
  needs: PaymentNeeds,
): ProviderChoice {
  if (requested !== null) {
    const provider = registry.get(requested);
    const errors = shortcomings(provider, needs);
    const first = errors[0];
    if (first) throw unsupportedByProvider(first.detail, { errors });
    return { provider, because: 'requested' };
  }
  const suitable = registry.all.filter((provider) => shortcomings(provider, needs).length === 0);
  const preferred = suitable.find((provider) => provider.account === registry.defaultAccount);
  if (preferred) return { provider: preferred, because: 'default' };
  const first = suitable[0];
  if (first) return { provider: first, because: 'first_suitable' };
  const errors = registry.all.flatMap((provider) => shortcomings(provider, needs));
  throw noSuitableProvider('None of the configured providers takes this payment.', { errors });
}

/** Those that could take the payment by what their adapters say, before anybody is asked. */
export function candidates(
  registry: ProviderRegistry,
  requested: string | null,
  needs: PaymentNeeds,
): readonly PaymentProvider[] {
  const asked = requested === null ? registry.all : [registry.get(requested)];
  return asked.filter((provider) => shortcomings(provider, needs).length === 0);
}

/** Everything that keeps the provider from taking the payment; empty when it can. */
export function shortcomings(provider: PaymentProvider, needs: PaymentNeeds): FieldError[] {
  return [
    ...amountShortcomings(provider, needs.amount),
    ...payMethodShortcomings(provider, needs),
    ...urlShortcomings(provider, needs),
    ...needs.abilities
      .filter((ability) => lacksAbility(provider.capabilities, ability))
      .map((ability) =>
        lacking(provider, { code: ability, pointer: ASKED_FOR_BY[ability] }, LACKS[ability]),
      ),
  ];
}

/** The field of the request that asks for the ability. */
const ASKED_FOR_BY: Readonly<Record<CreateAbility, string>> = {
  setup_mandate: '/setup_mandate',
  mandate: '/mandate',
  holds: '/capture_method',
};

const LACKS: Readonly<Record<CreateAbility, string>> = {
  setup_mandate: 'has no setup_mandate',
  mandate: 'has no mandate',
  holds: 'cannot hold money: leave capture_method out, or send automatic',
};

function amountShortcomings(provider: PaymentProvider, amount: Money): FieldError[] {
  const { currency, minor } = amount;
  const limits = provider.capabilities.currencies[currency];
  if (!limits) {
    const known = Object.keys(provider.capabilities.currencies).join(', ');
    return [
      lacking(
        provider,
        { code: 'currency', pointer: '/currency' },
        `takes no ${currency}, only ${known}`,
      ),
    ];
  }
  const exponent = currencyExponent(currency);
  if (minor % minorPerUnit(currency, limits.exponent) !== 0n) {
    const detail = tooManyDecimals(amount, limits);
    return [lacking(provider, { code: 'currency_decimals', pointer: '/amount' }, detail)];
  }
  const { minimumMinor, maximumMinor } = limits;
  if (minimumMinor !== null && minor < minimumMinor) {
    const least = minorToDecimal(minimumMinor, exponent);
    return [
      lacking(
        provider,
        { code: 'minimum_amount', pointer: '/amount' },
        `takes ${currency} ${least} or more`,
      ),
    ];
  }
  if (maximumMinor !== null && minor > maximumMinor) {
    const most = minorToDecimal(maximumMinor, exponent);
    return [
      lacking(
        provider,
        { code: 'maximum_amount', pointer: '/amount' },
        `takes ${currency} ${most} at most`,
      ),
    ];
  }
  return [];
}

/** Amounts travel as minor units, so the cure is said in minor units as well. */
function tooManyDecimals({ currency, minor }: Money, limits: CurrencyLimits): string {
  const show = (value: bigint) => minorToDecimal(value, currencyExponent(currency));
  const unit = minorPerUnit(currency, limits.exponent);
  const example = minor < unit ? unit : minor - (minor % unit);
  return (
    `takes ${currency} with ${limits.exponent} decimals only, such as ${show(example)}: ` +
    `send multiples of ${currency} ${show(unit)}, that is of ${unit} in \`amount\`, such as ${example}`
  );
}

function payMethodShortcomings(
  provider: PaymentProvider,
  { payMethods, amount, payMethodLists }: PaymentNeeds,
): FieldError[] {
  const known = provider.capabilities.payMethods;
  const unknown = payMethods.flatMap((method, index) => {
    if (known.includes(method)) return [];
    const detail =
      known.length === 0
        ? 'has no pay methods to choose from: leave pay_methods out'
        : `has no pay method ${method}, only ${known.join(', ')}`;
    return lacking(provider, { code: 'pay_method', pointer: `/pay_methods/${index}` }, detail);
  });
  const list = payMethodLists?.get(provider.account);
  if (unknown.length > 0 || list === undefined) return unknown;
  return payMethodLimitShortcomings({ payMethods, amount }, list).map(({ detail, ...where }) =>
    lacking(provider, where, detail),
  );
}

function urlShortcomings(provider: PaymentProvider, { missingUrls }: PaymentNeeds): FieldError[] {
  if (!provider.capabilities.needsReturnUrls) return [];
  return missingUrls.map((name) =>
    lacking(provider, { code: 'required', pointer: `/${name}` }, `needs a ${name}`),
  );
}

function lacking(
  provider: PaymentProvider,
  where: Pick<FieldError, 'pointer' | 'code'>,
  what: string,
): FieldError {
  return { ...where, detail: `${provider.name} (${provider.account}) ${what}.` };
}
