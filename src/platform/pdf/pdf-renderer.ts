import { type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AppError } from '../../shared/app-error';
import { type Logger } from '../logging/log';
import { BoundedQueue } from './bounded-queue';
import { DOCUMENT_TIMEOUT_MS } from './browser-session';
import { fixMetadata } from './fixed-metadata';
import { type BrowserOrigin } from './found-browser';
import { pdfUnavailable } from './pdf.errors';
import { type PdfSettings } from './pdf.settings';
import { type PrintedPage } from './printed-page';
import { TooSlowError } from './too-slow-error';
import { UnprintableError } from './unprintable-error';
import { WarmBrowser } from './warm-browser';

/** More pages at once print no faster on two processors, and each holds 100 MB. */
const AT_ONCE = 2;
/** Ordinary documents wait well below a second behind so many. */
const WAITING_MAX = 16;
/** Twenty pages of a long invoice with all its fonts are below 2 MB. */
const HTML_BYTES_MAX = 8 * 1024 * 1024;
const RETRY_AFTER_S = 5;

/**
 * Prints pages of ours as PDFs, in a browser without scripts, network and files. The same page gives the same bytes
 * from the same browser.
 */
export class PdfRenderer implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly browser: WarmBrowser;
  private readonly queue = new BoundedQueue({ atOnce: AT_ONCE, waiting: WAITING_MAX });
  private origin: BrowserOrigin | null = null;

  constructor(
    settings: PdfSettings,
    private readonly log: Logger,
    documentTimeoutMs = DOCUMENT_TIMEOUT_MS,
  ) {
    this.browser = new WarmBrowser(settings, log, documentTimeoutMs);
  }

  /**
   * A4 unless the page's own styles say otherwise. Throws `pdf_unavailable` where no browser is there, the one that is
   * fails twice, or too many documents wait; UnprintableError where this document cannot be printed.
   */
  async render(page: PrintedPage): Promise<Uint8Array> {
    if (Buffer.byteLength(page.html) > HTML_BYTES_MAX) {
      throw new UnprintableError(`its HTML has more than ${HTML_BYTES_MAX} bytes`);
    }
    if (this.queue.isFull) {
      const detail = 'Too many PDFs are being made. Repeat the request in a few seconds.';
      throw pdfUnavailable(detail, { retryAfterS: RETRY_AFTER_S });
    }
    return this.queue.run(() => this.print(page));
  }

  /** Where the browser comes from that would print now; null when there is none. */
  async findBrowser(): Promise<BrowserOrigin | null> {
    this.origin ??= (await this.browser.find())?.origin ?? null;
    return this.origin;
  }

  async onApplicationBootstrap(): Promise<void> {
    if ((await this.findBrowser()) !== null) return;
    this.log.warn({}, 'no browser was found: everything works but the making of PDFs');
  }

  async onApplicationShutdown(): Promise<void> {
    await this.browser.close();
  }

  /** One failure says nothing about the document: it may be another one's, or the browser's. A fresh one tries again. */
  private async print(page: PrintedPage): Promise<Uint8Array> {
    try {
      return await this.printOnce(page);
    } catch (error) {
      if (error instanceof AppError || error instanceof UnprintableError) throw error;
      this.log.warn({ error: String(error) }, 'a browser failed and is started again');
      return this.printLast(page);
    }
  }

  private async printLast(page: PrintedPage): Promise<Uint8Array> {
    try {
      return await this.printOnce(page);
    } catch (error) {
      if (error instanceof AppError || error instanceof UnprintableError) throw error;
      if (error instanceof TooSlowError) throw new UnprintableError(error.message);
      this.log.error({ error: String(error) }, 'a browser failed twice at a document');
      const detail = 'The browser fails to make the PDF; the log of the process says why.';
      throw pdfUnavailable(detail, { retryAfterS: RETRY_AFTER_S });
    }
  }

  private async printOnce(page: PrintedPage): Promise<Uint8Array> {
    return fixMetadata(await this.browser.print(page), page);
  }
}
