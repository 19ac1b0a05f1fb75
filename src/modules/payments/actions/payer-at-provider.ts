import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { type PaymentProvider } from '../../../providers/payment-provider';
import { unusableAnswer } from '../../../providers/unusable-answer';
import { FindMandate, ProvideCustomer } from '../../customers/customers.facade';
import { mandateNotApproved, mandateUnknown } from '../payments.errors';

export interface Payer {
  readonly caller: Caller;
  readonly customerId: string | null;
  readonly setupMandate: boolean;
  readonly mandate: string | null;
}

/**
 * Who pays, as the provider knows them. A payment that is to set up a mandate cannot be made without; any other one
 * goes ahead, because a shop would rather be paid than have its customer in the provider's address book.
 */
@Injectable()
export class PayerAtProvider {
  constructor(
    private readonly provideCustomer: ProvideCustomer,
    private readonly findMandate: FindMandate,
  ) {}

  /** Null where there is none. Throws for a mandate only, before anything of the payment was stored or sent. */
  async execute(payer: Payer, provider: PaymentProvider): Promise<string | null> {
    const { caller, customerId, setupMandate, mandate } = payer;
    if (customerId === null) return null;
    if (mandate !== null) return this.whoGave({ caller, customerId, mandateId: mandate }, provider);
    const provided = await this.provideCustomer.execute({ caller, provider, customerId });
    if (provided === null) return null;
    if (provided.outcome === 'done') return provided.value;
    if (setupMandate) throw unusableAnswer(provider, provided);
    return null;
  }

  /** Null where the caller may not act for the customer, which the intent refuses. */
  private async whoGave(
    asked: { readonly caller: Caller; readonly customerId: string; readonly mandateId: string },
    provider: PaymentProvider,
  ): Promise<string | null> {
    const found = await this.findMandate.execute({ ...asked, provider });
    if (found.kind === 'no_access') return null;
    if (found.kind === 'none') {
      const detail = `The customer has no mandate ${asked.mandateId} at ${provider.name} (${provider.account}).`;
      throw mandateUnknown(detail, {
        errors: [{ ...AT_MANDATE, code: 'mandate_unknown', detail }],
      });
    }
    const { mandate, providerCustomer } = found;
    if (mandate.state === 'approved') return providerCustomer;
    const detail = `The mandate is ${mandate.providerState}. Only an approved one can be charged.`;
    const errors = [{ ...AT_MANDATE, code: 'mandate_not_approved', detail }];
    throw mandateNotApproved(detail, { errors });
  }
}

const AT_MANDATE = { pointer: '/mandate' } as const;
