import { Injectable } from '@nestjs/common';
import { PaymentQueries } from '../queries/payment-queries';
import { type OperationRow } from '../storage/operation.row';
import { type CommandResult } from './command-result';
import { HoldLease } from './hold-lease';
import { SendCancel } from './send-cancel';
import { SettleCapture } from './settle-capture';
import { SettleCharge } from './settle-charge';
import { SettleCreate } from './settle-create';
import { SettleRefund } from './settle-refund';

/**
 * Finishes what a crash or a silent provider left behind: asks first, and sends again only where the provider
 * recognises the repeat. Takes an operation whose lease the caller holds.
 */
@Injectable()
export class SettleOperation {
  constructor(
    private readonly queries: PaymentQueries,
    private readonly settleCreate: SettleCreate,
    private readonly settleCharge: SettleCharge,
    private readonly settleCapture: SettleCapture,
    private readonly sendCancel: SendCancel,
    private readonly settleRefund: SettleRefund,
    private readonly lease: HoldLease,
  ) {}

  /** Throws what the provider refused, like the command itself would have. */
  async execute(operation: OperationRow, cause: string): Promise<CommandResult> {
    return this.lease.during(operation, () => this.settle(operation, cause));
  }

  private async settle(operation: OperationRow, cause: string): Promise<CommandResult> {
    const payment = await this.queries.get(operation.payment_id);
    const attempt = { payment, operation, cause, actor: operation.created_by };
    switch (operation.kind) {
      case 'create':
        return this.settleCreate.execute(attempt);
      case 'charge':
        return this.settleCharge.execute(attempt);
      case 'capture':
      case 'authorize':
      case 'reauthorize':
      case 'void':
        return this.settleCapture.execute(attempt);
      case 'cancel':
        return this.sendCancel.execute(attempt);
      case 'refund':
      case 'cancel_refund':
        return this.settleRefund.execute(operation, cause);
    }
  }
}
