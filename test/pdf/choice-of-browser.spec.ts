import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { BrowserSession, DOCUMENT_TIMEOUT_MS } from '../../src/platform/pdf/browser-session';
import { CHECKOUT, findBrowsers } from '../../src/platform/pdf/find-browsers';
import { launchBrowser } from '../../src/platform/pdf/launch-browser';
import { findPackagedBrowser } from '../../src/platform/pdf/packaged-browser';
import { PdfRenderer } from '../../src/platform/pdf/pdf-renderer';
import { type PdfSettings } from '../../src/platform/pdf/pdf.settings';
import { KeptLog, pageOf, PDF_SETTINGS, readPdf } from '../support/pdf';
import { itWithBrowser } from '../support/pdf-it';

/** Unpacking 200 MB on a busy machine. */
const UNPACK_TIMEOUT_MS = 60_000;

const itWithPackage = findPackagedBrowser(CHECKOUT) === null ? it.skip : it;

describe('the browser that prints', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kassa-test-browsers-'));
  const opened: PdfRenderer[] = [];
  const open = (settings: Partial<PdfSettings>, log = new KeptLog()): PdfRenderer => {
    const renderer = new PdfRenderer({ ...PDF_SETTINGS, ...settings }, log);
    opened.push(renderer);
    return renderer;
  };
  const makeProgram = (name: string): string => {
    const path = join(folder, name);
    writeFileSync(path, '#!/bin/sh\necho no display here >&2\nexit 7\n');
    chmodSync(path, 0o755);
    return path;
  };
  const found = async (searchPath: readonly string[]): Promise<readonly string[]> => {
    const paths: string[] = [];
    for await (const { origin, path } of findBrowsers({ executablePath: null, searchPath })) {
      if (origin === 'system') paths.push(path);
    }
    return paths;
  };
  const firstProgram = async () => {
    const { searchPath } = PDF_SETTINGS;
    for await (const { prepare } of findBrowsers({ executablePath: null, searchPath })) {
      return prepare();
    }
    throw new Error('there is no browser');
  };
  afterEach(async () => {
    for (const renderer of opened.splice(0)) await renderer.onApplicationShutdown();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is the headless shell before the whole browser, wherever they are', async () => {
    const whole = makeProgram('chromium');
    const fetched = makeProgram('chrome-headless-shell');
    const shell = makeProgram('chromium-headless-shell');
    writeFileSync(join(folder, 'google-chrome'), 'no program');
    expect((await found([folder])).filter((path) => path.startsWith(folder))).toEqual([
      shell,
      fetched,
      whole,
    ]);
  });

  it('is the one of the setting and no other', async () => {
    const settings = { PUPPETEER_EXECUTABLE_PATH: join(folder, 'missing') };
    const renderer = open(settings);
    expect(await renderer.findBrowser()).toBeNull();
    const refused = renderer.render(pageOf('x'));
    await expect(refused).rejects.toThrow('PUPPETEER_EXECUTABLE_PATH names no program');
    await expect(refused).rejects.toMatchObject({
      code: 'pdf_unavailable',
      definition: { status: 503 },
      context: { retryAfterS: 30 },
    });
  });

  it('is missed aloud when none starts, and the log says why', async () => {
    const log = new KeptLog();
    const renderer = open({ PUPPETEER_EXECUTABLE_PATH: makeProgram('broken') }, log);
    const refused = renderer.render(pageOf('x'));
    await expect(refused).rejects.toThrow('PDF_SANDBOX=false');
    await expect(refused).rejects.toMatchObject({ code: 'pdf_unavailable' });
    expect(log.valuesOf('browser')).toEqual([join(folder, 'broken')]);
    expect(String(log.valuesOf('error')[0])).toContain('no display here');
  });

  it('is not started again for each request when it does not start', async () => {
    const log = new KeptLog();
    const renderer = open({ PUPPETEER_EXECUTABLE_PATH: makeProgram('broken') }, log);
    for (let request = 1; request <= 3; request += 1) {
      const refused = renderer.render(pageOf('x'));
      await expect(refused).rejects.toThrow('PDF_SANDBOX=false');
      await expect(refused).rejects.toMatchObject({
        code: 'pdf_unavailable',
        context: { retryAfterS: 30 },
      });
    }
    expect(log.messages).toEqual(['a browser does not start']);
  });

  itWithBrowser('is the next one when the best does not start', async () => {
    makeProgram('chromium-headless-shell');
    const log = new KeptLog();
    const searchPath = [folder, ...(process.env['PATH'] ?? '').split(delimiter)];
    const pdf = await open({ searchPath }, log).render(pageOf('printed all the same'));
    expect((await readPdf(pdf)).text).toContain('printed all the same');
    expect(log.valuesOf('browser')[0]).toBe(join(folder, 'chromium-headless-shell'));
  });

  itWithBrowser('is started once more when it crashes at its start', async () => {
    const program = await firstProgram();
    const crash = join(folder, 'crash-once');
    const script = `#!/bin/sh\nmkdir '${crash}.d' 2>&- && kill -SEGV $$\nexec '${program.executablePath}' "$@"\n`;
    writeFileSync(crash, script, { mode: 0o755 });
    const options = {
      program: { ...program, executablePath: crash },
      isSandboxed: true,
      searchPath: PDF_SETTINGS.searchPath,
      systemRoot: null,
    };
    const session = new BrowserSession(await launchBrowser(options), DOCUMENT_TIMEOUT_MS);
    const pdf = await session.print(pageOf('printed all the same'));
    await session.kill();
    expect((await readPdf(pdf)).text).toContain('printed all the same');
    // It did crash.
    expect(existsSync(`${crash}.d`)).toBe(true);
  });

  itWithPackage(
    'prints text with the one of the npm package, unpacked where nobody else can write',
    async () => {
      const unpacked = (await findPackagedBrowser(CHECKOUT)?.prepare())?.executablePath ?? '';
      // Somebody tidied away what was old.
      const own = join(folder, '.cache', basename(dirname(unpacked)));
      mkdirSync(own, { recursive: true, mode: 0o700 });
      writeFileSync(join(own, 'chromium'), 'no program');
      const program = await findPackagedBrowser(folder)?.prepare();
      if (program === undefined) throw new Error('the package is not there');
      expect(program.executablePath).toBe(join(own, 'chromium'));
      expect(readdirSync(join(own, 'fonts'))).not.toEqual([]);
      expect(statSync(own).mode & 0o777).toBe(0o700);
      const options = { program, isSandboxed: true, searchPath: [], systemRoot: null };
      const session = new BrowserSession(await launchBrowser(options), DOCUMENT_TIMEOUT_MS);
      const pdf = await session.print(pageOf('Żółć, Größe, ő, € 1.234,50'));
      await session.kill();
      // Its own font, which a machine without any depends on.
      expect(Buffer.from(pdf).includes('OpenSans')).toBe(true);
      const read = await readPdf(pdf);
      expect(read.text).toContain('Żółć, Größe, ő, € 1.234,50');
      expect(read.text).toContain('sheet 1 of 1');
    },
    UNPACK_TIMEOUT_MS,
  );
});
