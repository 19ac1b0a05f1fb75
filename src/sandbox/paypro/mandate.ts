export const MANDATE_STATES = ['pending', 'approved'] as const;

/** The leave to charge a customer without asking again: https://docs.paypro.nl/reference/api/mandates/ */
export interface Mandate {
  id: string;
  /** The API key whose customer gave it. */
  account: string;
  state: (typeof MANDATE_STATES)[number];
  customer: string;
  payMethod: 'direct-debit' | 'creditcard';
  iban: string | null;
  accountHolderName: string | null;
  createdAt: string;
}

/** How later payments are charged, by the method of the first one; the others leave no mandate. */
export const RECURRING_METHODS: ReadonlyMap<string, Mandate['payMethod']> = new Map([
  ['ideal', 'direct-debit'],
  ['bancontact', 'direct-debit'],
  ['bank-transfer', 'direct-debit'],
  ['klarna-paynow', 'direct-debit'],
  ['direct-debit', 'direct-debit'],
  ['creditcard', 'creditcard'],
]);
