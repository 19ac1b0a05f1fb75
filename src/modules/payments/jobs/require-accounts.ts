import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database, type Queryable } from '../../../platform/database/database';
import { statement } from '../../../platform/database/statement';
import { ProviderRegistry } from '../../../providers/provider-registry';

const unfinished = statement<AccountLeftOut>(
  'count-unfinished-by-account',
  `SELECT account, count(*)::int AS payments FROM (
     SELECT id, account FROM payments.payments
     WHERE state IN ('initialized', 'open', 'processing', 'authorized')
     UNION SELECT payment_id, account FROM payments.refunds WHERE state = 'pending'
     UNION SELECT p.id, p.account FROM payments.operations o JOIN payments.payments p ON p.id = o.payment_id
     WHERE o.state IN ('unsettled', 'needs_review')) u GROUP BY account`,
);

/** An account that is not configured and has so many payments with something unfinished: itself, a refund or an operation. */
export interface AccountLeftOut {
  readonly account: string;
  readonly payments: number;
}

/** Accounts with work under way that none of the names stands for. */
export async function accountsLeftOut(
  on: Queryable,
  names: readonly string[],
): Promise<readonly AccountLeftOut[]> {
  const rows = await on.query(unfinished, []);
  return rows.filter(({ account }) => !names.includes(account));
}

/** Refuses to start without an account that still has something under way: nobody could settle them. */
@Injectable()
export class RequireAccounts implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly registry: ProviderRegistry,
  ) {}

  async onModuleInit(): Promise<void> {
    const names = this.registry.all.map(({ account }) => account);
    const missing = await accountsLeftOut(this.database, names);
    if (missing.length === 0) return;
    const list = missing.map((row) => `${row.account} (${row.payments})`).join(', ');
    throw new Error(
      `PROVIDERS lacks accounts that have unfinished payments, refunds or operations: ${list}. ` +
        'Add them again until their payments have ended and GET /api/operations names none of them.',
    );
  }
}
