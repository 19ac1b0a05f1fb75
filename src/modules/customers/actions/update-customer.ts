import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { Database, type Tx } from '../../../platform/database/database';
import { invalidRequest } from '../../../platform/http/http.errors';
import { Jobs } from '../../../platform/jobs/jobs';
import { accessToCustomer } from '../customers.facade';
import { customerForbidden, customerNotFound } from '../customers.errors';
import { keepInStepJob } from '../jobs/customer-jobs';
import { type CustomerFields, CustomersRepository } from '../storage/customers.repository';
import { AppError } from '../../../shared/app-error';

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
    private readonly jobs: Jobs,
  ) {}

  async execute({ caller, id, fields, owners }: UpdateCustomerInput): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      // First of all: two changes that both held the weaker lock of the access check would wait for each other.
      const current = await this.repository.lock(tx, id);
      if (!current) throw noSuchCustomer();
      await accessToCustomer(tx, caller, id).catch(hideForeign);
      await this.repository.update(tx, id, { ...current, ...fields });
      if (owners) await this.changeOwners(tx, { caller, id, owners });
      await this.jobs.add(tx, [keepInStepJob(id)]);
    });
  }

  /** Only staff hand a customer on; a user may repeat the list that it read, in any order. */
  private async changeOwners(tx: Tx, { caller, id, owners }: OwnersChange): Promise<void> {
    if (caller.role === 'staff') return this.repository.replaceOwners(tx, id, owners);
    const current = await this.repository.ownersOf(tx, id);
    if (sameOwners(current, owners)) return;
    const detail = 'Only staff may change the owners. Leave the field out.';
    throw invalidRequest(detail, { errors: [{ pointer: '/owners', code: 'owners', detail }] });
  }
}

type OwnersChange = Pick<UpdateCustomerInput, 'caller' | 'id'> & {
  readonly owners: readonly string[];
};

/** A request names every owner once, as the database does. */
function sameOwners(current: readonly string[], sent: readonly string[]): boolean {
  return current.length === sent.length && sent.every((owner) => current.includes(owner));
}

/** Addressed by its own id, a customer of somebody else does not exist (404); named in a body it is forbidden. */
function hideForeign(error: unknown): never {
  if (error instanceof AppError && error.code === customerForbidden.code) throw noSuchCustomer();
  throw error;
}

export function noSuchCustomer() {
  return customerNotFound('There is no customer with this id, or it is not yours.');
}
