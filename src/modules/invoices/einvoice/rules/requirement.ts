import { type EInvoiceProblem } from '../e-invoice-error';

/** A rule, and what is wrong where it is not met. */
export interface Requirement extends EInvoiceProblem {
  readonly isMet: boolean;
}

export function unmet(requirements: readonly Requirement[]): readonly EInvoiceProblem[] {
  return requirements.filter(({ isMet }) => !isMet).map(({ rule, detail }) => ({ rule, detail }));
}
