import { isInEu } from './countries';

/** Greece writes EL before its VAT numbers, by article 215 of directive 2006/112/EC. */
const GREECE = { country: 'GR', prefix: 'EL' } as const;
/** Under the Windsor Framework its goods are treated as those of a member state. */
export const NORTHERN_IRELAND = { country: 'GB', prefix: 'XI' } as const;

/** The two letters that a VAT number begins with, in capitals; null where it does not. */
export function vatPrefixOf(vatNumber: string | null): string | null {
  return /^[A-Z]{2}/.exec((vatNumber ?? '').trim().toUpperCase())?.[0] ?? null;
}

/** Whether VAT numbers for goods within the union begin with it. */
export function isMemberPrefix(prefix: string): boolean {
  if (prefix === GREECE.prefix || prefix === NORTHERN_IRELAND.prefix) return true;
  return isInEu(prefix) && prefix !== GREECE.country;
}
