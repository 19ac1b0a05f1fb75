import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Jobs } from '../../../platform/jobs/jobs';
import { Logger } from '../../../platform/logging/log';
import { AppError } from '../../../shared/app-error';
import { type JsonObject, textAt } from '../../../shared/json';
import { RenderInvoice } from '../actions/render-invoice';
import { eInvoiceIncomplete } from '../invoices.errors';
import { type FileKind } from '../storage/invoice-files';
import { RENDER_FILES } from './invoice-jobs';

/** What needs no browser comes first: it is there even where nothing prints. */
const IN_ORDER: readonly FileKind[] = ['ubl', 'pdf', 'facturx'];

/** Makes the files of an invoice soon after its issue; what fails is tried again, and hinders nobody. */
@Injectable()
export class RenderFilesJob implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
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

  private async renderAll(payload: JsonObject, signal: AbortSignal): Promise<void> {
    const invoice = textAt(payload, 'invoice');
    if (invoice === null) throw new Error('the job has no invoice');
    for (const kind of IN_ORDER) {
      if (signal.aborted) throw new Error('the process ends; another one goes on');
      await this.render(invoice, kind);
    }
  }

  /** The document never changes, so an e-invoice that lacks something is not tried again. */
  private async render(invoice: string, kind: FileKind): Promise<void> {
    try {
      await this.invoice.execute(invoice, kind);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== eInvoiceIncomplete.code) throw error;
      const reasons = (error.context.errors ?? []).map(({ code }) => code).join(' ');
      this.log.warn({ invoice, kind, reasons }, 'an invoice cannot be written as an e-invoice');
    }
  }
}
