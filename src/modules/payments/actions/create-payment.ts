import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { Database, type Tx } from '../../../platform/database/database';
import { Events } from '../../../platform/events/events';
import { claimKey, type IdempotencyClaim } from '../../../platform/http/idempotency';
import { newId } from '../../../shared/id';
import { type JsonObject } from '../../../shared/json';
import { type Money } from '../../../shared/money/money';
import { chooseProvider, type ProviderChoice } from '../../../providers/choose-provider';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { providerUnavailable } from '../../../providers/providers.errors';
import { accessToCustomer } from '../../customers/customers.facade';
import { customerRequired, customerUnknown } from '../payments.errors';
import { paymentEvent } from '../payments.events';
import { newOperation } from '../storage/operation.row';
import { providerKeyPrefix } from '../storage/operations.repository';
import { type PaymentRow } from '../storage/payment.row';
import { PaymentsRepository } from '../storage/payments.repository';
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
    const replayed = await this.replay.execute(input.idempotency);
    if (replayed) return replayed;
    const choice = chooseProvider(this.registry, input.provider, {
      amount: input.amount,
      payMethods: input.payMethods,
      abilities: [
        ...(input.setupMandate ? (['setup_mandate'] as const) : []),
        ...(input.mandate === null ? [] : (['mandate'] as const)),
      ],
    });
    refuseWhilePaused(choice);
    const actor = input.caller.subject;
    const { payment, operation } = await this.database.inTransaction((tx) =>
      this.commitIntent(tx, input, choice),
    );
    return this.sendCreate.execute({ payment, operation, cause: 'api', actor });
  }

  private async commitIntent(tx: Tx, input: CreatePaymentInput, choice: ProviderChoice) {
    await refuseForeignCustomer(tx, input);
    const id = input.id ?? newId();
    const actor = input.caller.subject;
    const key = `${providerKeyPrefix(id, 'create')}1`;
    const operation = newOperation({ paymentId: id, kind: 'create', key, actor });
    await claimKey(tx, input.idempotency, { resourceId: id, operationId: operation.id });
    const payment: PaymentRow = await this.payments.insertWithIntent(tx, {
      ...input,
      id,
      account: choice.provider.account,
      chosenBecause: choice.because,
      actor,
      operationId: operation.id,
      providerKey: key,
      requestHash: hashOf(input),
    });
    await this.events.publish(tx, paymentEvent('payment.created', payment));
    return { payment, operation };
  }
}

function refuseWhilePaused({ provider }: ProviderChoice): void {
  const retryAfterS = provider.pausedForS();
  if (retryAfterS === 0) return;
  const detail = `${provider.name} did not answer lately. Nothing was stored; try again shortly.`;
  throw providerUnavailable(detail, { retryAfterS });
}

async function refuseForeignCustomer(tx: Tx, input: CreatePaymentInput): Promise<void> {
  const { caller, customerId } = input;
  if (customerId === null) {
    if (caller.role === 'staff') return;
    const detail = 'Send the customer who pays: only staff make payments without one.';
    const errors = [{ pointer: '/customer', code: 'customer_required', detail }];
    throw customerRequired(detail, { errors });
  }
  if ((await accessToCustomer(tx, caller, customerId)) === 'granted') return;
  const detail = 'There is no such customer. Create it at POST /api/customers first.';
  throw customerUnknown(detail, {
    errors: [{ pointer: '/customer', code: 'customer_unknown', detail }],
  });
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
