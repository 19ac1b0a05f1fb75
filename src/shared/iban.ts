/** Country, two check digits and an account: up to 34 characters. ISO 13616-1. */
const IBAN = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;

/** An IBAN without the spaces that people write it with; null when its form or its check digits are wrong. */
export function readIban(text: string): string | null {
  const iban = text.replaceAll(' ', '').toUpperCase();
  return IBAN.test(iban) && remainderOf(iban) === 1n ? iban : null;
}

/** ISO 7064 MOD 97-10: the first four characters move to the end, letters count from 10 (A) to 35 (Z). */
function remainderOf(iban: string): bigint {
  const moved = iban.slice(4) + iban.slice(0, 4);
  const digits = [...moved].map((character) => Number.parseInt(character, 36)).join('');
  return BigInt(digits) % 97n;
}
