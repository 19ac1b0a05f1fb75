import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PdfRenderer } from '../../src/platform/pdf/pdf-renderer';
import { type PrintedPage } from '../../src/platform/pdf/printed-page';
import { KeptLog, pageOf, PDF_SETTINGS, readPdfs } from '../support/pdf';
import { itWithBrowser } from '../support/pdf-it';
import { PdfListener } from '../support/pdf-listener';
import { PAYLOADS } from '../support/pdf-payloads';

const FILE_SECRET = 'LOCAL-FILE-SECRET';
/** What a browser would do on its own after the page was printed, it does within this time. */
const AFTERMATH_MS = 1_000;
/** A document for each payload, and a new browser for those that it does not survive. */
const ALL_PAYLOADS_MS = 120_000;

describe('a hostile page', () => {
  const log = new KeptLog();
  const renderer = new PdfRenderer(PDF_SETTINGS, log);
  /** Null where the page is not printed. Without a browser none would be, and that proves nothing. */
  const printOrNull = async (page: PrintedPage) => {
    const pdf = await renderer.render(page).catch(() => null);
    if (!log.messages.includes('a browser does not start')) return pdf;
    throw new Error(`no browser starts: ${log.valuesOf('error').join(', ')}`);
  };
  const folder = mkdtempSync(join(tmpdir(), 'kassa-test-hostile-'));
  const file = join(folder, 'secret.html');
  let listener: PdfListener;
  beforeAll(async () => {
    writeFileSync(file, `<h1>${FILE_SECRET}</h1>`);
    listener = await PdfListener.open();
  });
  afterAll(async () => {
    await renderer.onApplicationShutdown();
    await listener.close();
    rmSync(folder, { recursive: true, force: true });
  });

  itWithBrowser(
    'reaches no network and reads no file, whatever it tries',
    async () => {
      const names = Object.keys(PAYLOADS);
      const printed: string[] = [];
      const pdfs: Uint8Array[] = [];
      const contacts: Record<string, number> = {};
      for (const name of names) {
        const before = listener.contacts;
        const payload = PAYLOADS[name]?.({ url: listener.url, file }) ?? '';
        const page = pageOf(`<p>before</p>${payload}<p>after</p>`);
        // Without its font a page is not printed at all.
        const pdf = await printOrNull(page);
        if (pdf !== null) {
          printed.push(name);
          pdfs.push(pdf);
        }
        contacts[name] = listener.contacts - before;
      }
      await new Promise((resolve) => setTimeout(resolve, AFTERMATH_MS));
      const read = await readPdfs(pdfs);
      const leaks = printed.filter((_, at) => /SECRET/.test(read[at]?.text ?? ''));
      expect(leaks).toEqual([]);
      expect(Object.entries(contacts).filter(([, count]) => count > 0)).toEqual([]);
      expect(listener.contacts).toBe(0);
      // The page itself was printed, so these were no empty sheets.
      const lost = printed.filter((_, at) => !/before[^]*sheet 1 of 1/.test(read[at]?.text ?? ''));
      expect(lost).toEqual([]);
      expect(names.filter((name) => !printed.includes(name))).toEqual(['a font']);
    },
    ALL_PAYLOADS_MS,
  );

  itWithBrowser(
    'finds no way out through the line at the bottom of each sheet',
    async () => {
      const pdfs: Uint8Array[] = [];
      for (const payload of Object.values(PAYLOADS)) {
        const footerHtml = `<p style="font-size: 8px">foot ${payload({ url: listener.url, file })}</p>`;
        // What waits there for something from outside is not printed at all.
        const pdf = await printOrNull(pageOf('before', { footerHtml }));
        if (pdf !== null) pdfs.push(pdf);
      }
      await new Promise((resolve) => setTimeout(resolve, AFTERMATH_MS));
      expect(pdfs.length).toBeGreaterThan(10);
      const texts = (await readPdfs(pdfs)).map(({ text }) => text);
      expect(texts.filter((text) => /SECRET/.test(text) || !text.includes('before'))).toEqual([]);
      expect(listener.contacts).toBe(0);
    },
    ALL_PAYLOADS_MS,
  );

  itWithBrowser('leaves nothing behind for the next one', async () => {
    await renderer.render(pageOf('<style>p { display: none }</style><p>first</p>'));
    const [read] = await readPdfs([await renderer.render(pageOf('<p>second</p>'))]);
    expect(read?.text).toContain('second');
    expect(read?.text).not.toContain('first');
  });
});
