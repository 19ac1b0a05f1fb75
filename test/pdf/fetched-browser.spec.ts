import { execFile } from 'node:child_process';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const HERE = join(__dirname, '../..');
const ROOT = basename(HERE) === 'dist' ? dirname(HERE) : HERE;
const SCRIPT = pathToFileURL(join(ROOT, 'scripts/lib/browser.mjs')).href;

/** What an expression gives in a program that knows the script and the library behind it. */
async function answerOf(expression: string): Promise<unknown> {
  const program = `import { runs, urlFor } from ${JSON.stringify(SCRIPT)};
    import * as library from '@puppeteer/browsers';
    console.log(JSON.stringify(${expression}));`;
  const options = ['--input-type=module', '-e', program];
  const { stdout } = await promisify(execFile)(process.execPath, options, { cwd: ROOT });
  return JSON.parse(stdout);
}

describe('the browser that is fetched', () => {
  const urlOn = (platform: string) =>
    answerOf(
      `urlFor({ ...library, detectBrowserPlatform: () => ${JSON.stringify(platform)} }, '147.0.1.2')`,
    );

  it('is the one for this system', async () => {
    expect(await urlOn('linux')).toContain('147.0.1.2/linux64/chrome-headless-shell');
    expect(await urlOn('mac_arm')).toContain('147.0.1.2/mac-arm64/chrome-headless-shell');
  });

  it('is none where only one for another processor is to be had', async () => {
    expect(await urlOn('linux_arm')).toBeNull();
  });

  it('is thrown away when it does not start', async () => {
    expect(await answerOf(`runs(process.execPath)`)).toBe(true);
    expect(await answerOf(`runs(${JSON.stringify(__filename)})`)).toBe(false);
    expect(await answerOf(`runs('/bin/false')`)).toBe(false);
  });
});
