import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { type PaymentProvider } from '../../../providers/payment-provider';
import { type ProviderMandate } from '../../../providers/provider-parts';
import { unusableAnswer } from '../../../providers/unusable-answer';
import { ProviderCustomersRepository } from '../storage/provider-customers.repository';

export interface FindMandateInput {
  readonly caller: Caller;
  readonly provider: PaymentProvider;
  readonly customerId: string;
  /** The provider's id. */
  readonly mandateId: string;
}

export type FoundMandate =
  | { readonly kind: 'found'; readonly mandate: ProviderMandate; readonly providerCustomer: string }
  /** The customer has none of this id: there is none, or somebody else gave it. */
  | { readonly kind: 'none' }
  /** The caller may not act for the customer. */
  | { readonly kind: 'no_access' };

/** Two letters and up to 16 characters today; no dots, because an id is a segment of a path that is asked for. */
const MANDATE_ID = /^[A-Za-z0-9_-]{1,100}$/;

/** One mandate of a customer, as the provider shows it now. */
@Injectable()
export class FindMandate {
  constructor(private readonly repository: ProviderCustomersRepository) {}

  /** Throws (503, 502) when the provider does not say. */
  async execute(input: FindMandateInput): Promise<FoundMandate> {
    const { caller, provider, customerId, mandateId } = input;
    const known = await this.repository.find(caller, { customerId, account: provider.account });
    if (!known) return { kind: 'no_access' };
    const providerCustomer = known.provider_customer;
    const { mandates } = provider;
    if (providerCustomer === null || !mandates || !MANDATE_ID.test(mandateId)) {
      return { kind: 'none' };
    }
    const result = await mandates.read(mandateId);
    if (result.outcome === 'not_found') return { kind: 'none' };
    if (result.outcome !== 'done') throw unusableAnswer(provider, result);
    const mandate = result.value;
    const isTheirs =
      mandate.providerCustomer === providerCustomer && mandate.mandateId === mandateId;
    return isTheirs ? { kind: 'found', mandate, providerCustomer } : { kind: 'none' };
  }
}
