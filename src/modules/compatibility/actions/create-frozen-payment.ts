import { Inject, Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { type IdempotencyClaim } from '../../../platform/http/idempotency';
import { AppError } from '../../../shared/app-error';
import { type Money } from '../../../shared/money/money';
import {
  type CommandResult,
  CreatePayment,
  customerUnknown,
  PaymentWindows,
  type WindowedPayment,
} from '../../payments/payments.facade';
import { fieldsInvalid, gatewayFailed } from '../compatibility.errors';
import { COMPATIBILITY_SETTINGS, type CompatibilitySettings } from '../compatibility.settings';
import { wasKeptBack } from './frozen-refusals';

export interface CreateFrozenPaymentInput {
  readonly caller: Caller;
  readonly idempotency: IdempotencyClaim | null;
  readonly amount: Money;
  readonly customerId: string;
  readonly returnUrl: string;
  readonly cancelUrl: string;
}

/** Starts a payment at the configured account, whose money is captured when it is approved. */
@Injectable()
export class CreateFrozenPayment {
  constructor(
    private readonly createPayment: CreatePayment,
    private readonly windows: PaymentWindows,
    @Inject(COMPATIBILITY_SETTINGS) private readonly settings: CompatibilitySettings,
  ) {}

  /** Throws one and the same `gateway_failed` (500) for a refusal and for an outcome that nobody knows yet. */
  async execute(
    input: CreateFrozenPaymentInput,
  ): Promise<{ readonly payment: WindowedPayment; readonly replayed: boolean }> {
    const { payment, unsettled, replayed = false } = await this.create(input);
    if (unsettled) throw serverError(replayed);
    const shown = await this.windows.find(input.caller, this.settings, payment.id);
    if (!shown) throw new Error(`payment ${payment.id} is not in the window of its own making`);
    return { payment: shown, replayed };
  }

  private async create(input: CreateFrozenPaymentInput): Promise<CommandResult> {
    try {
      return await this.createPayment.execute({
        ...input,
        provider: this.settings.account,
        captureMethod: 'automatic',
        autoApprove: null,
        description: null,
        payMethods: [],
        metadata: {},
        locale: null,
        setupMandate: false,
        mandate: null,
      });
    } catch (error) {
      throw toRefusal(error);
    }
  }
}

/** What was refused before anything was stored is told as it is; afterwards the payment itself says why. */
function toRefusal(thrown: unknown): unknown {
  if (!(thrown instanceof AppError) || wasKeptBack(thrown)) return thrown;
  const { members, isReplayed = false } = thrown.context;
  if (thrown.code === customerUnknown.code) return noSuchCustomer();
  return typeof members?.['payment'] === 'string' ? serverError(isReplayed) : thrown;
}

function serverError(isReplayed: boolean): AppError {
  return gatewayFailed('A server error occurred.', { isReplayed });
}

function noSuchCustomer(): AppError {
  const detail = 'Invalid hyperlink - Object does not exist.';
  const errors = [{ pointer: '/customer', code: customerUnknown.code, detail }];
  return fieldsInvalid(detail, { errors });
}
