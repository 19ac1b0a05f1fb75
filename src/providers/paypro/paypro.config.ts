import { choiceSetting, parsedSetting, textSetting, urlSetting } from '../../shared/settings';

/** Where PayPro is: https://docs.paypro.nl/reference/api */
export const PAYPRO_URL = 'https://api.paypro.nl';

/** Settings of one PayPro account, read as `<ACCOUNT>__<NAME>`. See https://docs.paypro.nl/authentication.html */
export const payproSettings = {
  API_KEY: textSetting({
    about: 'The API key of the PayPro account.',
    cure: 'Create a key at app.paypro.nl/developers/api-keys and set it here.',
    secret: true,
  }),
  MODE: choiceSetting(['sandbox', 'live'], {
    about:
      'What the account is called in answers and lists. PayPro documents no test mode and no test ' +
      'keys, so this changes no call: whether money is real depends on API_KEY and BASE_URL alone.',
    cure: 'Say sandbox when the key or the address belongs to a test.',
    fallback: 'live',
  }),
  BASE_URL: urlSetting({
    about: "Where PayPro's API answers.",
    cure: 'Leave it out for the real PayPro.',
    fallback: PAYPRO_URL,
  }),
  WEBHOOK_SECRETS: parsedSetting<readonly string[] | null>(
    { expected: 'be one secret, or two separated by a comma', parse: readSecrets },
    {
      about:
        "Secret of the webhook by which PayPro tells us about changes; without it we don't listen. " +
        'While it is replaced: the new one and the old one.',
      cure: 'Copy it from the webhook at app.paypro.nl/developers/webhooks.',
      secret: true,
      fallback: null,
    },
  ),
};

/** One secret, or two while one replaces the other. */
const SECRETS_MAX = 2;

function readSecrets(text: string): readonly string[] | undefined {
  const secrets = text.split(',').map((secret) => secret.trim());
  const isGood = secrets.length <= SECRETS_MAX && secrets.every((secret) => secret !== '');
  return isGood ? secrets : undefined;
}
