import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { type PaymentProvider } from '../../../providers/payment-provider';
import { type ProviderMandate } from '../../../providers/provider-parts';
import { Database } from '../../../platform/database/database';
import { unusableAnswer } from '../../../providers/unusable-answer';
import { customerBehind } from '../queries/customer-behind';
import { ProviderCustomersRepository } from '../storage/provider-customers.repository';

export interface FindMandateInput {
  readonly caller: Caller;
  readonly provider: PaymentProvider;
  /** Null: whoever gave it. */
  readonly customerId: string | null;
  /** The provider's id. */
  readonly mandateId: string;
}

export type FoundMandate =
  | {
      readonly kind: 'found';
      readonly mandate: ProviderMandate;
      readonly providerCustomer: string;
      readonly customerId: string;
    }
  /** The customer has none of this id: there is none, or somebody else gave it. */
  | { readonly kind: 'none' }
  /** The caller may not act for the customer. */
  | { readonly kind: 'no_access' };

/** Two letters and up to 16 characters today; no dots, because an id is a segment of a path that is asked for. */
const MANDATE_ID = /^[A-Za-z0-9_-]{1,100}$/;

/** One mandate of a customer, as the provider shows it now. */
@Injectable()
export class FindMandate {
  constructor(
    private readonly database: Database,
    private readonly repository: ProviderCustomersRepository,
  ) {}

  /** Throws (503, 502) when the provider does not say. */
  async execute(input: FindMandateInput): Promise<FoundMandate> {
    const { caller, provider, mandateId } = input;
    const customerId = input.customerId ?? (await this.giverOf(input));
    if (customerId === null) return { kind: 'none' };
    const known = await this.repository.find(caller, { customerId, account: provider.account });
    if (!known) return { kind: 'no_access' };
    const providerCustomer = known.provider_customer;
    if (providerCustomer === null) return { kind: 'none' };
    const mandate = await this.read(input);
    const isTheirs =
      mandate?.providerCustomer === providerCustomer && mandate.mandateId === mandateId;
    return isTheirs ? { kind: 'found', mandate, providerCustomer, customerId } : { kind: 'none' };
  }

  /** Our customer who gave the mandate, by what the provider shows; null where there is none that the caller may know. */
  private async giverOf(input: FindMandateInput): Promise<string | null> {
    const { caller, provider } = input;
    const { account } = provider;
    const providerCustomer = (await this.read(input))?.providerCustomer ?? null;
    if (providerCustomer === null) return null;
    const customerId = await customerBehind(this.database, { account, providerCustomer });
    if (customerId === null) return null;
    return (await this.repository.find(caller, { customerId, account })) ? customerId : null;
  }

  private async read({ provider, mandateId }: FindMandateInput): Promise<ProviderMandate | null> {
    const { mandates } = provider;
    if (!mandates || !MANDATE_ID.test(mandateId)) return null;
    const result = await mandates.read(mandateId);
    if (result.outcome === 'not_found') return null;
    if (result.outcome !== 'done') throw unusableAnswer(provider, result);
    return result.value;
  }
}
