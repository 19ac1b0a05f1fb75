import { type PaymentProvider } from '../../src/providers/payment-provider';
import { accountPrefix, type Adapter } from '../../src/providers/provider-adapter';
import { ProviderHttp } from '../../src/providers/provider-http';
import { systemClock } from '../../src/shared/clock';
import { type SettingProblem } from '../../src/shared/settings-reader';
import { exampleOf, requiredOfAccount, sourceOf } from './documentation-config';

/** An adapter with the provider that it builds from required settings, and those of a variant, alone. */
export interface DocumentedProvider {
  readonly adapter: Adapter;
  /** The heading of its column: `PayPal`, and what was set for a variant. */
  readonly title: string;
  readonly isVariant: boolean;
  readonly provider: PaymentProvider;
  /** Optional settings that switch notifications on, each by itself. */
  readonly notifiedBy: readonly string[];
}

/** The adapter as it is, and each of its variants. */
export function documentedProviders(adapter: Adapter): readonly DocumentedProvider[] {
  return [{}, ...adapter.variants].map((settings) => documentedProvider(adapter, settings));
}

function documentedProvider(
  adapter: Adapter,
  settings: Readonly<Record<string, string>>,
): DocumentedProvider {
  const prefix = accountPrefix(adapter.type);
  const chosen = Object.entries(settings).map(([name, value]) => [prefix + name, value] as const);
  const provider = build(adapter, Object.fromEntries(chosen));
  if (provider === null) throw new Error(`${adapter.name} refuses the examples of its settings.`);
  const title = [adapter.name, ...chosen.map(([name, value]) => `\`${name}=${value}\``)].join(', ');
  const notifiedBy = Object.entries(adapter.settings)
    .filter(([, { fallback }]) => fallback?.text === '')
    .map(([name, setting]) => ({ name: prefix + name, value: exampleOf(setting) }))
    .filter(({ name, value }) => build(adapter, { [name]: value })?.notifications !== undefined)
    .map(({ name }) => name);
  return { adapter, title, isVariant: chosen.length > 0, provider, notifiedBy };
}

/** Null when a value does not fit its setting. */
function build(adapter: Adapter, optional: Readonly<Record<string, string>>) {
  const account = adapter.type;
  const problems: SettingProblem[] = [];
  const source = sourceOf({ ...requiredOfAccount(adapter), ...optional });
  const toProvider = adapter.configure(account, source, problems);
  if (problems.length > 0) return null;
  return toProvider({
    account,
    clock: systemClock,
    openHttp: (options) => new ProviderHttp(account, options, () => undefined),
  });
}
