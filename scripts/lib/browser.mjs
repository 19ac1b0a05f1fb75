import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

/** Prints twice as fast as the whole browser, in half the memory. */
const BROWSER = 'chrome-headless-shell';
/** Without a network this is how long a start is held up, once a day. */
const CONNECT_TIMEOUT_MS = 3_000;
/** About 100 MB; a line that takes longer is left alone. */
const DOWNLOAD_TIMEOUT_MS = 180_000;
/** A program for another processor, or one that misses libraries, fails at once. */
const FIRST_START_TIMEOUT_MS = 20_000;
const ASK_AGAIN_AFTER_MS = 24 * 60 * 60_000;
const ASKED = '.asked';

/** Where the best one comes from that is there already. */
async function bestOrigin({ findBrowsers }) {
  const { PUPPETEER_EXECUTABLE_PATH, PATH = '' } = process.env;
  if (PUPPETEER_EXECUTABLE_PATH !== undefined) return 'setting';
  const search = { executablePath: null, searchPath: PATH.split(delimiter).filter(Boolean) };
  for await (const { origin } of findBrowsers(search)) return origin;
  return null;
}

function wasAskedLately(cache) {
  const asked = statSync(join(cache, ASKED), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return Date.now() - asked < ASK_AGAIN_AFTER_MS;
}

/** Null when it can be had; otherwise why not. */
async function obstacle(url) {
  try {
    const answer = await fetch(url, {
      method: 'HEAD',
      signal: AbortSignal.timeout(CONNECT_TIMEOUT_MS),
    });
    return answer.ok ? null : `${url.hostname} answers ${answer.status}`;
  } catch {
    return `${url.hostname} cannot be reached`;
  }
}

/** Whether it can be started at all: it prints its version. */
export function runs(program) {
  const options = { stdio: 'ignore', timeout: FIRST_START_TIMEOUT_MS, killSignal: 'SIGKILL' };
  return spawnSync(program, ['--version'], options).status === 0;
}

/** Where it can be had for this system, or null: for Linux on ARM there is none, although the library names the one of x64. */
export function urlFor({ detectBrowserPlatform, getDownloadUrl }, buildId) {
  const platform = detectBrowserPlatform();
  if (platform === undefined || platform === 'linux_arm') return null;
  return getDownloadUrl(BROWSER, platform, buildId);
}

/** A program of its own can be ended in the midst of a download; what is incomplete never gets the final name. */
function download({ require, cache, buildId }) {
  const partial = `${cache}.partial-${process.pid}`;
  const program = join(dirname(require.resolve('@puppeteer/browsers')), 'main-cli.js');
  const args = ['install', `${BROWSER}@${buildId}`, '--path', partial];
  const result = spawnSync(process.execPath, [program, ...args], {
    stdio: 'ignore',
    timeout: DOWNLOAD_TIMEOUT_MS,
    killSignal: 'SIGKILL',
  });
  try {
    if (result.status !== 0) return 'the download did not finish';
    const options = { browser: BROWSER, buildId, cacheDir: partial };
    const browser = require('@puppeteer/browsers').computeExecutablePath(options);
    if (!runs(browser)) return 'the one that was fetched does not start on this system';
    renameSync(join(partial, BROWSER), join(cache, BROWSER));
    return null;
  } catch (error) {
    // Another command may have been quicker.
    return existsSync(join(cache, BROWSER)) ? null : String(error.code);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

/**
 * PDFs are printed by a browser. Where the machine has none, one is fetched into the checkout if the network allows;
 * whatever goes wrong, everything else works without.
 */
export async function fetchBrowserIfMissing(root, say) {
  const require = createRequire(join(root, 'package.json'));
  const finder = require(join(root, 'dist/src/platform/pdf/find-browsers.js'));
  const cache = finder.BROWSER_CACHE;
  const origin = await bestOrigin(finder);
  // The one of the npm package gets no more security updates, so a better one is tried for.
  if ((origin !== null && origin !== 'package') || wasAskedLately(cache)) return;
  const { PUPPETEER_REVISIONS } = require('puppeteer-core/internal/revisions.js');
  const buildId = PUPPETEER_REVISIONS[BROWSER];
  const url = urlFor(require('@puppeteer/browsers'), buildId);
  mkdirSync(cache, { recursive: true });
  let problem = 'there is none for this system';
  if (url !== null) {
    problem = await obstacle(url);
    if (problem === null) {
      say('Fetching a browser that prints PDFs into .cache/browsers. This takes a minute or two …');
      problem = download({ require, cache, buildId });
    }
  }
  if (problem === null) return;
  writeFileSync(join(cache, ASKED), '');
  const instead =
    origin === null ? 'Install Chromium to get PDFs.' : 'That of @sparticuz/chromium is used.';
  say(`No browser was fetched for PDFs: ${problem}. ${instead}`);
}
