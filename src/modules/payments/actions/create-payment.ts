import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { type IdempotencyClaim, keyInFlight } from '../../../platform/http/idempotency';
import { AppError } from '../../../shared/app-error';
import { newId } from '../../../shared/id';
import { type JsonObject } from '../../../shared/json';
import { type Money } from '../../../shared/money/money';
import {
  candidates,
  chooseProvider,
  type PaymentNeeds,
  type ProviderChoice,
} from '../../../providers/choose-provider';
import { type CaptureMethod } from '../../../providers/payment-provider';
import { PayMethodLists } from '../../../providers/pay-method-lists';
import { type CreateAbility } from '../../../providers/provider-capabilities';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { customerRequired } from '../payments.errors';
import { paymentEvent } from '../payments.events';
import { PAYMENTS_SETTINGS, type PaymentsSettings } from '../payments.settings';
import { newOperation } from '../storage/operation.row';
import { providerKeyPrefix } from '../storage/operations.repository';
import { type NewPayment, type StartedPayment } from '../storage/payments.repository';
import { type CommandResult } from './command-result';
import { type FoundPayer, PayerAtProvider } from './payer-at-provider';
import { refusedAccess } from './refused-access';
import { ReplayCommand } from './replay-command';
import { refuseWhilePaused } from './refuse-while-paused';
import { SendCreate } from './send-create';
import { type PaymentSubject, StartPayment } from './start-payment';

export interface CreatePaymentInput {
  readonly caller: Caller;
  readonly idempotency: IdempotencyClaim | null;
  /** Null lets the configuration choose. */
  readonly provider: string | null;
  readonly customerId: string | null;
  readonly amount: Money;
  readonly captureMethod: CaptureMethod;
  readonly description: string | null;
  readonly returnUrl: string | null;
  readonly cancelUrl: string | null;
  readonly payMethods: readonly string[];
  readonly metadata: JsonObject;
  readonly locale: string | null;
  readonly setupMandate: boolean;
  readonly mandate: string | null;
  /** Take the money as soon as we hear that the payer agreed, even if the payer never comes back; null: as the setting says. */
  readonly autoApprove: boolean | null;
  /** What it pays for; left out for nothing in particular. */
  readonly subject?: PaymentSubject;
  /** Given only where the id must be known before, as in demonstration data. */
  readonly id?: string;
}

/** With what the settings decide where the caller did not. */
type DecidedInput = CreatePaymentInput & { readonly autoApprove: boolean };

/** Who takes the payment, and its id of who pays. */
type Choice = ProviderChoice & FoundPayer;

/** Starts a payment: intent, call, record. */
@Injectable()
export class CreatePayment {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly payMethodLists: PayMethodLists,
    private readonly payer: PayerAtProvider,
    private readonly startPayment: StartPayment,
    private readonly replay: ReplayCommand,
    private readonly sendCreate: SendCreate,
    @Inject(PAYMENTS_SETTINGS) private readonly settings: PaymentsSettings,
  ) {}

  async execute(input: CreatePaymentInput): Promise<CommandResult> {
    const choice = await this.choose(input);
    if (choice instanceof AppError) return this.repeatOr(input, choice);
    const autoApprove = input.autoApprove ?? this.settings.AUTO_APPROVE;
    const { payment, operation } = intentOf({ ...input, autoApprove }, choice);
    const started = await this.start(payment, input);
    if (started instanceof AppError) return this.repeatOr(input, started);
    switch (started.kind) {
      case 'started': {
        const attempt = { payment: started.payment, operation, cause: 'api' };
        return this.sendCreate.execute({ ...attempt, actor: input.caller.subject });
      }
      case 'no_access':
        return this.repeatOr(input, refusedAccess(input.caller));
      case 'key_taken':
        return this.repeatOr(input, keyInFlight(input.idempotency?.key ?? ''));
    }
  }

  /** The provider, or why nobody can take the payment now. */
  private async choose(input: CreatePaymentInput): Promise<Choice | AppError> {
    try {
      refuseWithoutCustomer(input);
      const needs = await this.withLimits(input.provider, needsOf(input));
      const choice = chooseProvider(this.registry, input.provider, needs);
      refuseWhilePaused(choice.provider);
      return { ...choice, ...(await this.payer.execute(input, choice.provider)) };
    } catch (error) {
      if (error instanceof AppError) return error;
      throw error;
    }
  }

  /** With the limits of the pay methods, where the caller names some; without the ones that cannot be had now. */
  private async withLimits(requested: string | null, needs: PaymentNeeds): Promise<PaymentNeeds> {
    if (needs.payMethods.length === 0) return needs;
    const asked = candidates(this.registry, requested, needs);
    return { ...needs, payMethodLists: await this.payMethodLists.recent(asked) };
  }

  /** What cannot be taken (again) may be the repetition of a request that was taken before. */
  private async repeatOr(input: CreatePaymentInput, refusal: AppError): Promise<CommandResult> {
    const replayed = await this.replay.execute(input);
    if (replayed) return replayed;
    throw refusal;
  }

  /** The stored intent, or what the subject says against it. */
  private async start(
    payment: NewPayment,
    { subject }: CreatePaymentInput,
  ): Promise<StartedPayment | AppError> {
    try {
      return await this.startPayment.execute(payment, subject ?? null);
    } catch (error) {
      if (error instanceof AppError) return error;
      throw error;
    }
  }
}

