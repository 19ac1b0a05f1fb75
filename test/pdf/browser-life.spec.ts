import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { PdfRenderer } from '../../src/platform/pdf/pdf-renderer';
import { UnprintableError } from '../../src/platform/pdf/unprintable-error';
import { eventually } from '../support/http';
import {
  browsersOf,
  HANGING_PAGE,
  KeptLog,
  pageOf,
  PDF_SETTINGS,
  processesWith,
  profileOf,
  readPdf,
} from '../support/pdf';
import { itWithBrowserOnLinux } from '../support/pdf-it';

/** Of the sources or of what they were compiled to; programs are always run from the latter. */
const HERE = join(__dirname, '../..');
const ROOT = basename(HERE) === 'dist' ? dirname(HERE) : HERE;
/** Half of what a page usually gets, because one that hangs keeps a processor busy for as long. */
const SHORT_TIME_MS = 5_000;
/** Two hundred pages take that long on a busy machine. */
const LONG_TEST_MS = 240_000;
/** Between two looks at all processes; a browser takes longer to start. */
const WATCH_MS = 100;

describe('the browser', () => {
  let renderer: PdfRenderer;
  beforeEach(() => {
    renderer = new PdfRenderer(PDF_SETTINGS, new KeptLog());
  });
  afterEach(() => renderer.onApplicationShutdown());

  itWithBrowserOnLinux(
    'is started when it is first needed and kept for the next page',
    async () => {
      expect(browsersOf()).toEqual([]);
      await renderer.render(pageOf('one'));
      const [browser, ...more] = browsersOf();
      expect(more).toEqual([]);
      await Promise.all(['two', 'three', 'four'].map((text) => renderer.render(pageOf(text))));
      expect(browsersOf()).toEqual([browser]);
    },
  );

  itWithBrowserOnLinux('ends with the program, and takes its profile along', async () => {
    await renderer.render(pageOf('one'));
    const [browser = 0] = browsersOf();
    const profile = profileOf(browser);
    expect(existsSync(profile)).toBe(true);
    await renderer.onApplicationShutdown();
    expect(processesWith(profile)).toEqual([]);
    expect(existsSync(profile)).toBe(false);
    await expect(renderer.render(pageOf('two'))).rejects.toThrow('The program ends');
  });

  itWithBrowserOnLinux('gets none of our environment', async () => {
    process.env['KASSA_TEST_SECRET'] = 'a secret of the environment';
    try {
      await renderer.render(pageOf('one'));
    } finally {
      delete process.env['KASSA_TEST_SECRET'];
    }
    const [browser = 0] = browsersOf();
    expect(environmentOf(browser)).toContain('HOME=');
    expect(environmentOf(browser)).not.toContain('KASSA_TEST_SECRET');
  });

  itWithBrowserOnLinux('is replaced when somebody kills it', async () => {
    await renderer.render(pageOf('one'));
    const [browser = 0] = browsersOf();
    const profile = profileOf(browser);
    process.kill(browser, 'SIGKILL');
    expect((await readPdf(await renderer.render(pageOf('two')))).text).toContain('two');
    expect(browsersOf()).not.toContain(browser);
    expect(processesWith(profile)).toEqual([]);
  });

  itWithBrowserOnLinux(
    'is killed when a page hangs, and the pages beside it and after it are printed',
    async () => {
      renderer = new PdfRenderer(PDF_SETTINGS, new KeptLog(), SHORT_TIME_MS);
      await renderer.render(pageOf('one'));
      const [browser = 0] = browsersOf();
      const profile = profileOf(browser);
      const begun = performance.now();
      const hanging = renderer.render(HANGING_PAGE).catch((error: unknown) => error);
      await renderer.render(pageOf('beside'));
      expect(await hanging).toBeInstanceOf(UnprintableError);
      expect(String(await hanging)).toContain('it takes more than 5000 ms');
      expect(performance.now() - begun).toBeLessThan(40_000);
      expect(processesWith(profile)).toEqual([]);
      expect((await readPdf(await renderer.render(pageOf('after')))).text).toContain('after');
    },
    LONG_TEST_MS,
  );

  itWithBrowserOnLinux(
    'is blamed for a hang before the page is: a fresh one prints it',
    async () => {
      renderer = new PdfRenderer(PDF_SETTINGS, new KeptLog(), SHORT_TIME_MS);
      await renderer.render(pageOf('one'));
      const [browser = 0] = browsersOf();
      for (const pid of processesWith(profileOf(browser))) process.kill(pid, 'SIGSTOP');
      expect((await readPdf(await renderer.render(pageOf('two')))).text).toContain('two');
      expect(browsersOf()).not.toContain(browser);
    },
    LONG_TEST_MS,
  );

  itWithBrowserOnLinux(
    'is replaced after two hundred pages, and never are there two',
    async () => {
      const seen = new Set<number>();
      let most = 0;
      const watch = setInterval(() => {
        const browsers = browsersOf();
        most = Math.max(most, browsers.length);
        for (const browser of browsers) seen.add(browser);
      }, WATCH_MS);
      try {
        for (let pair = 0; pair < 102; pair += 1) {
          await Promise.all([renderer.render(pageOf('left')), renderer.render(pageOf('right'))]);
        }
      } finally {
        clearInterval(watch);
      }
      expect(seen.size).toBe(2);
      expect(most).toBe(1);
    },
    LONG_TEST_MS,
  );

  itWithBrowserOnLinux(
    'ends when our process is killed, in the midst of a page too',
    async () => {
      const program = spawn(process.execPath, [join(ROOT, 'dist/test/support/pdf-program.js')], {
        env: { PATH: process.env.PATH },
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      });
      await once(program, 'message', { signal: AbortSignal.timeout(LONG_TEST_MS / 2) });
      const [browser = 0] = browsersOf(program.pid);
      const profile = profileOf(browser);
      program.kill('SIGKILL');
      await eventually(
        () => Promise.resolve(processesWith(profile)),
        (left) => left.length === 0,
      );
    },
    LONG_TEST_MS,
  );
});

function environmentOf(pid: number): string {
  return readFileSync(`/proc/${pid}/environ`, 'latin1');
}
