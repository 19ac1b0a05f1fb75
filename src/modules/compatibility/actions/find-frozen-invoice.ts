import { Inject, Injectable } from '@nestjs/common';
import { type Caller } from '../../../platform/auth/caller';
import { Database } from '../../../platform/database/database';
import { readAnyId } from '../../../shared/id';
import { InvoiceFiles, InvoiceWindows, type WindowedInvoice } from '../../invoices/invoices.facade';
import { invoiceDoesNotExist } from '../compatibility.errors';
import { COMPATIBILITY_SETTINGS, type CompatibilitySettings } from '../compatibility.settings';
import { type FrozenPage, frozenPage, type FrozenPageInput } from './frozen-page';

export interface FrozenPdf {
  /** Of the invoice. */
  readonly id: string;
  readonly content: Uint8Array;
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
  page(input: FrozenPageInput): Promise<FrozenPage<WindowedInvoice>> {
    return frozenPage(this.windows, this.settings, input);
  }

  async byId(caller: Caller, text: string): Promise<WindowedInvoice> {
    const id = readAnyId('inv', text);
    const found = id === null ? null : await this.windows.find(caller, this.settings, id);
    if (!found) throw invoiceDoesNotExist('Not found.');
    return found;
  }

  /** The stored PDF; it is never rendered here. */
  async pdf(caller: Caller, text: string): Promise<FrozenPdf> {
    const { id } = await this.byId(caller, text);
    const file = await this.files.find(this.database, { invoiceId: id, kind: 'pdf' });
    if (!file) throw invoiceDoesNotExist("There's no PDF for this invoice.");
    return { id, content: file.content };
  }
}
