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

const NONE = { kind: 'none' } as const;

/** Two letters and up to 16 characters today; no dots, because an id is a segment of a path that is asked for. */
const MANDATE_ID = /^[A-Za-z0-9_-]{1,100}$/;

/** One mandate of a customer, as the provider shows it now. */
@Injectable()
export class FindMandate {
  constructor(
    private readonly database: Database,
    private readonly repository: ProviderCustomersRepository,
  ) {}

  /** Throws (503, 502) when the provider does not say. Access is looked at once: it may change while we look. */
  async execute(input: FindMandateInput): Promise<FoundMandate> {
    const { caller, provider, customerId } = input;
    if (customerId === null) return this.ofAnyone(input);
    const known = await this.repository.find(caller, { customerId, account: provider.account });
    if (!known) return { kind: 'no_access' };
    if (known.provider_customer === null && !known.has_former) return NONE;
    const given = await this.given(input);
    return given.kind === 'found' && given.customerId === customerId ? given : NONE;
  }

  /** A mandate that a stranger gave is none, as far as the caller may know. */
  private async ofAnyone(input: FindMandateInput): Promise<FoundMandate> {
    const given = await this.given(input);
    if (given.kind !== 'found') return given;
    const at = { customerId: given.customerId, account: input.provider.account };
    return (await this.repository.find(input.caller, at)) ? given : NONE;
  }

  /** The mandate and our customer who gave it, by what the provider shows; whoever asks. */
  private async given(input: FindMandateInput): Promise<FoundMandate> {
    const { account } = input.provider;
    const mandate = await this.read(input);
    const providerCustomer = mandate?.providerCustomer ?? null;
    if (mandate?.mandateId !== input.mandateId || providerCustomer === null) return NONE;
    const customerId = await customerBehind(this.database, { account, providerCustomer });
    return customerId === null ? NONE : { kind: 'found', mandate, providerCustomer, customerId };
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
