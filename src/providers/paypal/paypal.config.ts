import {
  choiceSetting,
  integerSetting,
  parsedSetting,
  textSetting,
  urlSetting,
} from '../../shared/settings';
import { readCertificates } from './paypal.certificate-chain';
import { readCertificatePlaces } from './paypal.certificate-url';

/** PayPal's hosts: https://developer.paypal.com/api/rest/#link-baseurl */
export const BASE_URLS = {
  sandbox: 'https://api-m.sandbox.paypal.com',
  live: 'https://api-m.paypal.com',
} as const;

/** Where PayPal keeps the certificates of its signatures, by both spellings of its hosts. */
const CERTIFICATE_PLACES = ['api', 'api.sandbox', 'api-m', 'api-m.sandbox'].map(
  (host) => `https://${host}.paypal.com/v1/notifications/certs/`,
);

/** The settings of one PayPal account; `CLIENT_ID` is read from `PAYPAL__CLIENT_ID`. */
export const paypalSettings = {
  CLIENT_ID: textSetting({
    about: 'Client id of the REST app that takes the payments.',
    cure: 'Copy it from Apps & Credentials at https://developer.paypal.com/dashboard/applications.',
    example: 'AeA1QIZXiflr1',
  }),
  CLIENT_SECRET: textSetting({
    about: 'Secret of the same REST app.',
    cure: 'Copy it from Apps & Credentials at https://developer.paypal.com/dashboard/applications.',
    secret: true,
  }),
  // No default: a sandbox default would take no money in silence, a live one would take it by accident.
  MODE: choiceSetting(['sandbox', 'live'], {
    about: 'Whether the credentials belong to the sandbox or to real money.',
    cure: 'Say sandbox for test credentials and live for real ones; the two never mix.',
    example: 'sandbox',
  }),
  API: choiceSetting(['orders_v2', 'payments_v1'], {
    about: "Which of PayPal's APIs new payments are made with; older ones stay with theirs.",
    cure: 'Leave it out to use Orders v2. Say payments_v1 where return pages expect paymentId=PAYID-… and PayerID: PayPal calls that API deprecated.',
    fallback: 'orders_v2',
  }),
  BASE_URL: urlSetting<string | null>({
    about: "Where PayPal's API is; follows from MODE when it is left out.",
    cure: "Leave it out to use PayPal's own address.",
    fallback: null,
  }),
  BRAND_NAME: textSetting<string | null>({
    about: "Name that PayPal's pages show to the payer instead of the account's own.",
    cure: 'Leave it out to show the name of the PayPal account.',
    fallback: null,
  }),
  APPROVAL_WINDOW_HOURS: integerSetting(
    { min: 0, max: 72 },
    {
      about: 'How long a payer has to agree before PayPal forgets the order.',
      cure: 'PayPal gives 3 hours unless an account manager set 24, 48 or 72; with 0 an order that is gone counts as expired at once.',
      fallback: 3,
    },
  ),
  WEBHOOK_ID: textSetting<string | null>({
    about: "Id of the webhook by which PayPal tells us about changes; without it we don't listen.",
    cure: 'Add a webhook to the REST app with the address /api/notifications/<account> and copy its id.',
    example: '96605875FF6516633',
    fallback: null,
  }),
  WEBHOOK_CERT_URLS: parsedSetting<readonly string[]>(
    {
      expected: 'be https addresses separated by commas (http on this machine), without a query',
      parse: readCertificatePlaces,
    },
    {
      about: 'Where certificates of webhook signatures may come from: beginnings of addresses.',
      cure: "Leave it out to accept PayPal's own addresses only.",
      fallback: CERTIFICATE_PLACES,
    },
  ),
  WEBHOOK_CA: parsedSetting<string | null>(
    {
      expected: 'be certificates as PEM text',
      parse: (text) => (readCertificates(text) === null ? undefined : text),
    },
    {
      about: 'The certificates that those of webhook signatures must descend from.',
      cure: 'Leave it out to trust the root certificates that come with Node.js.',
      fallback: null,
    },
  ),
};
