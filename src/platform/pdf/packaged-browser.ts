import { execFile } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { textAt } from '../../shared/json';
import { fontsConfiguration } from './fonts-configuration';
import { type BrowserProgram, type FoundBrowser } from './found-browser';
import { isPrivateFolder, makePrivateFolder } from './private-folder';

/** Decompressing 200 MB takes two seconds; a machine under load gets much longer. */
const UNPACK_TIMEOUT_MS = 60_000;
/** What is still half unpacked after this long belongs to a process that was killed. */
const PARTIAL_MAX_AGE_MS = 10 * 60_000;
const PARTIAL = '.partial-';

const PROGRAM = 'chromium';
const FONTS = 'fonts';
const FONTS_CONFIGURATION = 'fonts.conf';

/** The package unpacks into the temporary folder of its process, so it gets a process with a folder of its own. */
const UNPACK = 'require(process.argv[1]).executablePath().catch(() => process.exit(1))';
/** The package brings the libraries that a bare Linux lacks, and unpacks them only where it believes to be there. */
const RUNTIME = { AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' };

interface Packed {
  /** The package's own script. */
  readonly entry: string;
  readonly checkout: string;
}

/**
 * The browser of the npm package `@sparticuz/chromium`, an optional dependency for machines that have no other one.
 * Null where it is not installed; the package holds a program for Linux on x64 only.
 */
export function findPackagedBrowser(checkout: string): FoundBrowser | null {
  const entry = process.platform === 'linux' && process.arch === 'x64' ? entryOfPackage() : null;
  if (entry === null) return null;
  return { origin: 'package', path: entry, prepare: () => unpackOnce({ entry, checkout }) };
}

function entryOfPackage(): string | null {
  try {
    return require.resolve('@sparticuz/chromium');
  } catch {
    return null;
  }
}

/** A folder gets its name when everything is in it; what somebody tidied away since is unpacked again. */
async function unpackOnce({ entry, checkout }: Packed): Promise<BrowserProgram> {
  const folder = join(parentFor(checkout), `chromium-${versionOf(entry)}-${userId()}`);
  if (!isPrivateFolder(folder) || !isComplete(folder)) {
    rmSync(folder, { recursive: true, force: true });
    await unpack({ entry, folder });
  }
  return {
    executablePath: join(folder, PROGRAM),
    environment: {
      LD_LIBRARY_PATH: join(folder, 'al2023/lib'),
      FONTCONFIG_FILE: join(folder, FONTS_CONFIGURATION),
    },
  };
}

function isComplete(folder: string): boolean {
  return [PROGRAM, FONTS, FONTS_CONFIGURATION].every((name) => hasContent(join(folder, name)));
}

function hasContent(path: string): boolean {
  if (!existsSync(path)) return false;
  const found = statSync(path);
  return found.isDirectory() ? readdirSync(path).length > 0 : found.size > 0;
}

/** In the checkout, or where that cannot be written to, in a folder of this user's among the temporary ones. */
function parentFor(checkout: string): string {
  const cache = join(checkout, '.cache');
  if (canWriteTo(cache)) return cache;
  const temporary = join(tmpdir(), `kassa-cache-${userId()}`);
  if (makePrivateFolder(temporary)) return temporary;
  throw new Error(`${temporary} belongs to somebody else; remove it`);
}

function canWriteTo(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function userId(): number {
  return process.getuid?.() ?? 0;
}

/** Another version is another folder. */
function versionOf(entry: string): string {
  const about: unknown = JSON.parse(
    readFileSync(join(dirname(entry), '../../package.json'), 'utf8'),
  );
  return textAt(about, 'version') ?? 'unknown';
}

async function unpack({ entry, folder }: { entry: string; folder: string }): Promise<void> {
  const partial = `${folder}${PARTIAL}${process.pid}`;
  removeAbandoned(folder);
  rmSync(partial, { recursive: true, force: true });
  if (!makePrivateFolder(partial)) throw new Error(`${partial} cannot be written`);
  try {
    await promisify(execFile)(process.execPath, ['-e', UNPACK, entry], {
      env: { ...RUNTIME, TMPDIR: partial },
      timeout: UNPACK_TIMEOUT_MS,
      killSignal: 'SIGKILL',
    });
    // The package's own one names folders in /tmp; without a font a PDF has no text, and nothing reports it.
    const folders = [join(folder, FONTS), '/usr/share/fonts', '/usr/local/share/fonts'];
    writeFileSync(join(partial, FONTS_CONFIGURATION), fontsConfiguration(folder, { folders }));
    if (!isComplete(partial)) throw new Error(`${entry} does not unpack`);
    giveName({ partial, folder });
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

/** Another process may have been quicker; then its folder serves as well. */
function giveName({ partial, folder }: { partial: string; folder: string }): void {
  try {
    renameSync(partial, folder);
  } catch (error) {
    if (!isPrivateFolder(folder)) throw error;
  }
}

/** Processes that were killed while they unpacked leave 200 MB behind. */
function removeAbandoned(folder: string): void {
  const parent = dirname(folder);
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(`${basename(folder)}${PARTIAL}`)) continue;
    const path = join(parent, name);
    const made = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - made > PARTIAL_MAX_AGE_MS) rmSync(path, { recursive: true, force: true });
  }
}
