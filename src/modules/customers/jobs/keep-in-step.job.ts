import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { Jobs } from '../../../platform/jobs/jobs';
import { Logger } from '../../../platform/logging/log';
import { showId } from '../../../shared/id';
import { textAt } from '../../../shared/json';
import { type CallResult, troubleIn } from '../../../providers/provider-call';
import { type CustomerDetails } from '../../../providers/provider-parts';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { hashOf, toDetails } from '../actions/provider-details';
import { CustomersRepository } from '../storage/customers.repository';
import {
  type CustomerAccount,
  type ProviderCustomerRow,
  ProviderCustomersRepository,
} from '../storage/provider-customers.repository';
import { KEEP_IN_STEP } from './customer-jobs';

/** Tells every provider that has a customer of ours what changed about it. */
@Injectable()
export class KeepInStep implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly registry: ProviderRegistry,
    private readonly customers: CustomersRepository,
    private readonly repository: ProviderCustomersRepository,
    private readonly jobs: Jobs,
    private readonly log: Logger,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(KEEP_IN_STEP, (payload) => this.execute(textAt(payload, 'customer') ?? ''));
  }

  /**
   * Tells every account, then throws to be tried again while one of them does not answer or somebody else tells it
   * something.
   */
  async execute(customerId: string): Promise<void> {
    const rows = await this.repository.listOf(customerId);
    const details = toDetails(await this.customers.get(this.database, customerId));
    const outdated = rows.filter(({ details_hash }) => details_hash !== hashOf(details));
    const failures: unknown[] = [];
    for (const row of outdated) {
      const telling = this.tell({ customerId, account: row.account }, row);
      await telling.catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }

  /** One that is still being made compares for itself as soon as it is. */
  private async tell(
    at: CustomerAccount,
    { provider_customer: providerCustomer }: ProviderCustomerRow,
  ): Promise<void> {
    const provider = this.registry.all.find(({ account }) => account === at.account);
    if (providerCustomer === null || !provider?.customers) return;
    const attempt = await this.repository.takeKnown(at, providerCustomer);
    if (attempt === null) throw new Error('somebody else changes the customer at the provider');
    // Read under the lease: what is told last is what was known last.
    const details = toDetails(await this.customers.get(this.database, at.customerId));
    const result = await provider.customers.update(providerCustomer, details);
    await this.settle({ at, attempt, providerCustomer }, result, details);
  }

  private async settle(
    { at, attempt, providerCustomer }: Told,
    result: CallResult<null>,
    details: CustomerDetails,
  ): Promise<void> {
    if (result.outcome === 'done') {
      if (await this.repository.told(at, attempt, hashOf(details))) return;
      throw new Error('the change took so long that somebody else took over');
    }
    const trouble = troubleIn(result);
    const line = { customer: showId('cus', at.customerId), account: at.account };
    if (result.outcome === 'not_found') {
      await this.repository.forget(at, attempt);
      this.log.warn({ ...line, forgotten: providerCustomer }, 'the provider lost a customer');
      return;
    }
    await this.repository.fail(at, attempt, { trouble, pauseS: 0 });
    // The provider will never take these details; the next change is another try.
    if (result.outcome === 'refused' && result.refusal.kind !== 'merchant') {
      this.log.warn({ ...line, code: trouble.code }, 'the provider refused what changed');
      return;
    }
    throw new Error(`${result.outcome}: ${trouble.code}`);
  }
}

interface Told {
  readonly at: CustomerAccount;
  readonly attempt: number;
  readonly providerCustomer: string;
}
