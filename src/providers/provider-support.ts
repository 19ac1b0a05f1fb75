import { documentedProviders, type DocumentedProvider } from './documented-provider';
import { type PaymentProvider } from './payment-provider';
import { adapters } from './providers';

/** `true` and `false` say whether it can; a word says in which way. */
type Support = boolean | string;

/** What operations ask of a provider. */
const ABILITIES = {
  payments: () => true,
  approve: ({ capabilities }) => capabilities.approve,
  cancel: ({ capabilities }) => capabilities.cancel,
  holds: ({ capabilities }) => capabilities.holds,
  refunds: ({ refunds }) => refunds !== undefined,
  cancelRefund: ({ refunds }) => refunds?.cancel !== undefined,
  mandates: ({ mandates }) => mandates !== undefined,
  payMethods: ({ payMethods }) => payMethods !== undefined,
} satisfies Readonly<Record<string, (provider: PaymentProvider) => Support>>;

export type ProviderAbility = keyof typeof ABILITIES;

export type ProviderSupport = (ability: ProviderAbility) => Readonly<Record<string, Support>>;

/** Says which adapter can do what: `{ paypal: true, paypro: false }`; a variant is named where it differs. */
export function providerSupport(): ProviderSupport {
  const all = adapters.flatMap(documentedProviders);
  return (ability) => {
    const tell = ({ provider }: DocumentedProvider) => ABILITIES[ability](provider);
    const support: Record<string, Support> = {};
    for (const one of all.filter(({ isVariant }) => !isVariant)) {
      support[one.adapter.type] = tell(one);
    }
    for (const one of all.filter(({ isVariant }) => isVariant)) {
      const word = tell(one);
      if (support[one.adapter.type] !== word) support[one.variant] = word;
    }
    return support;
  };
}
