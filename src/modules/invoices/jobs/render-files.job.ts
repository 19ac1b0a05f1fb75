import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../../platform/database/database';
import { Jobs } from '../../../platform/jobs/jobs';
import { Logger } from '../../../platform/logging/log';
import { AppError } from '../../../shared/app-error';
import { type JsonObject, textAt } from '../../../shared/json';
import { RenderInvoice } from '../actions/render-invoice';
import { CUSTOMER_UNREACHABLE } from '../einvoice/rules/peppol-rules';
import { eInvoiceIncomplete, invoiceUnprintable } from '../invoices.errors';
import { type FileKind } from '../storage/invoice-files';
import { findIssuedDocument } from '../storage/issued-documents';
import { RENDER_FILES } from './invoice-jobs';

/** What people read comes first; the last one is made around it. */
const IN_ORDER: readonly FileKind[] = ['pdf', 'ubl', 'facturx'];

/** The document never changes, so neither does this answer. */
const FINAL: ReadonlySet<string> = new Set([eInvoiceIncomplete.code, invoiceUnprintable.code]);

/** Makes the files of an invoice soon after its issue; what fails is tried again, and hinders nobody. */
@Injectable()
export class RenderFilesJob implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly database: Database,
    private readonly invoice: RenderInvoice,
    private readonly log: Logger,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(
      RENDER_FILES,
      (payload, signal) => this.renderAll(payload, signal),
      'documents',
    );
  }

  /** One file that cannot be made never costs the others; only what may succeed later makes the job fail. */
  private async renderAll(payload: JsonObject, signal: AbortSignal): Promise<void> {
    const invoice = textAt(payload, 'invoice');
    if (invoice === null) throw new Error('the job has no invoice');
    const missing = new Map<FileKind, unknown>();
    for (const kind of IN_ORDER) {
      if (signal.aborted) throw new Error('these workers end; others go on');
      // Asking for it would print the PDF, which just failed, once more.
      if (kind === 'facturx' && missing.has('pdf')) continue;
      try {
        await this.invoice.execute(invoice, kind);
      } catch (error) {
        missing.set(kind, error);
      }
    }
    await this.report(invoice, missing);
  }

  private async report(invoice: string, missing: ReadonlyMap<FileKind, unknown>): Promise<void> {
    const temporary: string[] = [];
    for (const [kind, error] of missing) {
      if (error instanceof AppError && FINAL.has(error.code))
        await this.giveUp({ invoice, kind }, error);
      else temporary.push(`${kind}: ${String(error)}`);
    }
    if (temporary.length > 0) throw new Error(temporary.join('; '));
  }

  private async giveUp(
    file: { readonly invoice: string; readonly kind: FileKind },
    error: AppError,
  ): Promise<void> {
    const reasons = (error.context.errors ?? []).map(({ code }) => code).join(' ');
    const isUsual = reasons === CUSTOMER_UNREACHABLE && (await this.isForConsumer(file.invoice));
    const level = isUsual ? 'info' : 'warn';
    this.log[level]({ ...file, code: error.code, reasons }, 'a file of an invoice is not made');
  }

  /** A shop of consumers meets it in every invoice. A company that left its VAT number out looks the same. */
  private async isForConsumer(invoice: string): Promise<boolean> {
    const document = await findIssuedDocument(this.database, invoice);
    return (document?.customer.vat_number ?? '').trim() === '';
  }
}
