import { invalidRequest } from '../../../platform/http/http.errors';
import {
  type CreditPlan,
  type CreditProblem,
  creditProblems,
  type CreditWish,
  planCredit,
} from '../domain/credit-plan';
import { type CreditableLine } from '../domain/credit-pot';
import { addDecimals, decimalOf, ZERO } from '../domain/decimal';
import { creditTooHigh } from '../invoices.errors';
import { type LineRow } from '../storage/invoice.row';
import { type CreditedPart } from '../storage/invoices.repository';

export interface CreditState {
  readonly lines: readonly LineRow[];
  readonly credited: readonly CreditedPart[];
}

/** Throws `credit_too_high` (422) with every wish that goes beyond what is left. */
export function creditPlanFor(
  state: CreditState,
  wishes: readonly CreditWish[] | null,
): CreditPlan {
  const lines = state.lines.map((line) => creditableLine(line, state.credited));
  const problems = creditProblems(lines, wishes ?? []);
  if (problems.length > 0) {
    const errors = problems.map(fieldError);
    throw creditTooHigh(errors[0]?.detail ?? '', { errors });
  }
  const plan = planCredit(lines, wishes);
  if (plan.total > 0n) return plan;
  const detail = 'That comes to nothing. Credit a larger quantity, or lines that cost something.';
  throw invalidRequest(detail, { errors: [{ pointer: '/lines', code: 'zero', detail }] });
}

function creditableLine(row: LineRow, credited: readonly CreditedPart[]): CreditableLine {
  const earlier = credited.filter(({ line }) => line === row.line);
  return {
    line: row.line,
    quantity: decimalOf(row.quantity),
    net: BigInt(row.net_minor),
    total: BigInt(row.total_minor),
    includesVat: row.price_includes_vat,
    vatCategory: row.vat_category,
    vatRate: decimalOf(row.vat_rate),
    creditedQuantity: earlier.map(({ quantity }) => decimalOf(quantity)).reduce(addDecimals, ZERO),
    creditedNet: earlier.reduce((sum, { net_minor }) => sum + BigInt(net_minor), 0n),
    creditedVat: earlier.reduce((sum, { vat_minor }) => sum + BigInt(vat_minor), 0n),
  };
}

const DETAILS: Readonly<Record<CreditProblem['code'], (left: string) => string>> = {
  unknown_line: () => 'The invoice has no such line. Send the number of one of its lines.',
  repeated_line: () => 'Name every line once.',
  nothing: () => 'Send a quantity above 0, or leave it out for all that is left.',
  more_than_left: (left) => `Only ${left} of this line is left to credit.`,
};

function fieldError({ at, code, left }: CreditProblem) {
  const member = code === 'unknown_line' || code === 'repeated_line' ? 'line' : 'quantity';
  return { pointer: `/lines/${at}/${member}`, code, detail: DETAILS[code](left) };
}
