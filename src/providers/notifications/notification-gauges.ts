import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DatabaseGauges } from '../../platform/metrics/database-gauges';
import { ProviderRegistry } from '../provider-registry';

/** What of the providers' news is not applied, for metrics. */
@Injectable()
export class NotificationGauges implements OnModuleInit {
  constructor(
    private readonly gauges: DatabaseGauges,
    private readonly registry: ProviderRegistry,
  ) {}

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
    // The mark of an account that is not set up any more stays, and nobody moves it; the settings allow only plain names.
    const accounts = this.registry.all.filter((provider) => provider.notifications);
    const names = accounts.map(({ account }) => account).join(',');
    this.gauges.add({
      name: 'kassa_event_list_age_seconds',
      help: 'Age of the newest time up to which the list of events of the account was read.',
      labels: ['account'],
      sql: `SELECT jsonb_build_object('account', account) AS labels,
          greatest(extract(epoch FROM now() - read_until), 0) AS value
        FROM providers.event_marks WHERE account = ANY('{${names}}')`,
    });
  }
}
