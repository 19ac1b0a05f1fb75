import { isLoopback } from '../../../shared/loopback';
import {
  integerSetting,
  parsedSetting,
  type SettingValues,
  textSetting,
} from '../../../shared/settings';
import {
  readSettings,
  reportUnknownNames,
  type SettingReading,
} from '../../../shared/settings-reader';

export const OIDC_PREFIX = 'OIDC_';

/** Only keys of which one half is public: with the others (HS256), whoever can check a token can make one. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

const secureUrl = (described: Readonly<Record<'about' | 'cure' | 'example', string>>) =>
  parsedSetting<string | null>(
    {
      expected: 'be an https URL without a query; http for this machine only',
      parse: (text) => (isSecure(text) ? text : undefined),
    },
    { ...described, fallback: null },
  );

export const oidcSettings = {
  ISSUER: secureUrl({
    about:
      'The OpenID Connect issuer whose tokens are accepted beside API keys. Left out, none are.',
    cure: 'Copy it letter by letter from `issuer` in its /.well-known/openid-configuration.',
    example: 'https://login.example.com/realms/shop',
  }),
  AUDIENCE: textSetting<null>({
    about: 'What a token must name in `aud`: this API, as the issuer knows it.',
    cure: 'Register this API at the issuer and use its identifier, never that of a web page: tokens that say who signed in there name the page.',
    example: 'https://pay.example.com',
    fallback: null,
  }),
  JWKS_URL: secureUrl({
    about:
      'Where the issuer publishes its keys. Left out, its /.well-known/openid-configuration says it.',
    cure: 'Leave it out unless the issuer has no such page.',
    example: 'https://login.example.com/keys',
  }),
  ALGORITHMS: parsedSetting<readonly string[]>(
    {
      expected: `be names from ${ALGORITHMS.join(', ')}, separated by commas`,
      parse: (text) => {
        const names = text.split(',').map((name) => name.trim());
        return names.every((name) => ALGORITHMS.includes(name)) ? names : undefined;
      },
    },
    {
      about: 'The algorithms with which tokens may be signed.',
      cure: 'Use the one that the issuer signs with.',
      fallback: ['RS256', 'PS256', 'ES256', 'EdDSA'],
    },
  ),
  CLOCK_TOLERANCE_S: integerSetting(
    { min: 0, max: 300 },
    {
      about: 'Seconds by which the clocks of the issuer and of this machine may differ.',
      cure: 'Keep it small, and the clocks in step.',
      fallback: 30,
    },
  ),
  TOKEN_AGE_MAX_S: integerSetting(
    { min: 60, max: 2_592_000 },
    {
      about: 'Seconds after which a token is refused however long it says that it lasts.',
      cure: 'Use the longest life that the issuer gives to access tokens: nothing takes a token back before.',
      fallback: 86_400,
    },
  ),
  ROLE_CLAIM: textSetting<null>({
    about:
      'The claim that holds the roles of whoever signed in, as a name or as a path such as realm_access.roles. Left out, everybody is a user.',
    cure: 'Set it together with OIDC_STAFF_ROLE, or leave both out.',
    example: 'realm_access.roles',
    fallback: null,
  }),
  STAFF_ROLE: textSetting<null>({
    about: 'The role in that claim that makes a caller staff. Everybody else is a user.',
    cure: 'Set it together with OIDC_ROLE_CLAIM, or leave both out.',
    example: 'kassa-staff',
    fallback: null,
  }),
};

export interface OidcSettings extends SettingValues<typeof oidcSettings> {
  readonly ISSUER: string;
  readonly AUDIENCE: string;
}

/** Null where no issuer is set; also where something is wrong, which is then among the problems. */
export function readOidc(reading: SettingReading): OidcSettings | null {
  const own = { ...reading, prefix: OIDC_PREFIX };
  const values = readSettings(oidcSettings, own);
  reportUnknownNames(oidcSettings, own);
  const { ISSUER, AUDIENCE } = values;
  const report = (name: keyof typeof oidcSettings, why: string) => {
    const detail = `is missing ${why}. ${oidcSettings[name].cure}`;
    const isReported = reading.problems.some((problem) => problem.name === OIDC_PREFIX + name);
    if (!isReported) reading.problems.push({ name: OIDC_PREFIX + name, detail });
  };
  const isSet = (name: string) => {
    const { text, problem } = reading.source.read(OIDC_PREFIX + name);
    return text !== undefined || problem !== undefined;
  };
  if (!isSet('ISSUER')) {
    if (Object.keys(oidcSettings).some(isSet))
      report('ISSUER', 'while other OIDC_ settings are set');
    return null;
  }
  if (!isSet('AUDIENCE')) report('AUDIENCE', 'beside OIDC_ISSUER');
  if (isSet('STAFF_ROLE') && !isSet('ROLE_CLAIM')) report('ROLE_CLAIM', 'beside OIDC_STAFF_ROLE');
  if (isSet('ROLE_CLAIM') && !isSet('STAFF_ROLE')) report('STAFF_ROLE', 'beside OIDC_ROLE_CLAIM');
  return ISSUER && AUDIENCE ? { ...values, ISSUER, AUDIENCE } : null;
}

/** Whether keys from this URL are the issuer's: nobody on the way can have changed them. */
export function isSecure(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, search, hash, username } = new URL(text);
  if (search !== '' || hash !== '' || username !== '') return false;
  const host = hostname.replace(/^\[|\]$/g, '');
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(host));
}
