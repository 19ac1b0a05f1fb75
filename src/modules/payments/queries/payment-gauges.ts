import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DatabaseGauges } from '../../../platform/metrics/database-gauges';

/** The sweeper settles what it can within minutes; what is unsettled for longer deserves a look. */
export const STUCK_AFTER_MINUTES = 15;

/** What is unfinished about money, for metrics. Each reads an index of unfinished rows only. */
@Injectable()
export class PaymentGauges implements OnModuleInit {
  constructor(private readonly gauges: DatabaseGauges) {}

  onModuleInit(): void {
    this.gauges.add({
      name: 'kassa_operations',
      help: 'Operations that nobody knows the outcome of (unsettled), or that wait for a person (needs_review).',
      labels: ['state'],
      sql: `SELECT jsonb_build_object('state', s.state) AS labels, count(o.id) AS value
        FROM (VALUES ('unsettled'), ('needs_review')) s(state)
        LEFT JOIN payments.operations o
          ON o.state = s.state AND o.state IN ('unsettled', 'needs_review') GROUP BY s.state`,
    });
    this.gauges.add({
      name: 'kassa_operations_stuck',
      help: `Operations that are unsettled for more than ${STUCK_AFTER_MINUTES} minutes.`,
      labels: [],
      sql: `SELECT NULL::jsonb AS labels, count(*) AS value FROM payments.operations
        WHERE state = 'unsettled' AND created_at < now() - interval '${STUCK_AFTER_MINUTES} minutes'`,
    });
    this.gauges.add({
      name: 'kassa_payments_in_conflict',
      help: 'Payments about which we and the provider disagree, and nobody closed that.',
      labels: [],
      sql: `SELECT NULL::jsonb AS labels, count(*) AS value FROM payments.payments
        WHERE conflict IS NOT NULL`,
    });
    this.gauges.add({
      name: 'kassa_chargebacks_in_conflict',
      help: 'Chargebacks that do not fit their payment, or that are in a state that nobody knows.',
      labels: [],
      sql: `SELECT NULL::jsonb AS labels, count(*) AS value FROM payments.chargebacks
        WHERE conflict IS NOT NULL`,
    });
  }
}
