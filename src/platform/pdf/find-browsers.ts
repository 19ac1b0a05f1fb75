import { accessSync, constants, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type BrowserOrigin, type FoundBrowser } from './found-browser';
import { findPackagedBrowser } from './packaged-browser';

export interface BrowserSearch {
  readonly executablePath: string | null;
  readonly searchPath: readonly string[];
}

/** The headless shell first: it prints about twice as many pages per second as the whole browser. */
const PROGRAM_NAMES = [
  'chromium-headless-shell',
  'chrome-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];

/** Where installers put them without telling the PATH. */
const USUAL_PATHS: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: ['/opt/google/chrome/chrome'],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/** The folder that holds node_modules: all that is fetched for this checkout stays inside of it. */
export const CHECKOUT = join(dirname(require.resolve('puppeteer/package.json')), '../..');
export const BROWSER_CACHE = join(CHECKOUT, '.cache/browsers');

/** Every browser that may print, best first; whoever names one by the setting means that one and no other. */
export async function* findBrowsers(search: BrowserSearch): AsyncGenerator<FoundBrowser> {
  if (search.executablePath !== null) {
    if (isProgram(search.executablePath)) yield asIs('setting', search.executablePath);
    return;
  }
  for (const path of findInstalled(search.searchPath)) yield asIs('system', path);
  for (const path of await findCached()) yield asIs('cache', path);
  const packaged = findPackagedBrowser(CHECKOUT);
  if (packaged !== null) yield packaged;
}

/** Programs of this machine. */
export function findInstalled(searchPath: readonly string[]): readonly string[] {
  const named = PROGRAM_NAMES.flatMap((name) => searchPath.map((folder) => join(folder, name)));
  const usual = USUAL_PATHS[process.platform] ?? [];
  return [...new Set([...named, ...usual])].filter(isProgram);
}

/** Loaded when it is needed: the library is large, and hardly ever asked. */
async function findCached(): Promise<readonly string[]> {
  const { getInstalledBrowsers } = await import('@puppeteer/browsers');
  const installed = await getInstalledBrowsers({ cacheDir: BROWSER_CACHE });
  return installed.map(({ executablePath }) => executablePath).filter(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function asIs(origin: BrowserOrigin, path: string): FoundBrowser {
  return {
    origin,
    path,
    prepare: () => Promise.resolve({ executablePath: path, environment: {} }),
  };
}
