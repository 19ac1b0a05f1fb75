import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { Database } from '../../../platform/database/database';
import { Events } from '../../../platform/events/events';
import { type IdempotencyClaim, keyInFlight } from '../../../platform/http/idempotency';
import { AppError } from '../../../shared/app-error';
import { newId } from '../../../shared/id';
import { type JsonObject } from '../../../shared/json';
import { type Money } from '../../../shared/money/money';
import {
  chooseProvider,
  type PaymentNeeds,
  type ProviderChoice,
} from '../../../providers/choose-provider';
import { type CreateAbility } from '../../../providers/provider-capabilities';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { providerUnavailable } from '../../../providers/providers.errors';
import { customerForbidden } from '../../customers/customers.facade';
import { customerRequired, customerUnknown } from '../payments.errors';
import { paymentEvent } from '../payments.events';
import { newOperation } from '../storage/operation.row';
import { providerKeyPrefix } from '../storage/operations.repository';
import {
  type NewPayment,
  PaymentsRepository,
  type StartedPayment,
} from '../storage/payments.repository';
import { type CommandResult } from './command-result';
import { ReplayCommand } from './replay-command';
import { SendCreate } from './send-create';

export interface CreatePaymentInput {
  readonly caller: Caller;
  readonly idempotency: IdempotencyClaim | null;
  /** Null lets the configuration choose. */
  readonly provider: string | null;
  readonly customerId: string | null;
  readonly amount: Money;
  readonly description: string | null;
  readonly returnUrl: string | null;
  readonly cancelUrl: string | null;
  readonly payMethods: readonly string[];
  readonly metadata: JsonObject;
  readonly locale: string | null;
  readonly setupMandate: boolean;
  readonly mandate: string | null;
  /** Given only where the id must be known before, as in demonstration data. */
  readonly id?: string;
}

/** Starts a payment: intent, call, record. */
@Injectable()
export class CreatePayment {
  constructor(
    private readonly database: Database,
    private readonly registry: ProviderRegistry,
    private readonly payments: PaymentsRepository,
    private readonly events: Events,
    private readonly replay: ReplayCommand,
    private readonly sendCreate: SendCreate,
  ) {}

  async execute(input: CreatePaymentInput): Promise<CommandResult> {
    const choice = this.choose(input);
    if (choice instanceof AppError) return this.repeatOr(input, choice);
    const { payment, operation } = intentOf(input, choice);
    const started = await this.start(payment);
    switch (started.kind) {
      case 'started': {
        const attempt = { payment: started.payment, operation, cause: 'api' };
        return this.sendCreate.execute({ ...attempt, actor: input.caller.subject });
      }
      case 'no_access':
        throw refusedAccess(input);
      case 'key_taken':
        return this.repeatOr(input, keyInFlight(input.idempotency?.key ?? ''));
    }
  }

  /** The provider, or why nobody can take the payment now. */
  private choose(input: CreatePaymentInput): ProviderChoice | AppError {
    try {
      refuseWithoutCustomer(input);
      const choice = chooseProvider(this.registry, input.provider, needsOf(input));
      refuseWhilePaused(choice);
      return choice;
    } catch (error) {
      if (error instanceof AppError) return error;
      throw error;
    }
  }

  /** What cannot be taken (again) may be the repetition of a request that was taken before. */
  private async repeatOr(input: CreatePaymentInput, refusal: AppError): Promise<CommandResult> {
    const replayed = await this.replay.execute(input);
    if (replayed) return replayed;
    throw refusal;
  }

  /** One statement is atomic on its own; a transaction is opened only for those who react inside of it. */
  private async start(payment: NewPayment): Promise<StartedPayment> {
    if (!this.events.hasReactions(payment.events)) {
      return this.payments.insertWithIntent(this.database, payment);
    }
    return this.database.inTransaction(async (tx) => {
      const started = await this.payments.insertWithIntent(tx, payment);
      if (started.kind === 'started') await this.events.runReactions(tx, payment.events);
      return started;
    });
  }
}

function needsOf(input: CreatePaymentInput): PaymentNeeds {
  const abilities: CreateAbility[] = [];
  if (input.setupMandate) abilities.push('setup_mandate');
  if (input.mandate !== null) abilities.push('mandate');
  return { amount: input.amount, payMethods: input.payMethods, abilities };
}

/** What is written before the provider is called. */
function intentOf(input: CreatePaymentInput, { provider, because }: ProviderChoice) {
  const id = input.id ?? newId();
  const key = `${providerKeyPrefix(id, 'create')}1`;
  const actor = input.caller.subject;
  const operation = newOperation({ paymentId: id, kind: 'create', key, actor });
  const created = paymentEvent('payment.created', {
    id,
    account: provider.account,
    state: 'initialized',
    amount_minor: input.amount.minor.toString(),
    currency: input.amount.currency,
    customer_id: input.customerId,
    conflict: null,
    version: 1,
  });
  const payment: NewPayment = {
    ...input,
    id,
    account: provider.account,
    chosenBecause: because,
    operationId: operation.id,
    providerKey: key,
    requestHash: hashOf(input),
    claim: input.idempotency,
    events: [created],
  };
  return { payment, operation };
}

function refuseWhilePaused({ provider }: ProviderChoice): void {
  const retryAfterS = provider.pausedForS();
  if (retryAfterS === 0) return;
  const detail = `${provider.name} did not answer lately. Nothing was stored; try again shortly.`;
  throw providerUnavailable(detail, { retryAfterS });
}

function refuseWithoutCustomer({ caller, customerId }: CreatePaymentInput): void {
  if (customerId !== null || caller.role === 'staff') return;
  const detail = 'Send the customer who pays: only staff make payments without one.';
  const errors = [{ pointer: '/customer', code: 'customer_required', detail }];
  throw customerRequired(detail, { errors });
}

/** Staff may know that there is no such customer; a user is told the same as for somebody else's. */
function refusedAccess({ caller }: CreatePaymentInput): AppError {
  if (caller.role === 'user') {
    return customerForbidden('You may only act for customers that you own.');
  }
  const detail = 'There is no such customer. Create it at POST /api/customers first.';
  const errors = [{ pointer: '/customer', code: 'customer_unknown', detail }];
  return customerUnknown(detail, { errors });
}

/** What was asked for, as evidence beside the operation: tells two different requests apart. */
function hashOf({
  amount,
  customerId,
  metadata,
  returnUrl,
  cancelUrl,
}: CreatePaymentInput): string {
  const asked = [amount.toString(), customerId, metadata, returnUrl, cancelUrl];
  return createHash('sha256').update(JSON.stringify(asked)).digest('base64url');
}
