/** Member states of the European Union, ISO 3166-1 (Greece as GR). Source: https://european-union.europa.eu. */
const EURO_COUNTRIES = 'AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK'.split(' ');

/** Those with a currency of their own. Bulgaria took the euro on 2026-01-01. */
const OTHER_CURRENCIES: ReadonlyMap<string, string> = new Map([
  ['CZ', 'CZK'],
  ['DK', 'DKK'],
  ['HU', 'HUF'],
  ['PL', 'PLN'],
  ['RO', 'RON'],
  ['SE', 'SEK'],
]);

export function isInEu(country: string): boolean {
  return EURO_COUNTRIES.includes(country) || OTHER_CURRENCIES.has(country);
}

/** ISO 4217; null for a country outside the union. */
export function nationalCurrency(country: string): string | null {
  return EURO_COUNTRIES.includes(country) ? 'EUR' : (OTHER_CURRENCIES.get(country) ?? null);
}
