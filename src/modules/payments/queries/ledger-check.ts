import { Injectable } from '@nestjs/common';
import { Database, type Queryable } from '../../../platform/database/database';
import {
  countLedgerTransactions,
  findUnbalanced,
  findUncovered,
  type LedgerSum,
  sumLedger,
} from '../../customers/customers.facade';
import {
  countPayments,
  findDiffering,
  findMisplaced,
  type Misbooked,
  MONEY_KINDS,
} from './booked-amounts';

/** Shown of each kind of problem: enough to see what is wrong, and an answer that stays small. */
export const PROBLEMS_SHOWN_MAX = 50;

export interface LedgerProblem extends Omit<Misbooked, 'code' | 'currency' | 'found'> {
  readonly code: Misbooked['code'] | 'unbalanced_transaction' | 'unknown_cause' | 'no_entries';
  /** Null where it is not about an amount. */
  readonly currency: string | null;
}

/** What a module that books causes of its own compares them with. */
export interface LedgerCover {
  readonly causeKinds: readonly string[];
  /** What does not fit, at most `limit` of it, each with how many there are. */
  readonly find: (on: Queryable, limit: number) => Promise<readonly Misbooked[]>;
}

interface Found {
  readonly problems: readonly LedgerProblem[];
  readonly problemCount: number;
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
  private readonly covers: LedgerCover[] = [
    { causeKinds: MONEY_KINDS, find: findDiffering },
    { causeKinds: [], find: findMisplaced },
  ];

  constructor(private readonly database: Database) {}

  /** Called by later modules while the program starts: a cause that nobody covers is a problem. */
  cover(cover: LedgerCover): void {
    this.covers.push(cover);
  }

  /**
   * Everything from one snapshot, so that money which is booked meanwhile contradicts nothing. Each statement runs
   * over whole tables within the time that any statement has; one that takes longer fails as `database_unavailable`.
   */
  async run(): Promise<LedgerChecked> {
    return this.database.inSnapshot(async (on) => ({
      transactions: await countLedgerTransactions(on),
      payments: await countPayments(on),
      sums: await sumLedger(on),
      ...(await this.problemsOn(on)),
    }));
  }

  private async problemsOn(on: Queryable): Promise<Found> {
    const found = [await unbalancedOn(on), await this.uncoveredOn(on)];
    for (const { find } of this.covers) {
      const problems = await find(on, PROBLEMS_SHOWN_MAX);
      found.push({ problems, problemCount: problems[0]?.found ?? 0 });
    }
    return {
      problems: found.flatMap(({ problems }) => problems),
      problemCount: found.reduce((sum, { problemCount }) => sum + problemCount, 0),
    };
  }

  private async uncoveredOn(on: Queryable): Promise<Found> {
    const causeKinds = this.covers.flatMap((cover) => cover.causeKinds);
    const rows = await findUncovered(on, { causeKinds, limit: PROBLEMS_SHOWN_MAX });
    const countOf = (code: string) => rows.find((one) => one.code === code)?.found ?? 0;
    return {
      problems: rows.map(({ code, id, payment_id }) => ({
        code,
        payment_id,
        transaction_id: id,
        currency: null,
        expected: '0',
        booked: '0',
      })),
      problemCount: countOf('unknown_cause') + countOf('no_entries'),
    };
  }
}

async function unbalancedOn(on: Queryable): Promise<Found> {
  const rows = await findUnbalanced(on, PROBLEMS_SHOWN_MAX);
  return {
    problems: rows.map(({ id, payment_id, currency, minor }) => ({
      code: 'unbalanced_transaction',
      payment_id,
      transaction_id: id,
      currency,
      expected: '0',
      booked: minor,
    })),
    problemCount: rows[0]?.found ?? 0,
  };
}
