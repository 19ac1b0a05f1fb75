/**
 * Makes a checkout ready to run: the right Node.js, the dependencies, the compiled sources, and for those who print
 * PDFs a browser where the network allows. The npm
 * scripts call it themselves, because a fresh clone has nothing and .npmrc switches hooks off.
 * It needs nothing but Node.js.
 */
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fetchBrowserIfMissing } from './lib/browser.mjs';
import { buildIfNeeded } from './lib/build.mjs';
import { installIfNeeded } from './lib/install.mjs';
import { satisfies } from './lib/node-version.mjs';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

function say(line) {
  process.stderr.write(`kassa: ${line}\n`);
}

function checkNodeVersion() {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  if (satisfies(process.versions.node, engines.node)) return;
  throw new Error(
    `Node.js ${process.versions.node} does not fit: Kassa needs ${engines.node}. ` +
      'Install Node.js 22 from https://nodejs.org, or run `nvm install` here.',
  );
}

/** Throws an Error with the cure in its message when the checkout cannot be made ready. */
export async function setup({ quiet, withBrowser = false }) {
  checkNodeVersion();
  await installIfNeeded(root, say);
  await buildIfNeeded(root, quiet ? () => {} : say);
  if (withBrowser) await fetchBrowserIfMissing(root, say);
}

/** The same for a script: false, with the reason printed, when it must not go on. */
export async function setupOrExplain(options) {
  try {
    await setup(options);
    return true;
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return false;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const ready = await setupOrExplain({ quiet: process.argv.includes('--quiet') });
  process.exitCode = ready ? 0 : 1;
}
