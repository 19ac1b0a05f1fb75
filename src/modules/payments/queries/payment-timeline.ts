import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';

/** Entries shown at most: a payment has a handful; more means a loop somewhere, and the newest matter then. */
const ENTRIES_MAX = 500;

export interface TimelineRow {
  readonly at: string;
  readonly kind: 'state' | 'operation' | 'fact' | 'review' | 'refund' | 'chargeback' | 'conflict';
  readonly what: string;
  readonly actor: string | null;
  readonly details: Readonly<Record<string, string | number | null>>;
}

const timeline = statement<{ rows: readonly TimelineRow[] }>(
  'payment-timeline',
  `SELECT coalesce(json_agg(e ORDER BY e.at, e.kind DESC), '[]') AS rows FROM (
     SELECT * FROM (
       SELECT at, 'state' AS kind, to_state AS what, actor,
         json_build_object('from', from_state, 'trigger', trigger, 'cause', cause) AS details
       FROM payments.state_changes WHERE payment_id = $1
       UNION ALL
       SELECT c.at, 'refund', c.to_state, c.actor, json_build_object('refund', r.id, 'from', c.from_state,
         'amount', r.amount_minor::text, 'currency', r.currency, 'cause', c.cause)
       FROM payments.refund_changes c JOIN payments.refunds r ON r.id = c.refund_id WHERE r.payment_id = $1
       UNION ALL
       SELECT created_at, 'operation', kind || ' ' || state, created_by,
         json_build_object('slot', slot, 'attempts', attempts, 'error_code', error_code,
           'error_message', error_message, 'reference', error_reference)
       FROM payments.operations WHERE payment_id = $1
       UNION ALL
       SELECT v.reviewed_at, 'review', o.kind || ' ' || v.decision, v.reviewed_by,
         json_build_object('attempt', v.attempt)
       FROM payments.operation_reviews v JOIN payments.operations o ON o.id = v.operation_id
       WHERE o.payment_id = $1
       UNION ALL
       SELECT h.at, 'chargeback', h.to_state, h.actor,
         json_build_object('ref', c.provider_chargeback_id, 'from', h.from_state, 'trigger', h.trigger, 'cause', h.cause,
           'provider_state', h.provider_state, 'amount', h.amount_minor::text, 'taken', h.taken_minor::text,
           'currency', c.currency)
       FROM payments.chargeback_changes h JOIN payments.chargebacks c ON c.id = h.chargeback_id
       WHERE c.payment_id = $1
       UNION ALL
       SELECT created_at, 'conflict', code || ' found', actor,
         json_build_object('conflict', id, 'about', nullif(about, ''), 'cause', cause)
       FROM payments.conflicts WHERE payment_id = $1
       UNION ALL
       SELECT closed_at, 'conflict', code || CASE WHEN note IS NULL THEN ' ended' ELSE ' closed' END, closed_by,
         json_build_object('conflict', id)
       FROM payments.conflicts WHERE payment_id = $1 AND closed_at IS NOT NULL
       UNION ALL
       SELECT seen_at, 'fact', kind || ' ' || state, NULL,
         json_build_object('ref', ref, 'amount', amount_minor::text, 'currency', currency,
           'source', source, 'problem', problem)
       FROM payments.facts WHERE payment_id = $1) all_entries
     ORDER BY at DESC LIMIT ${ENTRIES_MAX}) e`,
);

/** Everything that happened to one payment, oldest first, in one statement. */
@Injectable()
export class PaymentTimeline {
  constructor(private readonly database: Database) {}

  async of(paymentId: string): Promise<readonly TimelineRow[]> {
    const [found] = await this.database.query(timeline, [paymentId]);
    return found?.rows ?? [];
  }
}
