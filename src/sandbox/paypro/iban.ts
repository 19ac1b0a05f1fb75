const IBAN = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;

/** The form only; spaces may stand between the groups. */
export function isIban(text: string): boolean {
  return IBAN.test(text.replaceAll(' ', ''));
}
