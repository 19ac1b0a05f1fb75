import { Inject, Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { Database } from '../../../platform/database/database';
import { findClaimed, type IdempotencyClaim } from '../../../platform/http/idempotency';
import {
  ApprovePayment,
  type CommandResult,
  PaymentWindows,
  type WindowedPayment,
} from '../../payments/payments.facade';
import { COMPATIBILITY_SETTINGS, type CompatibilitySettings } from '../compatibility.settings';
import { FindFrozenPayment, type GivenIds } from './find-frozen-payment';
import { backendFailed, stateRefusal, toFrozenRefusal } from './frozen-refusals';

export interface ApproveFrozenPaymentInput {
  readonly caller: Caller;
  readonly idempotency: IdempotencyClaim | null;
  readonly ids: GivenIds;
  readonly payerId: string;
}

/** `processing`: the provider took it on, and the money is under way. */
export interface Approved {
  readonly outcome: 'approved' | 'processing';
  readonly replayed: boolean;
}

/** Takes the money of a payment that the payer agreed to. The state is looked at before the provider is asked. */
@Injectable()
export class ApproveFrozenPayment {
  constructor(
    private readonly database: Database,
    private readonly payments: FindFrozenPayment,
    private readonly windows: PaymentWindows,
    private readonly approvePayment: ApprovePayment,
    @Inject(COMPATIBILITY_SETTINGS) private readonly settings: CompatibilitySettings,
  ) {}

  async execute(input: ApproveFrozenPaymentInput): Promise<Approved> {
    const { caller, idempotency, ids } = input;
    const payment = await this.payments.byGivenIds(caller, ids);
    // A request that was answered before gets its answer again, whatever state that led to.
    const isRepeated = (await findClaimed(this.database, idempotency)) !== null;
    if (!isRepeated && payment.state === 'processing') {
      return { outcome: 'processing', replayed: false };
    }
    if (!isRepeated && !isPayable(payment)) throw stateRefusal('approve');
    const result = await this.approve(input, payment);
    if (result.unsettled) throw await this.unknownOutcome(caller, result);
    const outcome = result.payment.state === 'paid' ? 'approved' : 'processing';
    return { outcome, replayed: result.replayed ?? false };
  }

  private async approve(
    { caller, idempotency, payerId }: ApproveFrozenPaymentInput,
    payment: WindowedPayment,
  ): Promise<CommandResult> {
    try {
      // The token was compared already: it led to this payment.
      const input = { caller, idempotency, payment, payerId, token: null };
      return await this.approvePayment.execute(input);
    } catch (error) {
      throw toFrozenRefusal(error, 'approve');
    }
  }

  private async unknownOutcome(caller: Caller, { payment, replayed = false }: CommandResult) {
    const now = await this.windows.find(caller, this.settings, payment.id);
    const trouble = now?.last_operation ?? { code: 'no_answer', message: null };
    return backendFailed('approve', trouble, { isReplayed: replayed });
  }
}

/** Here an approval takes money; one that would only have it held is for clients who can take it afterwards. */
function isPayable({ state, capture_method }: WindowedPayment): boolean {
  return state === 'open' && capture_method === 'automatic';
}
