import { type ConfiguredAccount } from '../../providers/providers.settings';
import { isCurrency } from '../../shared/money/currency';
import { parsedSetting, textSetting } from '../../shared/settings';
import {
  readSettings,
  reportUnknownNames,
  type SettingReading,
} from '../../shared/settings-reader';

/** Whose API these routes were. */
const USUAL_TYPE = 'paypal';

export const COMPATIBILITY_PREFIX = 'COMPAT_';

/** Names without `COMPAT_`. */
export const compatibilitySettings = {
  ENABLED: parsedSetting<boolean | null>(
    { expected: 'be true or false', parse: readBoolean },
    {
      about:
        'Whether /api/paypal-payments/ and /api/paypal-invoices/ are there for clients of the older API; ' +
        'switched off they answer 424. Left out: on where an account for them is configured.',
      cure: 'Leave it out, or say false where nobody uses these addresses.',
      fallback: null,
    },
  ),
  PROVIDER: textSetting<null>({
    about:
      'The account that takes payments made there. Left out: the first in PROVIDERS that is at PayPal.',
    cure: 'Name one of PROVIDERS, or leave it out.',
    example: 'paypal',
    fallback: null,
  }),
  CURRENCY: parsedSetting<string>(
    {
      expected: 'be an ISO 4217 code in capitals, such as EUR',
      parse: (text) => (isCurrency(text) ? text : undefined),
    },
    {
      about: 'The one currency of these addresses; payments in others are not shown there.',
      cure: 'Name the currency in which your clients of the older API pay.',
      fallback: 'EUR',
    },
  ),
};

/** What the routes of the older API work with. */
export interface CompatibilitySettings {
  /** Takes the payments that are made there. */
  readonly account: string;
  /** All that are configured and of its type: with another one in its place, what was paid at this one stays visible. */
  readonly accounts: readonly string[];
  /** ISO 4217 code. */
  readonly currency: string;
}

/** Injection token of the settings. */
export const COMPATIBILITY_SETTINGS = Symbol('compatibility settings');

/** Null where the routes are switched off. */
export function readCompatibility(
  configured: readonly ConfiguredAccount[],
  reading: SettingReading,
): CompatibilitySettings | null {
  const prefixed = { ...reading, prefix: COMPATIBILITY_PREFIX };
  const { ENABLED, PROVIDER, CURRENCY } = readSettings(compatibilitySettings, prefixed);
  reportUnknownNames(compatibilitySettings, prefixed);
  if (ENABLED === false) return null;
  const report = (name: string, detail: string) =>
    reading.problems.push({ name: `${COMPATIBILITY_PREFIX}${name}`, detail });
  const chosen = configured.find(({ account, type }) =>
    PROVIDER === null ? type === USUAL_TYPE : account === PROVIDER,
  );
  if (!chosen) {
    if (PROVIDER !== null) report('PROVIDER', 'must be one of PROVIDERS, or left out.');
    else if (ENABLED) report('ENABLED', NO_ACCOUNT);
    return null;
  }
  const { account, type, currencies } = chosen;
  // One that is no currency at all was reported already.
  if (isCurrency(CURRENCY) && !currencies.includes(CURRENCY)) {
    const some = currencies.join(', ');
    report('CURRENCY', `must be one that the account "${account}" takes: ${some}.`);
  }
  const accounts = configured.filter((one) => one.type === type).map((one) => one.account);
  return { account, accounts, currency: CURRENCY };
}

const NO_ACCOUNT =
  `is true, but no account is of the type ${USUAL_TYPE}. Add one to PROVIDERS, name another account in ` +
  `${COMPATIBILITY_PREFIX}PROVIDER, or leave ${COMPATIBILITY_PREFIX}ENABLED out.`;

function readBoolean(text: string): boolean | undefined {
  return text === 'true' ? true : text === 'false' ? false : undefined;
}
