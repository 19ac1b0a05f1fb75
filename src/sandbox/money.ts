/** Decimal text and whole minor units; no floating point anywhere. */

/** PayPal's own table: only these three are without decimals (ISO 4217 gives HUF and TWD two). */
const WITHOUT_DECIMALS = new Set(['HUF', 'JPY', 'TWD']);

export function exponentOf(currency: string): number {
  return WITHOUT_DECIMALS.has(currency) ? 0 : 2;
}

/** "12.5" with exponent 2 is 1250n. Digits beyond the exponent must have been refused before. */
export function toMinor(value: string, exponent: number): bigint {
  const negative = value.startsWith('-');
  const [whole = '', fraction = ''] = value.replace('-', '').split('.');
  const digits = BigInt((whole || '0') + fraction.padEnd(exponent, '0').slice(0, exponent));
  return negative ? -digits : digits;
}

/** 1250n with exponent 2 is "12.50"; with exponent 0 it is "1250". */
export function toDecimal(minor: bigint, exponent: number): string {
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, '0');
  const sign = minor < 0n ? '-' : '';
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/** For people: the currency's sign, grouped thousands and the decimals of the currency. */
export function formatMoney({ decimal, currency }: { decimal: string; currency: string }): string {
  const sign = signOf(currency);
  const [whole = '0', fraction] = decimal.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const gap = /[A-Za-z]$/.test(sign) ? '\u00a0' : '';
  return `${sign}${gap}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}

function signOf(currency: string): string {
  const parts = new Intl.NumberFormat('en', { style: 'currency', currency }).formatToParts(0);
  return parts.find((part) => part.type === 'currency')?.value ?? currency;
}
