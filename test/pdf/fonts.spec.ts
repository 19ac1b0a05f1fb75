import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fontFaces } from '../../src/modules/invoices/page/fonts';
import { PdfRenderer } from '../../src/platform/pdf/pdf-renderer';
import { type PdfSettings } from '../../src/platform/pdf/pdf.settings';
import { programThatPrints } from '../support/browser';
import { KeptLog, pageOf, PDF_SETTINGS, readPdf } from '../support/pdf';
import { itWithBrowser, itWithBrowserOnLinux } from '../support/pdf-it';

const OF_FONTS = 'FONTCONFIG_FILE';
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
  /** The browser of this machine without the fonts that it may have brought along. */
  const openBare = async (environment: Readonly<Record<string, string>> = {}) => {
    const printing = await programThatPrints();
    const needed = Object.entries(printing.environment).filter(([name]) => name !== OF_FONTS);
    const exported = [...needed, ...Object.entries(environment)];
    const lines = exported.map(([name, value]) => `export ${name}='${value}'`);
    const program = join(folder, 'browser');
    const start = `exec '${printing.executablePath}' "$@"`;
    writeFileSync(program, ['#!/bin/sh', ...lines, start, ''].join('\n'));
    chmodSync(program, 0o755);
    return open({ PUPPETEER_EXECUTABLE_PATH: program });
  };
  /** As it would be on a machine without a single font, ours neither. */
  const openWithoutFonts = () => {
    const configuration = join(folder, 'fonts.conf');
    writeFileSync(
      configuration,
      `<?xml version="1.0"?><fontconfig><cachedir>${folder}</cachedir></fontconfig>`,
    );
    return openBare({ [OF_FONTS]: configuration });
  };
  afterEach(async () => {
    for (const renderer of opened.splice(0)) await renderer.onApplicationShutdown();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  itWithBrowserOnLinux(
    'print its text on the first page of a machine that has no font',
    async () => {
      const renderer = await openWithoutFonts();
      const pdfs = await Promise.all([renderer.render(WITH_FONT), renderer.render(WITH_FONT)]);
      for (const pdf of pdfs) expect((await readPdf(pdf)).text).toContain(TEXT);
    },
  );

  itWithBrowserOnLinux('are missed aloud, and no blank sheet is made', async () => {
    const refused = (await openWithoutFonts()).render(pageOf(TEXT));
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

  itWithBrowserOnLinux('have ours among them, for a machine that has no other', async () => {
    const renderer = await openBare();
    const pdf = await renderer.render(
      pageOf(`<p style="font-family: 'Source Sans 3', monospace">${TEXT}</p>`),
    );
    expect(Buffer.from(pdf).includes('SourceSans3')).toBe(true);
    expect((await readPdf(pdf)).text).toContain(TEXT);
  });
});
