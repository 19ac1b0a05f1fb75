import { Inject, Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { Database } from '../../../platform/database/database';
import { readAnyId } from '../../../shared/id';
import { InvoiceFiles, InvoiceWindows, type WindowedInvoice } from '../../invoices/invoices.facade';
import { invoiceDoesNotExist } from '../compatibility.errors';
import { COMPATIBILITY_SETTINGS, type CompatibilitySettings } from '../compatibility.settings';
import { offsetOf, pageLinks, type PageWish, placeOf } from '../domain/numbered-pages';

export interface ListFrozenInvoicesInput {
  readonly caller: Caller;
  /** The full address of the request, from which those of other pages follow. */
  readonly url: string;
  readonly customerId: string | null;
  readonly wish: PageWish;
}

/** Reads issued invoices; one of somebody else does not exist. */
@Injectable()
export class FindFrozenInvoice {
  constructor(
    private readonly database: Database,
    private readonly windows: InvoiceWindows,
    private readonly files: InvoiceFiles,
    @Inject(COMPATIBILITY_SETTINGS) private readonly settings: CompatibilitySettings,
  ) {}

  /** One numbered page, newest first, with the count of all and the `Link` header. */
  async page({ caller, url, customerId, wish }: ListFrozenInvoicesInput) {
    const numbered = { customerId, offset: offsetOf(wish), limit: wish.size };
    const { count, rows } = await this.windows.list(caller, this.settings, numbered);
    return { rows, count, links: pageLinks(url, placeOf(wish, count)) };
  }

  async byId(caller: Caller, text: string): Promise<WindowedInvoice> {
    const id = readAnyId('inv', text);
    const found = id === null ? null : await this.windows.find(caller, this.settings, id);
    if (!found) throw invoiceDoesNotExist('Not found.');
    return found;
  }

  /** The stored PDF; it is never rendered here. */
  async pdf(caller: Caller, text: string): Promise<Uint8Array> {
    const { id: invoiceId } = await this.byId(caller, text);
    const file = await this.files.find(this.database, { invoiceId, kind: 'pdf' });
    if (!file) throw invoiceDoesNotExist("There's no PDF for this invoice.");
    return file.content;
  }
}
