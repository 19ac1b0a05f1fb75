import { PdfRenderer } from '../../src/platform/pdf/pdf-renderer';
import { type PrintedPage } from '../../src/platform/pdf/printed-page';
import { KeptLog, pageOf, PDF_SETTINGS, readPdf } from '../support/pdf';
import { itWithBrowser } from '../support/pdf-it';

const LONG = pageOf(
  `<h1>Żółć, Größe, ő, € 1.234,50</h1><table><thead><tr><th scope="col">What</th><th>How</th></tr></thead>
   ${'<tr><td>a line</td><td>twice</td></tr>'.repeat(120)}</table>`,
);

describe('a printed document', () => {
  const opened: PdfRenderer[] = [];
  const open = (): PdfRenderer => {
    const renderer = new PdfRenderer(PDF_SETTINGS, new KeptLog());
    opened.push(renderer);
    return renderer;
  };
  afterEach(async () => {
    for (const renderer of opened.splice(0)) await renderer.onApplicationShutdown();
  });

  itWithBrowser('can be read back, with its sheets numbered', async () => {
    const read = await readPdf(await open().render(LONG));
    expect(read.text).toContain('Żółć, Größe, ő, € 1.234,50');
    expect(read.text.match(/a line/g)).toHaveLength(120);
    // How many fit on one is a matter of the fonts of the machine.
    expect(read.pages).toBeGreaterThan(1);
    const sheets = Array.from(
      { length: read.pages },
      (_, at) => `sheet ${at + 1} of ${read.pages}`,
    );
    expect(read.text.match(/sheet \d+ of \d+/g)).toEqual(sheets);
  });

  itWithBrowser('says about itself what the page says, whatever the time is', async () => {
    const named = { title: 'Invoice (1) \\ é', language: 'nl', documentId: 'inv_1' };
    const read = await readPdf(await open().render(pageOf('x', named)));
    expect(read).toMatchObject({
      title: 'Invoice (1) \\ é',
      language: 'nl',
      created: "D:20260102030405+00'00'",
      modified: "D:20260102030405+00'00'",
    });
  });

  itWithBrowser('has the same bytes again, from this browser and from a fresh one', async () => {
    const renderer = open();
    const first = await renderer.render(LONG);
    await renderer.render(pageOf('<h2>another one between them</h2>'));
    expect(Buffer.from(await renderer.render(LONG)).equals(first)).toBe(true);
    expect(Buffer.from(await open().render(LONG)).equals(first)).toBe(true);
  });

  itWithBrowser('is told from others by its identifier', async () => {
    const renderer = open();
    const ids: string[] = [];
    for (const documentId of ['inv_1', 'inv_2', 'inv_1']) {
      ids.push((await readPdf(await renderer.render(pageOf('x', { documentId })))).id);
    }
    expect(ids[0]).toBe(ids[2]);
    expect(ids[0]).not.toBe(ids[1]);
  });

  itWithBrowser('is refused when its HTML is too large for any document', async () => {
    const page: PrintedPage = pageOf('x'.repeat(9 * 1024 * 1024));
    await expect(open().render(page)).rejects.toThrow('its HTML has more than 8388608 bytes');
  });

  itWithBrowser('is refused at once, with a time to come back, when too many wait', async () => {
    const renderer = open();
    await renderer.render(pageOf('warm'));
    const asked = Array.from({ length: 30 }, () => renderer.render(pageOf('x')));
    const outcomes = await Promise.allSettled(asked);
    const refused = outcomes.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(12);
    for (const outcome of refused) {
      expect(outcome).toMatchObject({
        reason: { code: 'pdf_unavailable', context: { retryAfterS: 5 } },
      });
    }
    await expect(renderer.render(pageOf('x'))).resolves.toBeInstanceOf(Uint8Array);
  });
});
