import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { Database } from '../../../platform/database/database';
import { type IdempotencyClaim, rememberKey } from '../../../platform/http/idempotency';
import { PaymentQueries, type ShownPayment } from '../queries/payment-queries';
import { type PaymentRow } from '../storage/payment.row';
import { RefreshPayment } from './refresh-payment';
import { RefreshRefunds } from './refresh-refunds';
import { ReplayCommand } from './replay-command';

export interface RefreshOnRequestInput {
  readonly caller: Caller;
  readonly idempotency: IdempotencyClaim | null;
  readonly payment: PaymentRow;
}

/** An operator's or a shop's wish to see what the provider shows now. */
@Injectable()
export class RefreshOnRequest {
  constructor(
    private readonly database: Database,
    private readonly queries: PaymentQueries,
    private readonly replay: ReplayCommand,
    private readonly refresh: RefreshPayment,
    private readonly refreshRefunds: RefreshRefunds,
  ) {}

  async execute(
    input: RefreshOnRequestInput,
  ): Promise<{ payment: ShownPayment; replayed: boolean }> {
    const { caller, idempotency, payment } = input;
    const replayed = (await this.replay.execute(input)) !== null;
    if (!replayed) {
      const why = { cause: 'refresh', actor: caller.subject };
      const fresh = await this.refresh.execute({ payment, ...why });
      await this.refreshRefunds.execute({ payment: fresh.payment, ...why });
      const result = { resourceId: payment.id, operationId: null };
      await rememberKey(this.database, idempotency, result);
    }
    return { payment: await this.queries.get(payment.id), replayed };
  }
}
