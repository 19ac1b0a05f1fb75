import { findBrowsers } from '../../src/platform/pdf/find-browsers';
import { type FoundBrowser } from '../../src/platform/pdf/found-browser';
import { launchBrowser, type LaunchedBrowser } from '../../src/platform/pdf/launch-browser';
import { type PdfSettings } from '../../src/platform/pdf/pdf.settings';
import { type Configuration } from './configuration';
import { type Check, type Finding, ok, skipped, type Tell, warn } from './finding';
import { scriptsWithoutFont } from './fonts';

const BROWSER = { check: 'browser', lookedAt: 'Browser for PDFs' };
const FONTS = { check: 'browser.fonts', lookedAt: 'Fonts for PDFs' };

const CURE =
  'Install one (apt-get install chromium-headless-shell) or name one by PUPPETEER_EXECUTABLE_PATH. Everything but PDFs works without.';

/** The browser that prints invoices is started once, and ended. */
export function checkBrowser({ pdf }: Configuration): Check {
  return {
    name: BROWSER.check,
    lookedAt: BROWSER.lookedAt,
    run: async (tell) => {
      if (pdf === null) return tell(skipped(BROWSER, 'Its settings are wrong.'));
      const found = await firstOf(pdf);
      if (found === null) return tell(warn(BROWSER, 'None was found.', CURE));
      if (found.origin === 'package') {
        // To start it would mean to unpack it.
        return tell(ok(BROWSER, 'One in an npm package, which is unpacked when it is needed.'));
      }
      await start(found, pdf, tell);
    },
  };
}

async function firstOf({
  PUPPETEER_EXECUTABLE_PATH,
  searchPath,
}: PdfSettings): Promise<FoundBrowser | null> {
  const search = { executablePath: PUPPETEER_EXECUTABLE_PATH, searchPath };
  for await (const found of findBrowsers(search)) return found;
  return null;
}

async function start(found: FoundBrowser, pdf: PdfSettings, tell: Tell): Promise<void> {
  const launched = await launch(found, pdf);
  if (launched === null) {
    const cure = `Start it by hand to see why; in a container set PDF_SANDBOX=false. ${CURE}`;
    return tell(warn(BROWSER, `${found.path} does not start.`, cure));
  }
  try {
    tell(ok(BROWSER, `${await launched.browser.version()} starts.`));
    tell(fontsFinding(await scriptsWithoutFont(launched.browser)));
  } finally {
    await launched.kill();
  }
}

async function launch(found: FoundBrowser, pdf: PdfSettings): Promise<LaunchedBrowser | null> {
  try {
    const { PDF_SANDBOX: isSandboxed, searchPath, systemRoot } = pdf;
    return await launchBrowser({
      program: await found.prepare(),
      isSandboxed,
      searchPath,
      systemRoot,
    });
  } catch {
    return null;
  }
}

function fontsFinding(missing: readonly string[]): Finding {
  if (missing.length === 0) return ok(FONTS, 'Names in every script that was tried are printed.');
  const message = `Names in ${missing.join(', ')} would be printed as boxes.`;
  return warn(FONTS, message, 'Install fonts: apt-get install fonts-noto-core fonts-noto-cjk.');
}
