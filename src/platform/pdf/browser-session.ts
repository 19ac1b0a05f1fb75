import { type Page } from 'puppeteer';
import { within } from '../../shared/within';
import { type LaunchedBrowser } from './launch-browser';
import { openPage, printPage } from './print-page';
import { type PrintedPage } from './printed-page';
import { TooSlowError } from './too-slow-error';

/** A page takes some tens of milliseconds; what takes this long does not end. */
export const DOCUMENT_TIMEOUT_MS = 10_000;
/** A browser grows with each document; a new one costs what five documents do. */
const DOCUMENTS_MAX = 200;

/** One browser from its start to its end, and the pages that wait in it for the next document. */
export class BrowserSession {
  private readonly idle: Page[] = [];
  private begun = 0;
  private printing = 0;
  private hasEnded = false;
  private onRest: (() => void) | null = null;

  constructor(
    private readonly launched: LaunchedBrowser,
    private readonly timeoutMs: number,
  ) {
    void launched.ended.then(() => {
      this.hasEnded = true;
    });
  }

  /** Whether the next document belongs to another browser. */
  get isSpent(): boolean {
    return this.hasEnded || this.begun >= DOCUMENTS_MAX;
  }

  /**
   * Ends the browser when anything goes wrong: it is started again sooner than it is understood. Throws TooSlowError
   * where the document takes its whole time; waiting for a page is not counted.
   */
  async print(printed: PrintedPage): Promise<Uint8Array> {
    this.begun += 1;
    this.printing += 1;
    try {
      const page = this.idle.pop() ?? (await openPage(this.launched.browser));
      const pdf = await within(this.timeoutMs, printPage(page, printed));
      if (pdf === null) throw new TooSlowError(this.timeoutMs);
      this.idle.push(page);
      return pdf;
    } catch (error) {
      await this.launched.kill();
      throw error;
    } finally {
      this.printing -= 1;
      if (this.printing === 0) this.onRest?.();
    }
  }

  /** Lets the documents under way finish, then ends the browser. */
  async retire(): Promise<void> {
    if (this.printing > 0) await new Promise<void>((resolve) => (this.onRest = resolve));
    await this.launched.kill();
  }

  kill(): Promise<void> {
    return this.launched.kill();
  }
}
