import { Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { readAnyId } from '../../../shared/id';
import { type InvoiceResult } from '../actions/create-invoice';
import { noSuchInvoice, replayedDraftIsGone } from '../actions/refusals';
import { InvoiceQueries, type ShownInvoice } from '../queries/invoice-queries';
import { toInvoiceResponse } from '../queries/invoice.view';
import { type InvoiceResponse } from './invoice.response';

/** Finds the invoice that a request is about; one of somebody else does not exist. */
@Injectable()
export class FindInvoice {
  constructor(private readonly queries: InvoiceQueries) {}

  async byId(caller: Caller, text: string): Promise<ShownInvoice> {
    const invoice = await this.queries.find(caller, invoiceIdOf(text));
    if (!invoice) throw noSuchInvoice();
    return invoice;
  }

  /** What a request made, now or before; a draft may have been deleted since. */
  async showMade(
    caller: Caller,
    { id, replayed, base }: InvoiceResult & { readonly base: string },
  ): Promise<InvoiceResponse> {
    const invoice = await this.queries.find(caller, id);
    if (!invoice) throw replayed ? replayedDraftIsGone() : noSuchInvoice();
    return toInvoiceResponse(invoice, base);
  }

  async show(
    caller: Caller,
    { id, base }: { readonly id: string; readonly base: string },
  ): Promise<InvoiceResponse> {
    return toInvoiceResponse(await this.byId(caller, id), base);
  }
}

/** The UUID behind an id in a path. Throws 404 for a text that is none. */
export function invoiceIdOf(text: string): string {
  const id = readAnyId('inv', text);
  if (id === null) throw noSuchInvoice();
  return id;
}
