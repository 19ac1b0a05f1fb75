/** One reason why a document is no valid e-invoice. */
export interface EInvoiceProblem {
  /** Which rule: of EN 16931 (`BR-CO-15`), of Peppol (`PEPPOL-EN16931-R010`, `NL-R-003`), or `schema`. */
  readonly rule: string;
  /** What is wrong, in a sentence for whoever can mend it. */
  readonly detail: string;
}

/** Thrown instead of handing out an e-invoice that a receiver would refuse; lists everything that is wrong with it. */
export class EInvoiceError extends Error {
  constructor(
    number: string,
    readonly problems: readonly EInvoiceProblem[],
  ) {
    const list = problems.map(({ rule, detail }) => `[${rule}] ${detail}`).join(' ');
    super(`${number} cannot be written as an e-invoice. ${list}`);
    this.name = 'EInvoiceError';
  }
}

export function refuseProblems(number: string, problems: readonly EInvoiceProblem[]): void {
  if (problems.length > 0) throw new EInvoiceError(number, problems);
}
