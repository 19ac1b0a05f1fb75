import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { Database } from '../../../platform/database/database';
import { Jobs } from '../../../platform/jobs/jobs';
import { Logger } from '../../../platform/logging/log';
import { showId } from '../../../shared/id';
import { type PaymentProvider } from '../../../providers/payment-provider';
import { type CallResult, type CallTrouble, troubleIn } from '../../../providers/provider-call';
import { type CustomerOps } from '../../../providers/provider-parts';
import { keepInStepJob } from '../jobs/customer-jobs';
import { CustomersRepository } from '../storage/customers.repository';
import {
  type CustomerAccount,
  ProviderCustomersRepository,
} from '../storage/provider-customers.repository';
import { hashOf, toDetails } from './provider-details';

/** As long as a call to a provider may take; whoever waits longer goes on without. */
const WAIT_MS = 15_000;
const LOOK_FIRST_MS = 25;
const LOOK_MAX_MS = 250;
/** After a create without an answer: a provider in trouble is not given a new customer for each payment. */
const PAUSE_S = 10;

export interface ProvideCustomerInput {
  readonly caller: Caller;
  readonly provider: PaymentProvider;
  readonly customerId: string;
}

/**
 * The customer at a provider that stands for one of ours; made when it is needed for the first time, once however
 * many need it: docs/decisions/0010-a-customer-at-a-provider-is-not-money.md. Null where the provider has no customers or the caller may not act for ours.
 */
@Injectable()
export class ProvideCustomer {
  constructor(
    private readonly database: Database,
    private readonly customers: CustomersRepository,
    private readonly repository: ProviderCustomersRepository,
    private readonly jobs: Jobs,
    private readonly log: Logger,
  ) {}

  /** Their id of it. Anything but `done` says that there is none for now. */
  async execute({
    caller,
    provider,
    customerId,
  }: ProvideCustomerInput): Promise<CallResult<string> | null> {
    if (!provider.customers) return null;
    const at = { customerId, account: provider.account };
    const untilMs = performance.now() + WAIT_MS;
    for (let pauseMs = LOOK_FIRST_MS; ; pauseMs = Math.min(pauseMs * 2, LOOK_MAX_MS)) {
      const known = await this.repository.find(caller, at);
      if (!known) return null;
      if (known.provider_customer !== null) return done(known.provider_customer);
      if (known.is_leased && known.error_code !== null) return notNow(known.error_message ?? '');
      const attempt = await this.repository.take(at);
      if (attempt !== null) return this.make(provider.customers, { at, attempt });
      if (performance.now() > untilMs) return notNow('The customer is still being made.');
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }

  private async make(
    ops: CustomerOps,
    { at, attempt }: { readonly at: CustomerAccount; readonly attempt: number },
  ): Promise<CallResult<string>> {
    const details = toDetails(await this.customers.get(this.database, at.customerId));
    const made = await ops.create(details);
    if (made.outcome !== 'done') {
      const pauseS = made.outcome === 'unknown' ? PAUSE_S : 0;
      return this.fail(made, { at, attempt, pauseS });
    }
    const { providerCustomer } = made.value;
    const isRecorded = await this.record(at, { providerCustomer, detailsHash: hashOf(details) });
    if (isRecorded) return done(providerCustomer);
    const rows = await this.repository.listOf(at.customerId);
    const first = rows.find(({ account }) => account === at.account)?.provider_customer ?? null;
    return first === null
      ? this.fail(taken(providerCustomer), { at, attempt, pauseS: PAUSE_S })
      : done(first);
  }

  /** What was changed here while the provider was asked is told to it by a job. */
  private async record(
    at: CustomerAccount,
    made: { readonly providerCustomer: string; readonly detailsHash: string },
  ): Promise<boolean> {
    return this.database.inTransaction(async (tx) => {
      // A change under way comes first: its own job may look before there is anything to tell.
      const current = await this.customers.lock(tx, at.customerId);
      const isRecorded = await this.repository.record(tx, at, made);
      if (current && hashOf(toDetails(current)) !== made.detailsHash)
        await this.jobs.add(tx, [keepInStepJob(at.customerId)]);
      return isRecorded;
    });
  }

  private async fail<T extends Exclude<CallResult<never>, { outcome: 'done' }>>(
    result: T,
    { at, attempt, pauseS }: { at: CustomerAccount; attempt: number; pauseS: number },
  ): Promise<T> {
    const trouble = troubleIn(result);
    await this.repository.fail(at, attempt, { trouble, pauseS });
    const line = { customer: showId('cus', at.customerId), account: at.account };
    this.log.warn(
      { ...line, code: trouble.code, outcome: result.outcome },
      'no customer at the provider',
    );
    return result;
  }
}

function done(value: string): CallResult<string> {
  return { outcome: 'done', value };
}

function notNow(message: string): CallResult<never> {
  const trouble: CallTrouble = { code: 'customer_not_made', message, reference: null };
  return { outcome: 'not_sent', trouble, retryAfterS: PAUSE_S };
}

/** A provider that gives one customer for two of ours would let one charge the mandates of the other. */
function taken(providerCustomer: string) {
  const message = `The provider gave ${providerCustomer}, which stands for another customer of ours.`;
  return {
    outcome: 'unknown',
    trouble: { code: 'customer_taken', message, reference: null },
  } as const;
}
