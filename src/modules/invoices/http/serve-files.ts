import { HttpStatus, Injectable } from '@nestjs/common';
import { type FastifyReply } from 'fastify';
import { UnfinishedWork } from '../../../platform/unfinished-work';
import { pdfUnavailable } from '../../../platform/pdf/pdf.errors';
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
  ) {}

  /** Undefined, with status 304, where the caller has the file already. */
  async serve(row: InvoiceRow, { kind, reply }: Asked): Promise<Uint8Array | undefined> {
    const file = await this.inTime(this.invoice.execute(row.id, kind));
    if (file === null) {
      throw invoiceState('This is a draft: look at its `preview`, or issue it to get its files.');
    }
    const etag = `"${file.sha256}"`;
    void reply.header('ETag', etag);
    const known = tagsIn(reply.request.headers['if-none-match']);
    if (known.includes(etag) || known.includes('*')) {
      void reply.status(HttpStatus.NOT_MODIFIED);
      return undefined;
    }
    const name = `${row.number_text ?? showId('inv', row.id)}${SUFFIXES[kind]}`;
    void reply.headers({
      'Content-Type': file.contentType,
      'Content-Disposition': `${kind === 'ubl' ? 'attachment' : 'inline'}; filename="${name}"`,
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
    const outcome = await within(
      WAIT_MS,
      this.work.track(work).then((value) => ({ value })),
    );
    if (outcome !== null) return outcome.value;
    const detail = 'The file is still being made. Repeat the request in a few seconds.';
    throw pdfUnavailable(detail, { retryAfterS: RETRY_AFTER_S });
  }
}

/** RFC 9110, section 13.1.2: a list of tags, compared weakly, or `*` for any. */
function tagsIn(ifNoneMatch = ''): readonly string[] {
  return ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
}
