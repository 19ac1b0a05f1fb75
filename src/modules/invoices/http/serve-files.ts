import { Injectable } from '@nestjs/common';
import { type FastifyReply } from 'fastify';
import { UnfinishedWork } from '../../../platform/unfinished-work';
import { Logger } from '../../../platform/logging/log';
import { pdfUnavailable } from '../../../platform/pdf/pdf.errors';
import { UnprintableError } from '../../../platform/pdf/unprintable-error';
import { showId } from '../../../shared/id';
import { within } from '../../../shared/within';
import { RenderInvoice } from '../actions/render-invoice';
import { type InvoiceDocument } from '../domain/invoice-document';
import { invoiceState } from '../invoices.errors';
import { type InvoiceRow } from '../storage/invoice.row';
import { type FileKind } from '../storage/invoice-files';

/** Nobody waits longer for a file that is not there yet; it is made all the same, and there the next time. */
const WAIT_MS = 15_000;
const RETRY_AFTER_S = 10;

const SUFFIXES: Readonly<Record<FileKind, string>> = {
  pdf: '.pdf',
  ubl: '.xml',
  facturx: '-factur-x.pdf',
};

interface Asked {
  readonly kind: FileKind;
  readonly reply: FastifyReply;
}

/** Answers with files of invoices. */
@Injectable()
export class ServeFiles {
  constructor(
    private readonly invoice: RenderInvoice,
    private readonly work: UnfinishedWork,
    private readonly log: Logger,
  ) {}

  async serve(row: InvoiceRow, { kind, reply }: Asked): Promise<Uint8Array> {
    const file = await this.inTime(this.invoice.execute(row.id, kind));
    if (file === null) {
      throw invoiceState('This is a draft: look at its `preview`, or issue it to get its files.');
    }
    const name = `${row.number_text ?? showId('inv', row.id)}${SUFFIXES[kind]}`;
    void reply.headers({
      'Content-Type': file.contentType,
      'Content-Disposition': `${kind === 'ubl' ? 'attachment' : 'inline'}; filename="${name}"`,
      ETag: `"${file.sha256}"`,
    });
    return file.content;
  }

  async preview(document: InvoiceDocument, reply: FastifyReply): Promise<Uint8Array> {
    const pdf = await this.inTime(this.invoice.preview(document));
    void reply.headers({
      'Content-Type': 'application/pdf',
      'Content-Disposition': 'inline; filename="preview.pdf"',
    });
    return pdf;
  }

  private async inTime<T>(work: Promise<T>): Promise<T> {
    const made = this.work.track(work).then((value) => ({ value }));
    const outcome = await within(
      WAIT_MS,
      made.catch((error: unknown) => this.refuse(error)),
    );
    if (outcome !== null) return outcome.value;
    const detail = 'The file is still being made. Repeat the request in a few seconds.';
    throw pdfUnavailable(detail, { retryAfterS: RETRY_AFTER_S });
  }

  private refuse(error: unknown): never {
    if (!(error instanceof UnprintableError)) throw error;
    this.log.error({ error: String(error) }, 'an invoice cannot be printed');
    const detail = 'The PDF could not be made; the log of the process says why.';
    throw pdfUnavailable(detail, { retryAfterS: RETRY_AFTER_S });
  }
}
