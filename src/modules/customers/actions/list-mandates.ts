import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { type ProviderMandate } from '../../../providers/provider-parts';
import { unusableAnswer } from '../../../providers/unusable-answer';
import { CustomerQueries } from '../queries/customer-queries';
import { mandateProvider, type MandateProvider, mandateProviders } from './mandate-providers';
import { noSuchCustomer } from './update-customer';

export interface ListMandatesInput {
  readonly caller: Caller;
  readonly customerId: string;
  /** Null asks every account that has mandates. */
  readonly account: string | null;
}

/** A mandate, and where it is. */
export interface AccountMandate {
  readonly account: string;
  readonly mandate: ProviderMandate;
}

/** The mandates of a customer as the providers show them now; none of them is kept here. */
@Injectable()
export class ListMandates {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly customers: CustomerQueries,
  ) {}

  /** Throws 404, `unsupported_by_provider` (422), or 503 when one of the providers does not say. */
  async execute({ caller, customerId, account }: ListMandatesInput): Promise<AccountMandate[]> {
    const customer = await this.customers.find(caller, customerId);
    if (!customer) throw noSuchCustomer();
    const asked =
      account === null
        ? mandateProviders(this.registry)
        : [mandateProvider(this.registry, account)];
    const found: AccountMandate[] = [];
    for (const provider of asked) {
      const providerCustomer = customer.provider_refs[provider.account];
      if (providerCustomer === undefined) continue;
      const mandates = await list(provider, providerCustomer);
      found.push(...mandates.map((mandate) => ({ account: provider.account, mandate })));
    }
    return found;
  }
}

async function list(provider: MandateProvider, providerCustomer: string) {
  const result = await provider.mandates.list(providerCustomer);
  if (result.outcome === 'done') return result.value;
  // A customer that was deleted over there has no mandates any more.
  if (result.outcome === 'not_found') return [];
  throw unusableAnswer(provider, result);
}
