import { delimiter } from 'node:path';
import { type Browser, type Page } from 'puppeteer';
import { printInvoice } from '../src/modules/invoices/page/print-invoice';
import { type Part } from '../src/launcher/part';
import { createLogger } from '../src/platform/logging/logger';
import { findBrowsers } from '../src/platform/pdf/find-browsers';
import { PdfRenderer } from '../src/platform/pdf/pdf-renderer';
import { type PrintedPage } from '../src/platform/pdf/printed-page';
import { invoiceDocument, line } from '../test/support/invoice-documents';
import { watchMemory } from './browser-memory';
import { median, rounded } from './statistics';

export interface PdfRun {
  readonly rounds: number;
  readonly perRound: number;
  /** The browser's memory is watched while so many are printed. */
  readonly memoryOver: number;
}

export interface PdfRates {
  readonly at_once: number;
  readonly kassa_per_s: number;
  readonly bare_per_s: number;
  /** The median over the rounds of what was measured in one and the same round. */
  readonly ratio: number;
  /** The most that the processes of the browser held, what they share counted once; 0 where nobody can tell. */
  readonly memory_mb: number;
  readonly memory_over: number;
}

type Print = () => Promise<unknown>;

/** As many as Kassa prints at once. */
const AT_ONCE = 2;
const WARM_UP = 20;
const LINES = 10;

/**
 * PDFs of one invoice: by Kassa, and by the same browser without any of its walls, which is given the same HTML on pages
 * that it keeps.
 */
export async function measurePdfs(
  { rounds, perRound, memoryOver }: PdfRun,
  parts: Part[],
): Promise<PdfRates> {
  const page = invoicePage();
  const renderer = new PdfRenderer(settings(), createLogger('silent'));
  parts.push(partOf(() => renderer.onApplicationShutdown()));
  const kassa: readonly Print[] = Array.from(
    { length: AT_ONCE },
    () => () => renderer.render(page),
  );
  await rateOf(kassa, WARM_UP);
  const memory = watchMemory();
  await rateOf(kassa, memoryOver);
  const memoryBytes = memory.stop();
  const bare = await openBare(page, parts);
  await rateOf(bare, WARM_UP);
  const pairs: { readonly kassa: number; readonly bare: number }[] = [];
  for (let round = 1; round <= rounds; round++) {
    const isFirst = round % 2 === 1;
    const before = isFirst ? await rateOf(kassa, perRound) : await rateOf(bare, perRound);
    const after = isFirst ? await rateOf(bare, perRound) : await rateOf(kassa, perRound);
    pairs.push(isFirst ? { kassa: before, bare: after } : { kassa: after, bare: before });
  }
  return {
    at_once: AT_ONCE,
    kassa_per_s: rounded(median(pairs.map((pair) => pair.kassa)), 1),
    bare_per_s: rounded(median(pairs.map((pair) => pair.bare)), 1),
    ratio: rounded(median(pairs.map((pair) => pair.kassa / pair.bare)), 3),
    memory_mb: Math.round(memoryBytes / 1_000_000),
    memory_over: memoryOver,
  };
}

function invoicePage(): PrintedPage {
  const lines = Array.from({ length: LINES }, (_, at) => line({ line: at + 1 }));
  return printInvoice(invoiceDocument({ lines }), { isPreview: false });
}

function settings() {
  return {
    PUPPETEER_EXECUTABLE_PATH: null,
    PDF_SANDBOX: true,
    searchPath: (process.env['PATH'] ?? '').split(delimiter),
    systemRoot: null,
  };
}

function partOf(stop: () => Promise<void>): Part {
  return { name: 'A browser', ended: new Promise<string>(() => undefined), stop };
}

/** Documents per second when each printer takes the next one as soon as it is done. */
async function rateOf(printers: readonly Print[], documents: number): Promise<number> {
  const startMs = performance.now();
  let begun = 0;
  await Promise.all(
    printers.map(async (print) => {
      while (begun++ < documents) await print();
    }),
  );
  return (documents / (performance.now() - startMs)) * 1000;
}

async function openBare(page: PrintedPage, parts: Part[]): Promise<readonly Print[]> {
  const browser = await launchBare();
  parts.push(partOf(() => browser.close()));
  const pages = await Promise.all(Array.from({ length: AT_ONCE }, () => browser.newPage()));
  return pages.map((one) => () => printBare(one, page));
}

/** The same browser that Kassa takes. */
async function launchBare(): Promise<Browser> {
  const { default: puppeteer } = await import('puppeteer');
  const { searchPath } = settings();
  for await (const found of findBrowsers({ executablePath: null, searchPath })) {
    const { executablePath, environment } = await found.prepare();
    return puppeteer.launch({
      executablePath,
      headless: 'shell',
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
      env: { ...environment },
    });
  }
  throw new Error('there is no browser to print PDFs');
}

async function printBare(page: Page, { html, footerHtml }: PrintedPage): Promise<void> {
  await page.setContent(html);
  await page.pdf({
    format: 'A4',
    preferCSSPageSize: true,
    printBackground: true,
    displayHeaderFooter: true,
    headerTemplate: '<span></span>',
    footerTemplate: footerHtml,
  });
}
