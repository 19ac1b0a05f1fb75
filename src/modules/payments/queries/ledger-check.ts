import { Injectable } from '@nestjs/common';
import { Database, type Queryable } from '../../../platform/database/database';
import {
  countLedgerTransactions,
  findUnbalanced,
  type LedgerSum,
  sumLedger,
} from '../../customers/customers.facade';
import { countPayments, findDiffering, findMisplaced, type Misbooked } from './booked-amounts';

/** Shown of each kind of problem: enough to see what is wrong, and an answer that stays small. */
export const PROBLEMS_SHOWN_MAX = 50;

export interface LedgerProblem extends Omit<Misbooked, 'code' | 'found'> {
  readonly code: Misbooked['code'] | 'unbalanced_transaction';
}

export interface LedgerChecked {
  readonly transactions: number;
  readonly payments: number;
  readonly sums: readonly LedgerSum[];
  readonly problems: readonly LedgerProblem[];
  /** How many there are, also those that are not shown. */
  readonly problemCount: number;
}

/** Adds up the whole ledger and compares it with the payments. */
@Injectable()
export class LedgerCheck {
  constructor(private readonly database: Database) {}

  /**
   * Everything from one snapshot, so that money which is booked meanwhile contradicts nothing. Each statement runs
   * over whole tables within the time that any statement has; one that takes longer fails as `database_unavailable`.
   */
  async run(): Promise<LedgerChecked> {
    return this.database.inSnapshot(async (on) => ({
      transactions: await countLedgerTransactions(on),
      payments: await countPayments(on),
      sums: await sumLedger(on),
      ...(await problemsOn(on)),
    }));
  }
}

async function problemsOn(
  on: Queryable,
): Promise<Pick<LedgerChecked, 'problems' | 'problemCount'>> {
  const unbalanced = await findUnbalanced(on, PROBLEMS_SHOWN_MAX);
  const differing = await findDiffering(on, PROBLEMS_SHOWN_MAX);
  const misplaced = await findMisplaced(on, PROBLEMS_SHOWN_MAX);
  const kinds = [unbalanced, differing, misplaced];
  return {
    problems: [
      ...unbalanced.map(({ id, payment_id, currency, minor }) => ({
        code: 'unbalanced_transaction' as const,
        payment_id,
        transaction_id: id,
        currency,
        expected: '0',
        booked: minor,
      })),
      ...differing,
      ...misplaced,
    ],
    problemCount: kinds.reduce((sum, found) => sum + (found[0]?.found ?? 0), 0),
  };
}
