import { readIban } from '../../shared/iban';
import {
  integerSetting,
  parsedSetting,
  type SettingValues,
  textSetting,
  urlSetting,
} from '../../shared/settings';
import { readSettings, type SettingReading } from '../../shared/settings-reader';
import { logoSetting } from './page/logo';

/** Money is lent for a year at most. */
const DUE_DAYS_MAX = 365;
/** With an id behind it, a camera still reads its QR code of 31 mm. */
const PAY_URL_BYTES_MAX = 250;
const SERIES = /^[A-Z][A-Z0-9]{0,9}$/;
/** ISO 9362: bank, country, place and maybe a branch. */
const BIC = /^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
/** A country and up to 13 letters and digits; EN 16931 wants it to begin so (BR-CO-09). */
const VAT_NUMBER = /^[A-Z]{2}[A-Z0-9+*]{2,13}$/;

const issuerText = (described: { readonly about: string; readonly example: string }) =>
  textSetting<null>({
    ...described,
    cure: 'Invoices cannot be issued without it where the law asks for it; everything else works.',
    fallback: null,
  });

const series = ({ about, fallback }: { readonly about: string; readonly fallback: string }) =>
  parsedSetting(
    {
      expected: 'be 1 to 10 capital letters and digits, a letter first',
      parse: (text) => (SERIES.test(text) ? text : undefined),
    },
    { about, cure: `Use ${fallback}. A new series starts at 1.`, fallback },
  );

export const invoicesSettings = {
  INVOICE_ISSUER_NAME: issuerText({
    about: 'Who sends invoices: the registered name.',
    example: 'Kassa BV',
  }),
  INVOICE_ISSUER_ADDRESS: issuerText({
    about: 'Street and number of the issuer.',
    example: 'Damrak 1',
  }),
  INVOICE_ISSUER_POSTAL: issuerText({ about: 'Postal code of the issuer.', example: '1012 LG' }),
  INVOICE_ISSUER_CITY: issuerText({ about: 'City of the issuer.', example: 'Amsterdam' }),
  INVOICE_ISSUER_COUNTRY: optional(
    'be the two capital letters of an ISO 3166-1 country',
    (text) => (/^[A-Z]{2}$/.test(text) ? text : undefined),
    { about: 'Country of the issuer.', cure: 'Use NL for the Netherlands.', example: 'NL' },
  ),
  INVOICE_ISSUER_VAT_NUMBER: optional(
    'begin with the two letters of its country',
    (text) => {
      const number = text.replaceAll(/[ .-]/g, '').toUpperCase();
      return VAT_NUMBER.test(number) ? number : undefined;
    },
    {
      about: 'VAT identification number of the issuer.',
      cure: 'Write it as the tax office does, with its country: NL123456789B01.',
      example: 'NL123456789B01',
    },
  ),
  INVOICE_ISSUER_REGISTRATION_NUMBER: issuerText({
    about: 'Number in the trade register; in the Netherlands the KvK number.',
    example: '12345678',
  }),
  INVOICE_ISSUER_EMAIL: optional(
    'be an e-mail address',
    (text) => (EMAIL.test(text) ? text : undefined),
    {
      about: 'Where customers write to about invoices.',
      cure: 'Use an address that somebody reads.',
      example: 'invoices@example.com',
    },
  ),
  INVOICE_ISSUER_PHONE: issuerText({
    about: 'Telephone number of the issuer.',
    example: '+31 20 123 4567',
  }),
  INVOICE_ISSUER_WEBSITE: urlSetting<null>({
    about: 'Website of the issuer.',
    cure: 'Write it with https://.',
    example: 'https://example.com',
    fallback: null,
  }),
  INVOICE_ISSUER_IBAN: optional(
    'be an IBAN with right check digits',
    (text) => readIban(text) ?? undefined,
    {
      about: 'Bank account for customers who pay by transfer; printed with a QR code for EUR.',
      cure: 'Copy it from the bank.',
      example: 'NL91ABNA0417164300',
    },
  ),
  INVOICE_ISSUER_BIC: optional(
    'be a BIC of 8 or 11 characters',
    (text) => (BIC.test(text) ? text : undefined),
    { about: 'BIC of that bank.', cure: 'Leave it out within the EEA.', example: 'ABNANL2A' },
  ),
  INVOICE_LOGO_FILE: logoSetting,
  INVOICE_TIME_ZONE: parsedSetting(
    {
      expected: 'be a time zone such as Europe/Amsterdam',
      parse: (text) => (isTimeZone(text) ? text : undefined),
    },
    {
      about: 'Where the issuer’s day begins: issue dates and the year of a number follow it.',
      cure: 'Use a name of the IANA list.',
      fallback: 'Europe/Amsterdam',
    },
  ),
  INVOICE_PAY_URL: shortUrl({
    about:
      'A page of yours where customers pay; printed on invoices as link and QR code with the id added: <url>/inv_….',
    cure: 'Use a short address of yours that leads there; leave it out where invoices are paid by transfer only.',
    example: 'https://shop.example.com/pay',
  }),
  INVOICE_DUE_DAYS: integerSetting(
    { min: 0, max: DUE_DAYS_MAX },
    {
      about: 'Days after the issue date by which an invoice without a due date is to be paid.',
      cure: 'Use 14 or 30.',
      fallback: 30,
    },
  ),
  INVOICE_SERIES: series({
    about: 'Series of invoice numbers: INV gives INV-2026-0001.',
    fallback: 'INV',
  }),
  CREDIT_NOTE_SERIES: series({
    about: 'Series of credit note numbers; never that of invoices.',
    fallback: 'CN',
  }),
};

export type InvoicesSettings = SettingValues<typeof invoicesSettings>;

/** Injection token of this slice. */
export const INVOICES_SETTINGS = Symbol('invoices settings');

export function readInvoicesSettings(reading: SettingReading): InvoicesSettings {
  const settings = readSettings(invoicesSettings, reading);
  if (settings.INVOICE_SERIES === settings.CREDIT_NOTE_SERIES) {
    const detail = 'must differ from INVOICE_SERIES. Use CN, or leave it out.';
    reading.problems.push({ name: 'CREDIT_NOTE_SERIES', detail });
  }
  return settings;
}

/** What is printed as a QR code has to be scanned from paper. */
function shortUrl(described: Described) {
  const setting = urlSetting<null>({ ...described, fallback: null });
  const parse = (text: string) => {
    const url = setting.parse(text);
    return url && Buffer.byteLength(url) > PAY_URL_BYTES_MAX ? undefined : url;
  };
  const expected = `${setting.expected} of at most ${PAY_URL_BYTES_MAX} bytes`;
  return { ...setting, expected, parse };
}

interface Described {
  readonly about: string;
  readonly cure: string;
  readonly example: string;
}

function optional(
  expected: string,
  parse: (text: string) => string | undefined,
  described: Described,
) {
  return parsedSetting<string | null>({ expected, parse }, { ...described, fallback: null });
}

function isTimeZone(name: string): boolean {
  // The database knows names of this form; abbreviations and offsets mean different things to different programs.
  if (!/^[A-Z]\w+(?:\/[\w+-]+){0,2}$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
