import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { Database } from '../../../platform/database/database';
import { invalidRequest } from '../../../platform/http/http.errors';
import { claimKey, findClaimed, type IdempotencyClaim } from '../../../platform/http/idempotency';
import { newId } from '../../../shared/id';
import {
  type CustomerFields,
  CustomersRepository,
  NO_CUSTOMER_FIELDS,
} from '../storage/customers.repository';

export interface CreateCustomerInput {
  readonly caller: Caller;
  readonly fields: Partial<CustomerFields>;
  readonly owners: readonly string[] | null;
  readonly idempotency: IdempotencyClaim | null;
  /** Given only where the id must be known before, as in demonstration data. */
  readonly id?: string;
}

export interface CreatedCustomer {
  readonly id: string;
  /** The Idempotency-Key was seen before: nothing was created now. */
  readonly replayed: boolean;
}

/** Adds a customer. A user becomes its owner; staff name the owners, or leave it without. */
@Injectable()
export class CreateCustomer {
  constructor(
    private readonly database: Database,
    private readonly repository: CustomersRepository,
  ) {}

  async execute(input: CreateCustomerInput): Promise<CreatedCustomer> {
    const claimed = await findClaimed(this.database, input.idempotency);
    if (claimed) return { id: claimed.resourceId, replayed: true };
    const id = input.id ?? newId();
    const owners = ownersFor(input.caller, input.owners);
    await this.database.inTransaction(async (tx) => {
      await claimKey(tx, input.idempotency, { resourceId: id, operationId: null });
      await this.repository.insert(tx, { ...NO_CUSTOMER_FIELDS, ...input.fields, id, owners });
    });
    return { id, replayed: false };
  }
}

/** Who owns a new customer; only staff make one for somebody else. */
function ownersFor(caller: Caller, owners: readonly string[] | null): readonly string[] {
  if (caller.role === 'staff') return owners ?? [];
  if (owners === null || (owners.length === 1 && owners[0] === caller.subject)) {
    return [caller.subject];
  }
  const detail = 'Only staff may name owners. Leave the field out: you own what you create.';
  throw invalidRequest(detail, { errors: [{ pointer: '/owners', code: 'owners', detail }] });
}
