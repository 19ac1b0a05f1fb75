import { listSetting, textSetting } from '../shared/settings';
import { readSettings, type SettingReading } from '../shared/settings-reader';
import { type Adapter, type AdapterTools, accountPrefix } from './provider-adapter';
import { type PaymentProvider } from './payment-provider';

export const providersSettings = {
  PROVIDERS: listSetting({
    about: 'The provider accounts that are switched on, in order of preference.',
    cure: 'Set it to the accounts to use, such as paypal,paypro.',
    example: 'paypal,paypro',
  }),
  DEFAULT_PROVIDER: textSetting<null>({
    about:
      'The account that takes a payment which names none, where it can; otherwise the first that can.',
    cure: 'Name one of PROVIDERS, or leave it out.',
    example: 'paypro',
    fallback: null,
  }),
};

export interface ProvidersConfig {
  readonly defaultAccount: string | null;
  readonly accounts: readonly ConfiguredAccount[];
}

export interface ConfiguredAccount {
  readonly account: string;
  /** Which adapter it uses. */
  readonly type: string;
  /** ISO 4217 codes that it takes. */
  readonly currencies: readonly string[];
  readonly build: (tools: AdapterTools) => PaymentProvider;
}

/** Reads which accounts are on and the settings of each; an account that is off needs none. */
export function readProviders(
  adapters: readonly Adapter[],
  reading: SettingReading,
): ProvidersConfig {
  const { PROVIDERS, DEFAULT_PROVIDER } = readSettings(providersSettings, reading);
  const names = PROVIDERS ?? [];
  if (DEFAULT_PROVIDER && !names.includes(DEFAULT_PROVIDER)) {
    reading.problems.push({ name: 'DEFAULT_PROVIDER', detail: 'must be one of PROVIDERS.' });
  }
  const accounts = names.flatMap((account) => {
    const configured = readAccount(account, adapters, reading);
    return configured ? [configured] : [];
  });
  return { defaultAccount: DEFAULT_PROVIDER, accounts };
}

function readAccount(
  account: string,
  adapters: readonly Adapter[],
  { source, problems }: SettingReading,
): ConfiguredAccount | null {
  const typeName = `${accountPrefix(account)}TYPE`;
  const type = source.read(typeName).text ?? account;
  const adapter = adapters.find((candidate) => candidate.type === type);
  if (adapter) {
    const { currencies } = adapter;
    return { account, type, currencies, build: adapter.configure(account, source, problems) };
  }
  const types = adapters.map((candidate) => candidate.type).join(', ');
  const detail = `must say which adapter the account "${account}" uses: ${types}.`;
  problems.push({ name: typeName, detail });
  return null;
}
