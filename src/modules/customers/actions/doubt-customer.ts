import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { Jobs } from '../../../platform/jobs/jobs';
import { Logger } from '../../../platform/logging/log';
import { showId } from '../../../shared/id';
import { keepInStepJob } from '../jobs/customer-jobs';
import {
  type CustomerAccount,
  ProviderCustomersRepository,
} from '../storage/provider-customers.repository';

/**
 * For when a provider refused its own customer as unknown: a job asks whether it is there, and one that is gone is made
 * anew with the next need.
 */
@Injectable()
export class DoubtCustomer {
  constructor(
    private readonly database: Database,
    private readonly repository: ProviderCustomersRepository,
    private readonly jobs: Jobs,
    private readonly log: Logger,
  ) {}

  /** Never throws: trouble of ours must not change what the provider's refusal means. */
  async execute(at: CustomerAccount, providerCustomer: string): Promise<void> {
    const line = { customer: showId('cus', at.customerId), account: at.account };
    this.log.warn({ ...line, doubted: providerCustomer }, 'the provider refused its customer');
    try {
      await this.database.inTransaction(async (tx) => {
        const isCurrent = await this.repository.doubt(tx, at, providerCustomer);
        if (isCurrent) await this.jobs.add(tx, [keepInStepJob(at.customerId)]);
      });
    } catch (error) {
      this.log.error({ ...line, error: String(error) }, 'a doubt was not recorded');
    }
  }
}
