import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { ProviderRegistry } from '../../../providers/provider-registry';
import { mandateNotFound } from '../customers.errors';
import { FindMandate } from './find-mandate';
import { type AccountMandate } from './list-mandates';
import { mandateProvider, mandateProviders } from './mandate-providers';
import { noSuchCustomer } from './update-customer';

export interface ShowMandateInput {
  readonly caller: Caller;
  readonly customerId: string;
  readonly mandateId: string;
  /** Null asks every account that has mandates. */
  readonly account: string | null;
}

/** One mandate of a customer, by the provider's id. */
@Injectable()
export class ShowMandate {
  constructor(
    private readonly registry: ProviderRegistry,
    private readonly findMandate: FindMandate,
  ) {}

  /** Throws 404, `unsupported_by_provider` (422), or 503 when a provider does not say. */
  async execute({ account, ...input }: ShowMandateInput): Promise<AccountMandate> {
    const asked =
      account === null
        ? mandateProviders(this.registry)
        : [mandateProvider(this.registry, account)];
    for (const provider of asked) {
      const found = await this.findMandate.execute({ ...input, provider });
      if (found.kind === 'no_access') throw noSuchCustomer();
      if (found.kind === 'found') return { account: provider.account, mandate: found.mandate };
    }
    throw mandateNotFound('The customer has no mandate with this id.');
  }
}
