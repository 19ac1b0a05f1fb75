import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DatabaseGauges } from '../../../platform/metrics/database-gauges';

/** What merchants were not told yet, for metrics. */
@Injectable()
export class WebhookGauges implements OnModuleInit {
  constructor(private readonly gauges: DatabaseGauges) {}

  onModuleInit(): void {
    this.gauges.add({
      name: 'kassa_webhook_deliveries',
      help: 'Deliveries that wait for their first attempt (waiting) or failed at one and are tried again (failing).',
      labels: ['state'],
      sql: `SELECT jsonb_build_object('state', s.state) AS labels, count(d.id) AS value
        FROM (VALUES ('waiting', false), ('failing', true)) s(state, was_tried)
        LEFT JOIN webhooks.deliveries d ON d.state = 'pending' AND (d.attempts > 0) = s.was_tried
        GROUP BY s.state`,
    });
    this.gauges.add({
      name: 'kassa_webhook_endpoints_failing',
      help: 'Endpoints that are switched on and did not answer the last attempt.',
      labels: [],
      sql: `SELECT NULL::jsonb AS labels, count(*) AS value FROM webhooks.endpoints
        WHERE enabled AND failing_since IS NOT NULL`,
    });
  }
}
