/** What is counted where nothing is said, or where the word is unknown: "one". */
export const COUNTED = 'C62';

/**
 * Words for units → UN/ECE recommendation 20, in the languages of our invoices.
 * Source: https://docs.peppol.eu/poacc/billing/3.0/codelist/UNECERec20/
 */
const WORDS: Readonly<Record<string, string>> = {
  C62: 'one each item items',
  H87: 'piece pieces pcs stuk stuks st stück',
  SEC: 'second seconds seconde seconden sekunde sekunden',
  MIN: 'minute minutes min minuut minuten',
  HUR: 'hour hours h uur uren stunde stunden',
  DAY: 'day days dag dagen tag tage',
  WEE: 'week weeks weken woche wochen',
  MON: 'month months maand maanden monat monate',
  ANN: 'year years jaar jaren jahr jahre',
  GRM: 'gram grams g gramm',
  KGM: 'kilogram kilograms kg kilo kilogramm',
  TNE: 'tonne tonnes ton tonnen',
  MLT: 'millilitre milliliter ml',
  LTR: 'litre litres liter liters l',
  MMT: 'millimetre millimeter mm',
  CMT: 'centimetre centimeter cm',
  MTR: 'metre metres meter meters m',
  KMT: 'kilometre kilometres kilometer kilometers km',
  MTK: 'm2 m²',
  MTQ: 'm3 m³',
  KWH: 'kwh',
  XBX: 'box boxes doos dozen karton',
  XPK: 'package packages pakket pakketten paket pakete',
  XPA: 'packet packets pakje pakjes',
  SET: 'set sets',
};

const CODES: ReadonlyMap<string, string> = new Map(
  Object.entries(WORDS).flatMap(([code, words]) => [
    [code.toLowerCase(), code] as const,
    ...words.split(' ').map((word) => [word, code] as const),
  ]),
);

/** The code for a unit as people write it, or for the code itself; null where we know none. */
export function unitCode(unit: string): string | null {
  return CODES.get(unit.trim().toLowerCase()) ?? null;
}
