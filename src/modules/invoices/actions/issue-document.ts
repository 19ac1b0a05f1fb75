import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type Tx } from '../../../platform/database/database';
import { Events } from '../../../platform/events/events';
import { Jobs } from '../../../platform/jobs/jobs';
import { Money } from '../../../shared/money/money';
import { Ledger } from '../../customers/customers.facade';
import { type InvoiceDocument } from '../domain/invoice-document';
import { showNumber } from '../domain/invoice-number';
import { type DocumentParts, makeDocument } from '../domain/make-document';
import { legalProblems } from '../domain/legal-requirements';
import { invoiceIncomplete } from '../invoices.errors';
import { invoiceEvent } from '../invoices.events';
import { INVOICES_SETTINGS, type InvoicesSettings } from '../invoices.settings';
import { renderFilesJob } from '../jobs/invoice-jobs';
import { type InvoiceRow } from '../storage/invoice.row';
import { InvoicesRepository } from '../storage/invoices.repository';
import { writeDocument } from '../storage/issued-document.wire';
import { NumberSeries } from '../storage/number-series';

export interface ToIssue {
  /** A locked draft. */
  readonly draft: InvoiceRow;
  /** What it says, by the issue date; asked again with the date that came with the number. */
  readonly partsOn: (issueDate: string) => DocumentParts;
  readonly actor: string;
}

/**
 * Gives a draft its number and freezes what it says, all in the caller's transaction: refused or rolled back, the number
 * is the next one's.
 */
@Injectable()
export class IssueDocument {
  constructor(
    private readonly invoices: InvoicesRepository,
    private readonly series: NumberSeries,
    private readonly ledger: Ledger,
    private readonly events: Events,
    private readonly jobs: Jobs,
    @Inject(INVOICES_SETTINGS) private readonly settings: InvoicesSettings,
  ) {}

  /** Throws `invoice_incomplete` (422) naming everything that the law misses, before a number is drawn. */
  async execute(tx: Tx, { draft, partsOn, actor }: ToIssue): Promise<InvoiceRow> {
    const { INVOICE_TIME_ZONE: timeZone } = this.settings;
    refuseIncomplete(partsOn(await this.series.today(tx, timeZone)));
    const drawn = await this.series.draw(tx, { series: this.seriesOf(draft), timeZone });
    const { issue_date, issued_at } = drawn;
    const number_text = showNumber(drawn);
    const document: InvoiceDocument = {
      ...makeDocument(partsOn(issue_date)),
      number: number_text,
      issued_at,
    };
    if (document.total_minor !== draft.total_minor) {
      throw new Error(
        `invoice ${draft.id} is ${draft.total_minor}, its document says ${document.total_minor}`,
      );
    }
    const text = writeDocument(document);
    const issued = await this.invoices.change(tx, draft, {
      move: { to: 'issued', trigger: 'issue' },
      issued: {
        ...drawn,
        number_text,
        due_date: document.due_date,
        document: text,
        document_sha256: createHash('sha256').update(text).digest('hex'),
      },
      cause: 'api',
      actor,
    });
    await this.book(tx, issued);
    await this.events.publish(tx, invoiceEvent('invoice.issued', issued));
    await this.jobs.add(tx, [renderFilesJob(issued.id)]);
    return issued;
  }

  private seriesOf({ kind }: InvoiceRow): string {
    return kind === 'invoice' ? this.settings.INVOICE_SERIES : this.settings.CREDIT_NOTE_SERIES;
  }

  /** An invoice is owed, a credit note takes that back. */
  private async book(tx: Tx, { id, kind, customer_id, total_minor, currency }: InvoiceRow) {
    const total = BigInt(total_minor);
    await this.ledger.post(tx, {
      causeKind: kind,
      causeId: id,
      customerId: customer_id,
      amount: Money.of(kind === 'invoice' ? -total : total, currency),
    });
  }
}

function refuseIncomplete(parts: DocumentParts): void {
  const errors = legalProblems(makeDocument(parts));
  const [first] = errors;
  if (!first) return;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more, see errors)` : '';
  throw invoiceIncomplete(`${first.pointer}: ${first.detail}${more}`, { errors });
}
