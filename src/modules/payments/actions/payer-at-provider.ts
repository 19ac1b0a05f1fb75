import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { type PaymentProvider } from '../../../providers/payment-provider';
import { unusableAnswer } from '../../../providers/unusable-answer';
import { FindMandate, ProvideCustomer } from '../../customers/customers.facade';
import { mandateNotApproved, mandateUnknown } from '../payments.errors';
import { refusedAccess } from './refused-access';

export interface Payer {
  readonly caller: Caller;
  readonly customerId: string | null;
  readonly setupMandate: boolean;
  readonly mandate: string | null;
}

/** Who pays: our customer, and the provider's; null where there is none. */
export interface FoundPayer {
  readonly customerId: string | null;
  readonly providerCustomer: string | null;
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

  /** Throws for a mandate only, before anything of the payment was stored or sent. */
  async execute(payer: Payer, provider: PaymentProvider): Promise<FoundPayer> {
    const { caller, customerId, setupMandate, mandate } = payer;
    if (mandate !== null) return this.whoGave({ caller, customerId, mandateId: mandate }, provider);
    const unknown = { customerId, providerCustomer: null };
    if (customerId === null) return unknown;
    const provided = await this.provideCustomer.execute({ caller, provider, customerId });
    if (provided === null) return unknown;
    if (provided.outcome === 'done') return { customerId, providerCustomer: provided.value };
    if (setupMandate) throw unusableAnswer(provider, provided);
    return unknown;
  }

  /** A stranger's mandate goes no further: without a customer nobody would ask again whose money it is. */
  private async whoGave(
    asked: {
      readonly caller: Caller;
      readonly customerId: string | null;
      readonly mandateId: string;
    },
    provider: PaymentProvider,
  ): Promise<FoundPayer> {
    const found = await this.findMandate.execute({ ...asked, provider });
    if (found.kind === 'no_access') throw refusedAccess(asked.caller);
    if (found.kind === 'none') {
      const who = asked.customerId === null ? 'No customer of yours' : 'The customer';
      const lacks = asked.customerId === null ? 'gave the' : 'has no';
      const detail = `${who} ${lacks} mandate ${asked.mandateId} at ${provider.name} (${provider.account}).`;
      throw mandateUnknown(detail, {
        errors: [{ ...AT_MANDATE, code: 'mandate_unknown', detail }],
      });
    }
    const { mandate, providerCustomer, customerId } = found;
    if (mandate.state === 'approved') return { customerId, providerCustomer };
    const detail = `The mandate is ${mandate.providerState}. Only an approved one can be charged.`;
    const errors = [{ ...AT_MANDATE, code: 'mandate_not_approved', detail }];
    throw mandateNotApproved(detail, { errors });
  }
}

const AT_MANDATE = { pointer: '/mandate' } as const;
