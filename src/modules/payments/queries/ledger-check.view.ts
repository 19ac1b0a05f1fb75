import { showId } from '../../../shared/id';
import { currencyExponent } from '../../../shared/money/currency';
import { minorTextToDecimal, sumTextToJson } from '../../../shared/money/money';
import { type LedgerSum } from '../../customers/customers.facade';
import {
  type LedgerCheckResponse,
  type LedgerProblemResponse,
  type LedgerTotalResponse,
} from '../http/ledger-check.response';
import { type LedgerChecked, type LedgerProblem } from './ledger-check';

/** What the check found, as the API shows it. */
export function toLedgerCheckResponse(checked: LedgerChecked): LedgerCheckResponse {
  const totals = totalsOf(checked.sums);
  return {
    type: 'ledger_check',
    ok: checked.problemCount === 0 && totals.every(({ sum }) => sum === 0),
    checked: { transactions: checked.transactions, payments: checked.payments },
    totals,
    problems: checked.problems.map(toProblem),
    problem_count: checked.problemCount,
  };
}

function totalsOf(sums: readonly LedgerSum[]): LedgerTotalResponse[] {
  const currencies = [...new Set(sums.map(({ currency }) => currency))];
  return currencies.map((currency) => {
    const own = sums.filter((one) => one.currency === currency);
    const sum = own.reduce((total, { minor }) => total + BigInt(minor), 0n);
    return {
      currency,
      sum: sumTextToJson(sum.toString()),
      accounts: own.map(({ account, minor }) => ({
        account,
        amount: sumTextToJson(minor),
        amount_decimal: minorTextToDecimal(minor, currencyExponent(currency)),
      })),
    };
  });
}

function toProblem(problem: LedgerProblem): LedgerProblemResponse {
  const { code, currency, payment_id, invoice_id = null, transaction_id } = problem;
  const decimal = (minor: string) =>
    currency === null ? null : minorTextToDecimal(minor, currencyExponent(currency));
  return {
    code,
    payment: payment_id === null ? null : showId('pay', payment_id),
    invoice: invoice_id === null ? null : showId('inv', invoice_id),
    entry: transaction_id === null ? null : showId('bal', transaction_id),
    currency,
    expected: sumTextToJson(problem.expected),
    expected_decimal: decimal(problem.expected),
    booked: sumTextToJson(problem.booked),
    booked_decimal: decimal(problem.booked),
  };
}
