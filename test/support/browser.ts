import { type Browser } from 'puppeteer';
import { findBrowsers } from '../../src/platform/pdf/find-browsers';
import { type BrowserProgram } from '../../src/platform/pdf/found-browser';
import { HAS_BROWSER, PDF_SETTINGS } from './pdf';
import { itWithBrowser } from './pdf-it';

/** Tests in a real browser; where none is installed, one skipped test that says so. */
export function describeInBrowser(name: string, tests: (open: () => Promise<Browser>) => void) {
  itWithBrowser(`${name} finds a browser`, async () => {
    expect((await programThatPrints()).executablePath).not.toBe('');
  });
  if (HAS_BROWSER) describe(name, () => tests(openBrowser));
}

async function openBrowser(): Promise<Browser> {
  const { default: puppeteer } = await import('puppeteer');
  const { executablePath, environment } = await programThatPrints();
  // Root, as in containers, cannot have Chromium's own sandbox; the pages are ours.
  const isRoot = process.getuid?.() === 0;
  return puppeteer.launch({
    executablePath,
    headless: 'shell',
    pipe: true,
    args: ['--disable-dev-shm-usage', ...(isRoot ? ['--no-sandbox'] : [])],
    env: { ...process.env, ...environment },
  });
}

/** The one that prints documents. */
export async function programThatPrints(): Promise<BrowserProgram> {
  const { searchPath } = PDF_SETTINGS;
  for await (const found of findBrowsers({ executablePath: null, searchPath })) {
    return found.prepare();
  }
  throw new Error('No browser is installed.');
}
