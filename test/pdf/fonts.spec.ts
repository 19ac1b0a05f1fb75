import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fontFaces } from '../../src/modules/invoices/page/fonts';
import { findInstalled } from '../../src/platform/pdf/find-browsers';
import { PdfRenderer } from '../../src/platform/pdf/pdf-renderer';
import { type PdfSettings } from '../../src/platform/pdf/pdf.settings';
import { KeptLog, pageOf, PDF_SETTINGS, readPdf } from '../support/pdf';
import { itWithBrowser } from '../support/pdf-it';

const [INSTALLED] = findInstalled(PDF_SETTINGS.searchPath);
const itWithoutFonts = process.platform === 'linux' && INSTALLED !== undefined ? it : it.skip;

const TEXT = 'Invoice 2026-0001, € 1.234,50';
const WITH_FONT = pageOf(
  `<style>${fontFaces(TEXT)} body { font-family: Source Sans }</style><p>${TEXT}</p>`,
);

describe('the fonts of a document', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kassa-test-fonts-'));
  const opened: PdfRenderer[] = [];
  const open = (settings: Partial<PdfSettings> = {}): PdfRenderer => {
    const renderer = new PdfRenderer({ ...PDF_SETTINGS, ...settings }, new KeptLog());
    opened.push(renderer);
    return renderer;
  };
  /** The browser of this machine as it would be on a machine without a single font, ours neither. */
  const openWithoutFonts = (): PdfRenderer => {
    const configuration = join(folder, 'fonts.conf');
    writeFileSync(
      configuration,
      `<?xml version="1.0"?><fontconfig><cachedir>${folder}</cachedir></fontconfig>`,
    );
    const program = join(folder, 'browser');
    writeFileSync(
      program,
      `#!/bin/sh\nexport FONTCONFIG_FILE=${configuration}\nexec ${INSTALLED} "$@"\n`,
    );
    chmodSync(program, 0o755);
    return open({ PUPPETEER_EXECUTABLE_PATH: program });
  };
  afterEach(async () => {
    for (const renderer of opened.splice(0)) await renderer.onApplicationShutdown();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  itWithoutFonts('print its text on the first page of a machine that has no font', async () => {
    const renderer = openWithoutFonts();
    const pdfs = await Promise.all([renderer.render(WITH_FONT), renderer.render(WITH_FONT)]);
    for (const pdf of pdfs) expect((await readPdf(pdf)).text).toContain(TEXT);
  });

  itWithoutFonts('are missed aloud, and no blank sheet is made', async () => {
    const refused = openWithoutFonts().render(pageOf(TEXT));
    await expect(refused).rejects.toMatchObject({
      code: 'pdf_unavailable',
      context: { retryAfterS: 5 },
    });
  });

  itWithBrowser('are missed aloud when they are broken', async () => {
    const broken = pageOf(
      `<style>@font-face { font-family: broken; src: url(data:font/woff2;base64,AAAA) } p { font-family: broken }</style><p>${TEXT}</p>`,
    );
    const renderer = open();
    await expect(renderer.render(broken)).rejects.toMatchObject({ code: 'pdf_unavailable' });
    expect((await readPdf(await renderer.render(WITH_FONT))).text).toContain(TEXT);
  });

  itWithBrowser('have ours among them, for a machine that has no other', async () => {
    const pdf = await open().render(
      pageOf(`<p style="font-family: 'Source Sans 3', monospace">${TEXT}</p>`),
    );
    expect(Buffer.from(pdf).includes('SourceSans3')).toBe(true);
    expect((await readPdf(pdf)).text).toContain(TEXT);
  });
});
