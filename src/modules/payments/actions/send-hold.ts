import { Injectable } from '@nestjs/common';
import { AppError } from '../../../shared/app-error';
import { showId } from '../../../shared/id';
import { Money } from '../../../shared/money/money';
import { type HoldOps, type ProviderPayment } from '../../../providers/payment-provider';
import { type CallResult } from '../../../providers/provider-call';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { type Attempt } from './attempt';
import { type CommandResult } from './command-result';
import { captureReference } from './concludes';
import { type RefreshInput, RefreshPayment } from './refresh-payment';
import { type Refused, refusalOf, toHoldRefusal } from './refusals';
import { SendOperation } from './send-operation';
import { SettleRefused } from './settle-refused';

/** No adapter shows a hold without being able to change it; should one do, nothing is sent. */
const NOTHING_TO_CHANGE = {
  outcome: 'refused',
  refusal: {
    kind: 'merchant',
    code: 'hold_unsupported',
    message: 'The provider has no call for this hold.',
    reference: null,
  },
} as const;

/** Captures, renews or voids money that is held. */
@Injectable()
export class SendHold {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly sendOperation: SendOperation,
    private readonly refresh: RefreshPayment,
    private readonly settleRefused: SettleRefused,
  ) {}

  async execute(attempt: Attempt): Promise<CommandResult> {
    const { holds } = this.registry.get(attempt.payment.account);
    return this.sendOperation.execute(attempt, {
      call: () => (holds ? change(holds, attempt) : Promise.resolve(NOTHING_TO_CHANGE)),
      refuse: (result) => this.refuse(attempt, result),
    });
  }

  /** The usual reason is that the hold is over; asked first, because whoever waits for this answers once it is recorded. */
  private async refuse(attempt: Attempt, result: Refused) {
    const { payment, operation, cause, actor } = attempt;
    const { refusal, trouble } = refusalOf(result);
    const isTelling = ['payer', 'final', 'request', 'not_found'].includes(refusal);
    if (isTelling) await this.lookAgain({ payment, cause, actor });
    const refused = { operation, result, trigger: null, cause, actor } as const;
    const now = await this.settleRefused.execute(refused);
    return toHoldRefusal({ refusal, trouble }, operation, now);
  }

  /** When the provider does not say, the payment stays as it was known; the call was refused all the same. */
  private async lookAgain(input: RefreshInput): Promise<void> {
    try {
      await this.refresh.execute(input);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }
}

/** Made of stored values only: the same however often it is sent. */
async function change(
  holds: HoldOps,
  { payment, operation }: Attempt,
): Promise<CallResult<ProviderPayment>> {
  const providerId = payment.provider_payment_id;
  const key = operation.provider_key;
  if (providerId === null) return NOTHING_TO_CHANGE;
  const holdId = operation.target_ref;
  const minor = operation.amount_minor ?? payment.amount_minor;
  const amount = Money.of(BigInt(minor), payment.currency);
  if (operation.kind === 'void') {
    return holds.void({ providerId, key, amount, reference: showId('pay', payment.id) });
  }
  if (holdId === null) return NOTHING_TO_CHANGE;
  if (operation.kind === 'reauthorize') return holds.renew({ providerId, holdId, key, amount });
  const reference = captureReference(operation);
  const isFinal = operation.is_final;
  return holds.capture({ providerId, holdId, key, amount, reference, isFinal });
}
