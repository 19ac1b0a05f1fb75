import { Inject, Injectable } from '@nestjs/common';
import { KASSA } from '../../../platform/auth/caller';
import { Database } from '../../../platform/database/database';
import { customerDetails } from '../../customers/customers.facade';
import { type InvoiceDocument } from '../domain/invoice-document';
import { makeDocument } from '../domain/make-document';
import { INVOICES_SETTINGS, type InvoicesSettings } from '../invoices.settings';
import { InvoiceQueries } from '../queries/invoice-queries';
import { NumberSeries } from '../storage/number-series';
import { documentPartsOf } from './document-parts';
import { allowedFor } from './refusals';

/** Stands where the number will be. */
const NO_NUMBER = '—';

/** What a draft would say if it were issued today. Nothing is stored, and what the law still misses is no obstacle. */
@Injectable()
export class PreviewInvoice {
  constructor(
    private readonly database: Database,
    private readonly queries: InvoiceQueries,
    private readonly series: NumberSeries,
    @Inject(INVOICES_SETTINGS) private readonly settings: InvoicesSettings,
  ) {}

  /** Throws `invoice_state` (409) for what is issued: that has a document of its own. */
  async execute(id: string): Promise<InvoiceDocument> {
    const invoice = allowedFor('issue', await this.queries.find(KASSA, id));
    const customer = await customerDetails(this.database, invoice.customer_id);
    if (!customer) throw new Error(`customer ${invoice.customer_id} vanished`);
    const today = await this.series.today(this.database, this.settings.INVOICE_TIME_ZONE);
    const { lines } = invoice;
    const parts = documentPartsOf({ invoice, lines, customer, today }, this.settings);
    return { ...makeDocument(parts), number: NO_NUMBER, issued_at: `${today}T00:00:00.000Z` };
  }
}
