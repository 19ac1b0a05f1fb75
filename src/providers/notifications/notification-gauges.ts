import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DatabaseGauges } from '../../platform/metrics/database-gauges';

/** What of the providers' news is not applied, for metrics. */
@Injectable()
export class NotificationGauges implements OnModuleInit {
  constructor(private readonly gauges: DatabaseGauges) {}

  onModuleInit(): void {
    this.gauges.add({
      name: 'kassa_notifications',
      help: 'Notifications that still wait (pending), fit no payment (unmatched) or could not be applied (failed).',
      labels: ['state'],
      sql: `SELECT jsonb_build_object('state', s.state) AS labels, count(n.id) AS value
        FROM (VALUES ('pending'), ('unmatched'), ('failed')) s(state)
        LEFT JOIN providers.notifications n ON n.state = s.state GROUP BY s.state`,
    });
    this.gauges.add({
      name: 'kassa_notifications_oldest_pending_seconds',
      help: 'Age of the oldest notification that still waits; 0 without one.',
      labels: [],
      sql: `SELECT NULL::jsonb AS labels, coalesce(extract(epoch FROM now() - min(created_at)), 0) AS value
        FROM providers.notifications WHERE state = 'pending'`,
    });
  }
}
