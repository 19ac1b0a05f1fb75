import { createPublicKey, type KeyObject } from 'node:crypto';
import {
  choiceSetting,
  parsedSetting,
  textSetting,
  urlSetting,
} from '../../../../src/shared/settings';

/** Settings of one Acme account: `API_KEY` is read from `ACME__API_KEY`. */
export const acmeSettings = {
  API_KEY: textSetting({
    about: 'The key of the shop at Acme.',
    cure: 'Ask Acme for one and set it here.',
    secret: true,
  }),
  MODE: choiceSetting(['sandbox', 'live'], {
    about: 'Whether the key belongs to a test or to real money.',
    cure: 'Say sandbox for a test key and live for a real one; the two never mix.',
    example: 'sandbox',
  }),
  BASE_URL: urlSetting({
    about: "Where Acme's API answers.",
    cure: 'Leave it out for the real Acme.',
    fallback: 'https://api.acme.example',
  }),
  WEBHOOK_KEY: parsedSetting<KeyObject | null>(
    { expected: 'be a public key, as base64 of its DER', parse: readPublicKey },
    {
      about:
        "Acme's public key, by which its notifications are checked; without it we don't listen.",
      cure: 'Copy it from the page of the shop at Acme.',
      example: 'MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=',
      fallback: null,
    },
  ),
};

function readPublicKey(text: string): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
}
