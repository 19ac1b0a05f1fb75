import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { Events } from '../../../platform/events/events';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { paymentEvent } from '../payments.events';
import { OperationsRepository } from '../storage/operations.repository';
import { isOlderThan } from '../storage/payment-age';
import { type PaymentRow } from '../storage/payment.row';
import { PaymentsRepository } from '../storage/payments.repository';

export interface VanishedPayment {
  readonly payment: PaymentRow;
  readonly cause: string;
  readonly actor: string;
}

/**
 * Judges a 404 for a payment that the provider once confirmed: it has expired there when the time to agree is
 * over and nothing about it is unsettled. Earlier than that a 404 proves nothing.
 */
@Injectable()
export class ExpireVanished {
  constructor(
    private readonly database: Database,
    private readonly registry: ProviderRegistry,
    private readonly payments: PaymentsRepository,
    private readonly operations: OperationsRepository,
    private readonly events: Events,
  ) {}

  /** The payment, `expired` where that is certain. */
  async execute({ payment, cause, actor }: VanishedPayment): Promise<PaymentRow> {
    const { approvalWindowMs } = this.registry.get(payment.account).capabilities;
    if (approvalWindowMs === null) return payment;
    return this.database.inTransaction(async (tx) => {
      const locked = await this.payments.lock(tx, payment.id);
      const isOver = await isOlderThan(tx, locked.id, Math.ceil(approvalWindowMs / 1000));
      if (!isOver || (await this.operations.findUnfinished(locked.id, tx))) return locked;
      // Money that is held or under way does not expire by a 404.
      if (locked.state !== 'open') return locked;
      const expired = { to: 'expired', trigger: 'expire' } as const;
      const changed = await this.payments.change(tx, locked, { move: expired, cause, actor });
      await this.events.publish(tx, paymentEvent('payment.expired', changed));
      return changed;
    });
  }
}
