import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { Database } from '../../../platform/database/database';
import { claimKey, findClaimed, type IdempotencyClaim } from '../../../platform/http/idempotency';
import { newId } from '../../../shared/id';
import { customerDetails } from '../../customers/customers.facade';
import { customerUnknown } from '../../payments/payments.facade';
import { type InvoiceLocale } from '../domain/invoice-document';
import { InvoicesRepository } from '../storage/invoices.repository';
import { type DraftInput, draftFieldsOf } from './draft-input';

export interface CreateInvoiceInput extends Omit<DraftInput, 'locale'> {
  readonly caller: Caller;
  readonly idempotency: IdempotencyClaim | null;
  /** Null: the customer's own, where we speak it. */
  readonly locale: InvoiceLocale | null;
  /** Given only where the id must be known before, as in demonstration data. */
  readonly id?: string;
}

/** What a command on invoices came to. */
export interface InvoiceResult {
  readonly id: string;
  /** The Idempotency-Key was seen before: nothing was done now. */
  readonly replayed: boolean;
}

/** Starts a draft: no number, nothing owed, everything may still change. */
@Injectable()
export class CreateInvoice {
  constructor(
    private readonly database: Database,
    private readonly invoices: InvoicesRepository,
  ) {}

  async execute(input: CreateInvoiceInput): Promise<InvoiceResult> {
    const claimed = await findClaimed(this.database, input.idempotency);
    if (claimed) return { id: claimed.resourceId, replayed: true };
    const id = input.id ?? newId();
    await this.database.inTransaction(async (tx) => {
      const customer = await customerDetails(tx, input.customerId);
      if (!customer) throw noSuchCustomer();
      await claimKey(tx, input.idempotency, { resourceId: id, operationId: null });
      const locale = input.locale ?? localeOf(customer.locale);
      const fields = draftFieldsOf({ ...input, locale });
      const actor = input.caller.subject;
      await this.invoices.insert(tx, { ...fields, id, kind: 'invoice', creditsId: null, actor });
    });
    return { id, replayed: false };
  }
}

/** The language of a customer such as `nl-BE`, where documents speak it; English otherwise. */
export function localeOf(text: string | null): InvoiceLocale {
  const language = text?.slice(0, 2).toLowerCase();
  return language === 'nl' || language === 'de' ? language : 'en';
}

export function noSuchCustomer() {
  const detail = 'There is no such customer. Create it at POST /api/customers first.';
  const errors = [{ pointer: '/customer', code: 'customer_unknown', detail }];
  return customerUnknown(detail, { errors });
}
