import { type CurrencyLimits } from '../../src/providers/provider-capabilities';
import { currencyExponent, minorPerUnit } from '../../src/shared/money/currency';
import { minorToDecimal } from '../../src/shared/money/money';
import { renderTable } from './markdown';

const HEAD = ['Currencies', 'Decimals', 'Least', 'Most', '`amount` is a multiple of'];

/** What the provider takes, one row for all currencies with the same limits. */
export function renderCurrencies(currencies: Readonly<Record<string, CurrencyLimits>>): string {
  const codesByLimits = new Map<string, string[]>();
  const rows: { readonly codes: string[]; readonly limits: readonly string[] }[] = [];
  for (const [code, declared] of Object.entries(currencies)) {
    const limits = limitsOf(code, declared);
    const codes = codesByLimits.get(limits.join());
    if (codes) codes.push(code);
    else {
      const first = [code];
      codesByLimits.set(limits.join(), first);
      rows.push({ codes: first, limits });
    }
  }
  const table = renderTable(
    HEAD,
    rows.map(({ codes, limits }) => [codes.join(', '), ...limits]),
  );
  return `${table}${notesOn(currencies)}`;
}

function limitsOf(
  code: string,
  { exponent, minimumMinor, maximumMinor }: CurrencyLimits,
): string[] {
  const show = (minor: bigint | null) =>
    minor === null ? 'not named' : minorToDecimal(minor, currencyExponent(code));
  return [
    String(exponent),
    show(minimumMinor),
    show(maximumMinor),
    String(minorPerUnit(code, exponent)),
  ];
}

/** What a reader of the table may trip over. */
function notesOn(currencies: Readonly<Record<string, CurrencyLimits>>): string {
  const all = Object.entries(currencies);
  const coarse = all
    .filter(([code, { exponent }]) => minorPerUnit(code, exponent) > 1n)
    .map(([code]) => code);
  const unlimited = all.some(([, limits]) => limits.minimumMinor === null);
  return [
    coarse.length === 0
      ? ''
      : `\nFewer decimals than ISO 4217 gives them: ${coarse.join(', ')}. \`amount\` counts by ISO 4217 all the same.\n`,
    unlimited
      ? '\nWhere no limit is named, the provider may still refuse by its pay method.\n'
      : '',
  ].join('');
}
