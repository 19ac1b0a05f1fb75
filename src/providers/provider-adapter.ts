import { type Clock } from '../shared/clock';
import { type SettingSlice, type SettingValues } from '../shared/settings';
import {
  readSettings,
  reportUnknownNames,
  type SettingProblem,
  type SettingSource,
} from '../shared/settings-reader';
import { type PaymentProvider } from './payment-provider';
import { type ProviderHttp, type ProviderHttpOptions } from './provider-http';

/** What an adapter is given to work with. */
export interface AdapterTools {
  readonly account: string;
  readonly clock: Clock;
  readonly openHttp: (options: ProviderHttpOptions) => ProviderHttp;
}

/** An adapter as its folder declares it. */
export interface AdapterDeclaration<S extends SettingSlice> {
  readonly type: string;
  readonly name: string;
  /** Names without the account's prefix: `CLIENT_ID` is read from `PAYPAL__CLIENT_ID`. */
  readonly settings: S;
  /** ISO 4217 codes that it takes, whatever its settings: known before an account is built. */
  readonly currencies: readonly string[];
  /** Settings that make something else of it, told apart in the documentation: `{ API: 'payments_v1' }`. */
  readonly variants?: readonly Readonly<Record<string, string>>[];
  readonly build: (settings: SettingValues<S>, tools: AdapterTools) => PaymentProvider;
}

/** An adapter as the list in `providers.ts` holds it: its settings are read and kept inside. */
export interface Adapter {
  readonly type: string;
  readonly name: string;
  readonly settings: SettingSlice;
  readonly currencies: readonly string[];
  readonly variants: readonly Readonly<Record<string, string>>[];
  /** Reads the account's settings; what is returned builds the provider once nothing is wrong. */
  configure(
    account: string,
    source: SettingSource,
    problems: SettingProblem[],
  ): (tools: AdapterTools) => PaymentProvider;
}

export function defineAdapter<S extends SettingSlice>(declaration: AdapterDeclaration<S>): Adapter {
  const { type, name, settings, currencies, variants = [], build } = declaration;
  return {
    type,
    name,
    settings,
    currencies,
    variants,
    configure: (account, source, problems) => {
      const prefix = accountPrefix(account);
      const values = readSettings(settings, { source, problems, prefix });
      reportUnknownNames({ TYPE: ACCOUNT_TYPE, ...settings }, { source, problems, prefix });
      return (tools) => build(values, tools);
    },
  };
}

/** `paypal_be` → `PAYPAL_BE__`. Two underscores, because they cannot be part of an account's name. */
export function accountPrefix(account: string): string {
  return `${account.toUpperCase()}__`;
}

/** Every account may say which adapter it uses; without it the account's own name is the type. */
const ACCOUNT_TYPE = {
  about: 'Which adapter the account uses.',
  cure: 'Name one of the adapters.',
  expected: 'be the name of an adapter',
  parse: (text: string) => text,
};
