import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';
import { ProviderRegistry } from '../../../providers/provider-registry';

const unfinished = statement<{ account: string; payments: number }>(
  'count-unfinished-by-account',
  `SELECT account, count(*)::int AS payments FROM (
     SELECT id, account FROM payments.payments
     WHERE state IN ('initialized', 'open', 'processing', 'authorized')
     UNION SELECT payment_id, account FROM payments.refunds WHERE state = 'pending') u GROUP BY account`,
);

/** Refuses to start without an account that still has payments or refunds under way: nobody could settle them. */
@Injectable()
export class RequireAccounts implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly registry: ProviderRegistry,
  ) {}

  async onModuleInit(): Promise<void> {
    const known = new Set(this.registry.all.map(({ account }) => account));
    const rows = await this.database.query(unfinished, []);
    const missing = rows.filter(({ account }) => !known.has(account));
    if (missing.length === 0) return;
    const list = missing.map((row) => `${row.account} (${row.payments})`).join(', ');
    throw new Error(
      `PROVIDERS lacks accounts that have unfinished payments or refunds: ${list}. ` +
        'Add them again until their payments have ended.',
    );
  }
}
