import { type Logger } from '../logging/log';
import { BrowserSession } from './browser-session';
import { type BrowserSearch, findBrowsers } from './find-browsers';
import { type FoundBrowser } from './found-browser';
import { launchBrowser, type LaunchedBrowser } from './launch-browser';
import { pdfUnavailable } from './pdf.errors';
import { type PdfSettings } from './pdf.settings';
import { type PrintedPage } from './printed-page';

/** A browser that nobody used for so long is ended; it holds as much memory as the rest of the program. */
const IDLE_MS = 5 * 60_000;
const RETRY_AFTER_S = 30;

const INSTALL =
  'Install one, as root on Debian by `apt-get install chromium-headless-shell`, elsewhere by ' +
  '`npx @puppeteer/browsers install chrome-headless-shell --path .cache/browsers`, ' +
  'or set PUPPETEER_EXECUTABLE_PATH to one.';

interface Refusal {
  readonly detail: string;
  /** By the clock of `performance`. */
  readonly until: number;
}

/** The one browser of this process: started when it is first needed, kept warm, replaced when it is spent. */
export class WarmBrowser {
  private current: Promise<BrowserSession> | null = null;
  private refusal: Refusal | null = null;
  private idleTimer: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(
    private readonly settings: PdfSettings,
    private readonly log: Logger,
    private readonly documentTimeoutMs: number,
  ) {}

  /** The browser that would be used, without starting it; null when there is none. */
  async find(): Promise<FoundBrowser | null> {
    for await (const found of findBrowsers(this.search)) return found;
    return null;
  }

  /** Throws `pdf_unavailable` when no browser starts, and what the browser says when it fails. */
  async print(printed: PrintedPage): Promise<Uint8Array> {
    clearTimeout(this.idleTimer);
    try {
      const session = await this.ready();
      return await session.print(printed);
    } finally {
      clearTimeout(this.idleTimer);
      this.idleTimer = setTimeout(() => void this.retire(), IDLE_MS).unref();
    }
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.idleTimer);
    const session = await this.current?.catch(() => null);
    await session?.kill();
  }

  /** All who come while a browser starts wait for the same one. */
  private async ready(): Promise<BrowserSession> {
    for (;;) {
      const asked = (this.current ??= this.start(null));
      const session = await asked;
      if (!session.isSpent) return session;
      if (this.current === asked) this.current = this.start(session);
    }
  }

  private async retire(): Promise<void> {
    const session = await this.current?.catch(() => null);
    this.current = null;
    await session?.retire();
  }

  /** One after the other: two browsers at once would hold twice the memory. */
  private async start(predecessor: BrowserSession | null): Promise<BrowserSession> {
    try {
      await predecessor?.retire();
      this.refuseIfInVain();
      return new BrowserSession(await this.launchFirst(), this.documentTimeoutMs);
    } catch (error) {
      this.current = null;
      throw error;
    }
  }

  /** Where nothing starts, nobody tries again before the time that the answer named. */
  private refuseIfInVain(): void {
    if (this.isClosed) {
      const detail = 'The program ends, and prints no more. Repeat the request in a few seconds.';
      throw pdfUnavailable(detail, { retryAfterS: RETRY_AFTER_S });
    }
    const left = (this.refusal?.until ?? 0) - performance.now();
    if (this.refusal === null || left <= 0) return;
    throw pdfUnavailable(this.refusal.detail, { retryAfterS: Math.ceil(left / 1000) });
  }

  private async launchFirst(): Promise<LaunchedBrowser> {
    const { PDF_SANDBOX: isSandboxed, searchPath, systemRoot } = this.settings;
    let failed = 0;
    for await (const { origin, path, prepare } of findBrowsers(this.search)) {
      try {
        const program = await prepare();
        const launched = await launchBrowser({ program, isSandboxed, searchPath, systemRoot });
        this.log.info({ browser: path, found_in: origin }, 'a browser prints PDFs');
        return launched;
      } catch (error) {
        failed += 1;
        this.log.warn(
          { browser: path, found_in: origin, error: String(error) },
          'a browser does not start',
        );
      }
    }
    throw this.unavailable(failed);
  }

  private unavailable(failed: number) {
    const detail =
      failed > 0
        ? 'No browser starts to print the PDF; the log of the process says why. Where it lacks a sandbox, set PDF_SANDBOX=false.'
        : this.settings.PUPPETEER_EXECUTABLE_PATH === null
          ? `There is no browser to print the PDF. ${INSTALL}`
          : 'PUPPETEER_EXECUTABLE_PATH names no program that can be started. Correct it, or leave it out.';
    this.refusal = { detail, until: performance.now() + RETRY_AFTER_S * 1000 };
    return pdfUnavailable(detail, { retryAfterS: RETRY_AFTER_S });
  }

  private get search(): BrowserSearch {
    const { PUPPETEER_EXECUTABLE_PATH: executablePath, searchPath } = this.settings;
    return { executablePath, searchPath };
  }
}
