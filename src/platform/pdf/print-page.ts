import { type Browser, type HTTPRequest, type Page, type PDFOptions } from 'puppeteer';
import { type PrintedPage } from './printed-page';
import { UnprintableError } from './unprintable-error';

/** A hundred pages with pictures on each are below. */
const PDF_BYTES_MAX = 32 * 1024 * 1024;

/** Resolves nowhere; only the empty page that each document is written into is ever answered under it. */
const EMPTY_PAGE_URL = 'https://document.invalid/';

/**
 * The policy of the empty page holds for whatever is written into it: nothing is fetched but what the document itself
 * holds, nothing runs, nothing is sent, and no refresh leads away.
 */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'; sandbox";

const FONT_ATTEMPTS = 2;
/** Those that no character asks for are never loaded. */
const FAILED_FONTS =
  "document.fonts.ready.then((fonts) => [...fonts].filter(({ status }) => status === 'error').length)";
/** A font program inside of the PDF, or one that the PDF draws by itself. */
const FONT_OF_PDF = /\/FontFile[23]?\b|\/Subtype ?\/Type3\b/;

/** The margins hold unless the document's own `@page` says otherwise. */
const PDF_OPTIONS: PDFOptions = {
  format: 'A4',
  preferCSSPageSize: true,
  printBackground: true,
  tagged: true,
  displayHeaderFooter: true,
  headerTemplate: '<span></span>',
  margin: { top: '15mm', bottom: '20mm', left: '15mm', right: '15mm' },
  // Whoever waits for the document has one limit for all of its steps.
  timeout: 0,
};

/** An empty page that documents are written into, one after the other. */
export async function openPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  await page.setJavaScriptEnabled(false);
  await page.setRequestInterception(true);
  let isOpened = false;
  page.on('request', (request) => {
    const isEmptyPage = !isOpened && request.url() === EMPTY_PAGE_URL;
    isOpened = true;
    void (isEmptyPage ? answerEmpty(request) : request.abort('aborted')).catch(ignore);
  });
  await page.goto(EMPTY_PAGE_URL);
  return page;
}

/**
 * The PDF as the browser makes it: its dates are those of the clock. Throws where the document is too large, and where its
 * text would be missing because there is no font for it.
 */
export async function printPage(page: Page, printed: PrintedPage): Promise<Uint8Array> {
  await writeInto(page, printed.html);
  await page.evaluate(naming(printed));
  const pdf = await readAll(
    await page.createPDFStream({ ...PDF_OPTIONS, footerTemplate: printed.footerHtml }),
  );
  if (!FONT_OF_PDF.test(pdf.toString('latin1'))) throw new Error('the PDF has no font');
  return pdf;
}

/** On a machine without any font, Chromium loads those of a page only when it meets them for the second time. */
async function writeInto(page: Page, html: string): Promise<void> {
  for (let attempt = 1; attempt <= FONT_ATTEMPTS; attempt += 1) {
    await page.setContent(html, { timeout: 0 });
    if ((await page.evaluate(FAILED_FONTS)) === 0) return;
  }
  throw new Error('the fonts of the document do not load');
}

/** Ours, so it runs although the page itself may run nothing; JSON is a literal of the language. */
function naming({ title, language }: PrintedPage): string {
  return `document.title = ${JSON.stringify(title)};
    document.documentElement.lang = ${JSON.stringify(language)};`;
}

function answerEmpty(request: HTTPRequest): Promise<void> {
  return request.respond({
    status: 200,
    contentType: 'text/html; charset=utf-8',
    headers: { 'content-security-policy': POLICY },
    body: '<!doctype html>',
  });
}

/** A page can be made to fill any number of sheets; what is read is bounded before it is kept. */
async function readAll(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength;
    if (size > PDF_BYTES_MAX) throw new UnprintableError(`it has more than ${PDF_BYTES_MAX} bytes`);
    chunks.push(part.value);
  }
  return Buffer.concat(chunks);
}

function ignore(): void {}
