import { systemClock } from '../shared/clock';
import { type Setting, type SettingSlice } from '../shared/settings';
import {
  environmentSource,
  type SettingProblem,
  type SettingSource,
} from '../shared/settings-reader';
import { type PaymentProvider } from './payment-provider';
import { accountPrefix, type Adapter } from './provider-adapter';
import { ProviderHttp } from './provider-http';

/** Stands for a required setting that has no example, secrets first of all; nothing is ever sent with it. */
const PLACEHOLDER = 'documentation';

/** An adapter with the provider that it builds from required settings, and those of a variant, alone. */
export interface DocumentedProvider {
  readonly adapter: Adapter;
  /** The heading of its column: `PayPal`, and what was set for a variant. */
  readonly title: string;
  readonly isVariant: boolean;
  /** What is set for a variant, `PAYPAL__API=payments_v1`; else empty. */
  readonly variant: string;
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
  const set = chosen.map(([name, value]) => `${name}=${value}`);
  const title = [adapter.name, ...set.map((one) => `\`${one}\``)].join(', ');
  const notifiedBy = Object.entries(adapter.settings)
    .filter(([, { fallback }]) => fallback?.text === '')
    .map(([name, setting]) => ({ name: prefix + name, value: exampleOf(setting) }))
    .filter(({ name, value }) => build(adapter, { [name]: value })?.notifications !== undefined)
    .map(({ name }) => name);
  const variant = set.join(', ');
  return { adapter, title, isVariant: set.length > 0, variant, provider, notifiedBy };
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

/** What an account named after its adapter cannot do without. */
export function requiredOfAccount({ type, settings }: Adapter): Record<string, string> {
  return requiredOf(settings, accountPrefix(type));
}

/** Settings as if the environment held them, and nothing else. */
export function sourceOf(values: Readonly<Record<string, string>>): SettingSource {
  return environmentSource(values, unreadable);
}

/** Examples for what has no default; a required setting with a grammar of its own needs an `example`. */
export function requiredOf(slice: SettingSlice, prefix: string): Record<string, string> {
  const required = Object.entries(slice).filter(([, { fallback }]) => fallback === undefined);
  return Object.fromEntries(required.map(([name, setting]) => [prefix + name, exampleOf(setting)]));
}

/** What a setting is set to here: its example, else something that nobody takes for a real value. */
function exampleOf({ example }: Setting<unknown>): string {
  return example ?? PLACEHOLDER;
}

function unreadable(path: string): never {
  throw new Error(`Documentation reads no settings from files, so not from ${path}.`);
}
