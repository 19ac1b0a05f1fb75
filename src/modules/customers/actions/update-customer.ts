import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { Database } from '../../../platform/database/database';
import { accessToCustomer } from '../customers.facade';
import { customerForbidden, customerNotFound } from '../customers.errors';
import { type CustomerFields, CustomersRepository } from '../storage/customers.repository';
import { AppError } from '../../../shared/app-error';
import { ownersFor } from './create-customer';

export interface UpdateCustomerInput {
  readonly caller: Caller;
  readonly id: string;
  /** Only the fields to change. */
  readonly fields: Partial<CustomerFields>;
  /** Null leaves the owners as they are. */
  readonly owners: readonly string[] | null;
}

/** Changes what is known about a customer. Payments and issued invoices keep what they were made with. */
@Injectable()
export class UpdateCustomer {
  constructor(
    private readonly database: Database,
    private readonly repository: CustomersRepository,
  ) {}

  async execute({ caller, id, fields, owners }: UpdateCustomerInput): Promise<void> {
    const newOwners = owners === null ? null : ownersFor(caller, owners);
    await this.database.inTransaction(async (tx) => {
      // First of all: two changes that both held the weaker lock of the access check would wait for each other.
      const current = await this.repository.lock(tx, id);
      if (!current) throw noSuchCustomer();
      await accessToCustomer(tx, caller, id).catch(hideForeign);
      await this.repository.update(tx, id, { ...current, ...fields });
      if (newOwners) await this.repository.replaceOwners(tx, id, newOwners);
    });
  }
}

/** Addressed by its own id, a customer of somebody else does not exist (404); named in a body it is forbidden. */
function hideForeign(error: unknown): never {
  if (error instanceof AppError && error.code === customerForbidden.code) throw noSuchCustomer();
  throw error;
}

export function noSuchCustomer() {
  return customerNotFound('There is no customer with this id, or it is not yours.');
}