function needsOf(input: CreatePaymentInput): PaymentNeeds {
  const abilities: CreateAbility[] = [];
  if (input.setupMandate) abilities.push('setup_mandate');
  if (input.mandate !== null) abilities.push('mandate');
  if (input.captureMethod === 'manual') abilities.push('holds');
  const urls = [
    ['return_url', input.returnUrl],
    ['cancel_url', input.cancelUrl],
  ] as const;
  const missingUrls = urls.filter(([, url]) => url === null).map(([name]) => name);
  return { amount: input.amount, payMethods: input.payMethods, abilities, missingUrls };
}

/** What is written before the provider is called. */
function intentOf(input: DecidedInput, choice: Choice) {
  const { provider, because, customerId, providerCustomer } = choice;
  const subject = input.subject ?? null;
  const id = input.id ?? newId();
  const kind = input.mandate === null ? 'create' : 'charge';
  const key = `${providerKeyPrefix(id, kind)}1`;
  const actor = input.caller.subject;
  const requestHash = hashOf(input);
  const operation = newOperation({ paymentId: id, kind, key, requestHash, actor });
  const created = paymentEvent('payment.created', {
    id,
    account: provider.account,
    state: 'initialized',
    amount_minor: input.amount.minor.toString(),
    captured_minor: '0',
    currency: input.amount.currency,
    customer_id: customerId,
    subject_kind: subject?.kind ?? null,
    subject_id: subject?.id ?? null,
    conflict: null,
    version: 1,
    actor,
  });
  const payment: NewPayment = {
    ...input,
    id,
    account: provider.account,
    chosenBecause: because,
    customerId,
    providerCustomer,
    subject,
    operationId: operation.id,
    operationKind: kind,
    providerKey: key,
    requestHash,
    claim: input.idempotency,
    events: [created],
  };
  return { payment, operation };
}

/** A mandate says who pays. */
function refuseWithoutCustomer({ caller, customerId, mandate }: CreatePaymentInput): void {
  if (customerId !== null || mandate !== null || caller.role === 'staff') return;
  const detail = 'Send the customer who pays: only staff make payments without one.';
  const errors = [{ pointer: '/customer', code: 'customer_required', detail }];
  throw customerRequired(detail, { errors });
}

/** What was asked for, as evidence beside the operation: tells two different requests apart. */
function hashOf({
  amount,
  captureMethod,
  customerId,
  metadata,
  returnUrl,
  cancelUrl,
  mandate,
}: CreatePaymentInput): string {
  const asked = [
    amount.toString(),
    captureMethod,
    customerId,
    metadata,
    returnUrl,
    cancelUrl,
    mandate,
  ];
  return hash('sha256', JSON.stringify(asked), 'base64url');
}
