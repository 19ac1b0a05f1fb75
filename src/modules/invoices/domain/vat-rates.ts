import { compareDecimals, type Decimal, decimalOf } from './decimal';

interface VatRate {
  readonly country: string;
  /** Percent. */
  readonly rate: string;
  /** First day that counts here; some applied before. */
  readonly from: string;
  /** Last day; left out: still applies. */
  readonly until?: string;
}

/**
 * Rates of category S. A change of the law is a new row, never an edited one: old supplies keep their rate.
 * Sources: European Commission, "VAT rates applied in the Member States",
 * https://taxation-customs.ec.europa.eu/taxation/vat/vat-directive/vat-rates_en, and
 * NL https://www.belastingdienst.nl/wps/wcm/connect/nl/btw/content/btw-tarief,
 * BE https://finance.belgium.be/en/enterprises/vat/declaration/vat-rates,
 * DE § 12 and § 28 UStG, https://www.gesetze-im-internet.de/ustg_1980/,
 * FR https://www.economie.gouv.fr/cedef/les-fiches-pratiques/quels-sont-les-taux-de-tva-en-vigueur-en-france-et-dans-lunion.
 */
const VAT_RATES: readonly VatRate[] = [
  { country: 'NL', rate: '21', from: '2012-10-01' },
  { country: 'NL', rate: '6', from: '2001-01-01', until: '2018-12-31' },
  { country: 'NL', rate: '9', from: '2019-01-01' },
  { country: 'BE', rate: '21', from: '2000-01-01' },
  { country: 'BE', rate: '12', from: '2000-01-01' },
  { country: 'BE', rate: '6', from: '2000-01-01' },
  { country: 'DE', rate: '19', from: '2007-01-01', until: '2020-06-30' },
  { country: 'DE', rate: '7', from: '2007-01-01', until: '2020-06-30' },
  { country: 'DE', rate: '16', from: '2020-07-01', until: '2020-12-31' },
  { country: 'DE', rate: '5', from: '2020-07-01', until: '2020-12-31' },
  { country: 'DE', rate: '19', from: '2021-01-01' },
  { country: 'DE', rate: '7', from: '2021-01-01' },
  { country: 'FR', rate: '20', from: '2014-01-01' },
  { country: 'FR', rate: '10', from: '2014-01-01' },
  { country: 'FR', rate: '5.5', from: '2014-01-01' },
  { country: 'FR', rate: '2.1', from: '2014-01-01' },
];

const COUNTRIES = new Set(VAT_RATES.map(({ country }) => country));

interface Where {
  readonly country: string;
  readonly day: string;
}

/** The rates of a country on a day (`YYYY-MM-DD`), highest first; null for a country that the table does not have. */
export function vatRatesOf({ country, day }: Where): readonly Decimal[] | null {
  if (!COUNTRIES.has(country)) return null;
  return VAT_RATES.filter((row) => row.country === country)
    .filter(({ from, until }) => from <= day && (until === undefined || day <= until))
    .map(({ rate }) => decimalOf(rate))
    .sort((a, b) => compareDecimals(b, a));
}
