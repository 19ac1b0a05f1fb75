import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { Database } from '../../../platform/database/database';
import {
  claimKey,
  findClaimed,
  type IdempotencyClaim,
  keyInFlight,
  releaseKey,
} from '../../../platform/http/idempotency';
import { Logger } from '../../../platform/logging/log';
import { asReplayed } from '../../../shared/app-error';
import { newId, showId } from '../../../shared/id';
import {
  type CallResult,
  isCustomerUnknown,
  type Refusal,
  troubleIn,
} from '../../../providers/provider-call';
import { type ProviderMandate } from '../../../providers/provider-parts';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { unusableAnswer } from '../../../providers/unusable-answer';
import { CustomerQueries } from '../queries/customer-queries';
import {
  type MandateRequestRow,
  MandateRequestsRepository,
} from '../storage/mandate-requests.repository';
import { firstMandateProvider, mandateProvider, type MandateProvider } from './mandate-providers';
import { DoubtCustomer } from './doubt-customer';
import { ProvideCustomer } from './provide-customer';
import { noSuchCustomer } from './update-customer';

/** All others come from a first payment. */
const PAY_METHOD = 'direct-debit';

export interface CreateMandateInput {
  readonly caller: Caller;
  readonly idempotency: IdempotencyClaim | null;
  readonly customerId: string;
  /** Null takes the first account that has mandates. */
  readonly account: string | null;
  /** Without spaces, check digits right. */
  readonly iban: string;
  readonly accountHolderName: string;
}

export interface CreatedMandate {
  readonly account: string;
  readonly customerId: string;
  readonly payMethod: string;
  /** Null while nobody knows whether it was made. */
  readonly mandate: ProviderMandate | null;
  readonly replayed: boolean;
}

/**
 * Makes a direct-debit mandate of a bank account: intent, call, record. PayPro recognises no repeat and shows no bank
 * account, so an answer that got lost stays lost: see docs/decisions/0011-a-mandate-is-made-once-or-nobody-knows.md.
 */
@Injectable()
export class CreateMandate {
  constructor(
    private readonly database: Database,
    private readonly registry: ProviderRegistry,
    private readonly customers: CustomerQueries,
    private readonly provideCustomer: ProvideCustomer,
    private readonly doubtCustomer: DoubtCustomer,
    private readonly requests: MandateRequestsRepository,
    private readonly log: Logger,
  ) {}

  async execute(input: CreateMandateInput): Promise<CreatedMandate> {
    const { caller, customerId, account } = input;
    if (!(await this.customers.find(caller, customerId))) throw noSuchCustomer();
    const replayed = await this.replay(input);
    if (replayed) return replayed;
    const provider =
      account === null
        ? firstMandateProvider(this.registry)
        : mandateProvider(this.registry, account);
    const provided = await this.provideCustomer.execute({ caller, provider, customerId });
    if (provided === null) throw noSuchCustomer();
    if (provided.outcome !== 'done') throw unusableAnswer(provider, provided);
    const id = await this.commitIntent(input, { provider, providerCustomer: provided.value });
    return this.send(input, { id, provider, providerCustomer: provided.value });
  }

  /** The same key stands for the same mandate, as the provider shows it now. */
  private async replay({ idempotency }: CreateMandateInput): Promise<CreatedMandate | null> {
    const claimed = await findClaimed(this.database, idempotency);
    const request = claimed && (await this.requests.find(claimed.resourceId));
    if (!request || !idempotency) return null;
    if (request.state === 'unsettled' && request.is_leased) throw keyInFlight(idempotency.key);
    const provider = mandateProvider(this.registry, request.account);
    if (request.state === 'refused') throw asReplayed(unusableAnswer(provider, refusalOf(request)));
    const answer = {
      account: request.account,
      customerId: request.customer_id,
      payMethod: request.pay_method,
      replayed: true,
    };
    if (request.mandate === null) return { ...answer, mandate: null };
    const shown = await provider.mandates.read(request.mandate);
    if (shown.outcome !== 'done') throw unusableAnswer(provider, shown);
    return { ...answer, mandate: shown.value };
  }

  private async commitIntent(
    { caller, idempotency, customerId }: CreateMandateInput,
    { provider, providerCustomer }: { provider: MandateProvider; providerCustomer: string },
  ): Promise<string> {
    const id = newId();
    await this.database.inTransaction(async (tx) => {
      await claimKey(tx, idempotency, { resourceId: id, operationId: id });
      await this.requests.insert(tx, {
        id,
        customerId,
        account: provider.account,
        providerCustomer,
        payMethod: PAY_METHOD,
        createdBy: caller.subject,
      });
    });
    return id;
  }

  private async send(
    { customerId, iban, accountHolderName }: CreateMandateInput,
    { id, provider, providerCustomer }: Intent,
  ): Promise<CreatedMandate> {
    const order = { providerCustomer, iban, accountHolderName };
    const result = await provider.mandates.create(order);
    const { account } = provider;
    const answer = { account, customerId, payMethod: PAY_METHOD, replayed: false };
    const fields = { customer: showId('cus', customerId), account };
    switch (result.outcome) {
      case 'done':
        await this.remember(this.requests.succeed({ id, mandate: result.value.mandateId }));
        return { ...answer, mandate: result.value };
      case 'unknown':
        await this.remember(this.requests.release(id, result.trouble));
        this.log.warn({ ...fields, code: result.trouble.code }, 'nobody knows of a mandate');
        return { ...answer, mandate: null };
      case 'refused':
      case 'not_sent':
      case 'not_found':
        await this.refuse(id, result);
        if (isCustomerUnknown(result))
          await this.doubtCustomer.execute({ customerId, account }, providerCustomer);
        throw unusableAnswer(provider, clearNo(result));
    }
  }

  /** A database that went away must not make the answer a failure: something was sent. */
  private async remember(recording: Promise<void>): Promise<void> {
    try {
      await recording;
    } catch (error) {
      this.log.error({ error: String(error) }, 'an outcome was not recorded');
    }
  }

  /** What never left us may be asked for again with the same key. */
  private async refuse(id: string, result: Refused): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      await this.requests.refuse(tx, id, result);
      if (result.outcome === 'not_sent') await releaseKey(tx, id);
    });
    this.log.info({ code: troubleIn(result).code }, 'mandate refused');
  }
}

interface Intent {
  readonly id: string;
  readonly provider: MandateProvider;
  readonly providerCustomer: string;
}

type Refused = Exclude<CallResult<never>, { outcome: 'done' | 'unknown' }>;

function refusalOf(request: MandateRequestRow): Refused {
  const trouble = {
    code: request.error_code ?? 'unknown',
    message: request.error_message ?? '',
    reference: request.error_reference,
  };
  const kind = request.refusal ?? 'request';
  if (kind === 'not_found') return clearNo({ outcome: 'not_found', trouble });
  if (kind === 'not_sent') return { outcome: 'not_sent', trouble, retryAfterS: 1 };
  const refusal: Refusal = { kind, ...trouble };
  return { outcome: 'refused', refusal };
}

/** The key stands for what was not found, too: to try again with it would bring the same for ever. */
function clearNo(result: Refused): Refused {
  if (result.outcome !== 'not_found') return result;
  return { outcome: 'refused', refusal: { kind: 'request', ...result.trouble } };
}
