import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';
import { type JsonObject } from '../../../shared/json';
import { type Money } from '../../../shared/money/money';

/** Something that a provider said about money. */
export interface Fact {
  readonly account: string;
  /** `payment`: an answer whose state nobody knows, kept as evidence. */
  readonly kind: 'capture' | 'payment' | 'hold' | 'refund' | 'chargeback';
  /** The provider's id of it. */
  readonly ref: string;
  readonly state: string;
  readonly paymentId: string;
  readonly amount: Money;
  /** How we learnt it: `answer` to an operation or `read`. */
  readonly source: 'answer' | 'read';
  /** Why it is not accepted as it stands; null when it fits. */
  readonly problem: string | null;
  readonly raw: JsonObject;
}

const insert = statement<never>(
  'insert-fact',
  `INSERT INTO payments.facts (account, kind, ref, state, payment_id, amount_minor, currency, source, problem, raw)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`,
);

/** PostgreSQL stores no NUL character; better a fact without it than no fact. */
function withoutNul(_: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '') : value;
}

/** The only code that writes facts. They are committed on their own, before anything is decided about them. */
@Injectable()
export class FactsRepository {
  constructor(private readonly database: Database) {}

  async store(fact: Fact): Promise<void> {
    await this.database.query(insert, [
      fact.account,
      fact.kind,
      fact.ref,
      fact.state,
      fact.paymentId,
      fact.amount.minor.toString(),
      fact.amount.currency,
      fact.source,
      fact.problem,
      JSON.stringify(fact.raw, withoutNul),
    ]);
  }
}
