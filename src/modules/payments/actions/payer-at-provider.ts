import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { type PaymentProvider } from '../../../providers/payment-provider';
import { unusableAnswer } from '../../../providers/unusable-answer';
import { ProvideCustomer } from '../../customers/customers.facade';

export interface Payer {
  readonly caller: Caller;
  readonly customerId: string | null;
  readonly setupMandate: boolean;
}

/**
 * Who pays, as the provider knows them. A payment that is to set up a mandate cannot be made without; any other one
 * goes ahead, because a shop would rather be paid than have its customer in the provider's address book.
 */
@Injectable()
export class PayerAtProvider {
  constructor(private readonly provideCustomer: ProvideCustomer) {}

  /** Null where there is none. Throws for a mandate only, before anything of the payment was stored or sent. */
  async execute(
    { caller, customerId, setupMandate }: Payer,
    provider: PaymentProvider,
  ): Promise<string | null> {
    if (customerId === null) return null;
    const provided = await this.provideCustomer.execute({ caller, provider, customerId });
    if (provided === null) return null;
    if (provided.outcome === 'done') return provided.value;
    if (setupMandate) throw unusableAnswer(provider, provided);
    return null;
  }
}
