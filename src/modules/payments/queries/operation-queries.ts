import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { type Statement, statement } from '../../../platform/database/statement';
import {
  type KeysetFilter,
  keysetPage,
  type PageRequest,
  type PageRows,
} from '../../../platform/http/keyset';
import { type PaymentState } from '../domain/payment-lifecycle';
import {
  type OperationKind,
  type OperationState,
  type ReviewDecision,
} from '../storage/operation.row';

/** An operation beside the payment that it is about. */
export interface OperationView {
  readonly id: string;
  readonly kind: OperationKind;
  readonly state: OperationState;
  readonly payment_id: string;
  readonly payment_state: PaymentState;
  readonly conflict: string | null;
  readonly account: string;
  readonly provider_payment_id: string | null;
  readonly amount_minor: string;
  readonly currency: string;
  readonly attempts: number;
  readonly first_sent_at: string;
  readonly next_attempt_at: string;
  readonly error_code: string | null;
  readonly error_message: string | null;
  readonly error_reference: string | null;
  readonly review_decision: ReviewDecision | null;
  readonly review_note: string | null;
  readonly reviewed_by: string | null;
  readonly reviewed_at: string | null;
  readonly created_by: string;
  readonly created_at: string;
  readonly settled_at: string | null;
}

/** An answer that did not fit named an id too: where the payment has none, that is where a person begins to look. */
const COLUMNS = `
  o.id, o.kind, o.state, o.payment_id, p.state AS payment_state, p.conflict, p.account,
  coalesce(p.provider_payment_id, o.provider_ref) AS provider_payment_id,
  coalesce(o.amount_minor, p.amount_minor)::text AS amount_minor, p.currency, o.attempts, o.first_sent_at,
  o.next_attempt_at, o.error_code, o.error_message, o.error_reference, o.review_decision, o.review_note,
  o.reviewed_by, o.reviewed_at, o.created_by, o.created_at, o.settled_at`;

const FROM = 'payments.operations o JOIN payments.payments p ON p.id = o.payment_id';

const find: Statement<{ row: OperationView }> = statement(
  'show-operation',
  `SELECT row_to_json(r) AS row FROM (SELECT ${COLUMNS} FROM ${FROM} WHERE o.id = $1) r`,
);

const namedId: Statement<{ id: string | null }> = statement(
  'find-named-provider-id',
  `SELECT coalesce(p.provider_payment_id, o.provider_ref) AS id FROM ${FROM} WHERE o.id = $1`,
);

const holder: Statement<{ id: string }> = statement(
  'find-holder-of-provider-id',
  'SELECT id FROM payments.payments WHERE account = $1 AND provider_payment_id = $2',
);

/** What a list of operations can be narrowed by; null leaves it open. */
export interface OperationFilter {
  /** Null: those that are not settled. */
  readonly state: OperationState | null;
  readonly kind: OperationKind | null;
}

/** Reads operations; which are for staff alone. */
@Injectable()
export class OperationQueries {
  constructor(private readonly database: Database) {}

  async find(id: string): Promise<OperationView | null> {
    const [found] = await this.database.query(find, [id]);
    return found?.row ?? null;
  }

  /** The provider's id that belongs to the operation, as far as any answer named one. */
  async namedIdOf(id: string): Promise<string | null> {
    const [found] = await this.database.query(namedId, [id]);
    return found?.id ?? null;
  }

  /** Our payment that has this id at the provider; null when none has. */
  async holderOf(there: { account: string; providerId: string }): Promise<string | null> {
    const [found] = await this.database.query(holder, [there.account, there.providerId]);
    return found?.id ?? null;
  }

  async list(filter: OperationFilter, page: PageRequest): Promise<PageRows<OperationView>> {
    return keysetPage<OperationView>(this.database, page, {
      name: 'list-operations',
      columns: COLUMNS,
      from: FROM,
      alias: 'o',
      filters: filtersOf(filter),
    });
  }
}

const UNFINISHED: readonly OperationState[] = ['unsettled', 'needs_review'];

/** Written out beside the parameter, because only then the index of unfinished operations is used. */
const UNFINISHED_SQL = `o.state IN ('unsettled', 'needs_review')`;

function filtersOf({ state, kind }: OperationFilter): KeysetFilter[] {
  const ofKind = { name: 'kind', sql: (at: string) => `o.kind = ${at}`, value: kind };
  return kind === null ? [stateFilter(state)] : [stateFilter(state), ofKind];
}

function stateFilter(state: OperationState | null): KeysetFilter {
  if (state === null) {
    const sql = (at: string) => `${UNFINISHED_SQL} AND o.state = ANY(${at}::text[])`;
    return { name: 'unfinished', sql, value: UNFINISHED };
  }
  if (!UNFINISHED.includes(state)) {
    return { name: 'state', sql: (at) => `o.state = ${at}`, value: state };
  }
  const sql = (at: string) => `${UNFINISHED_SQL} AND o.state = ${at}`;
  return { name: 'unfinished-state', sql, value: state };
}
