import { existsSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import { LauncherError } from '../launcher-error';
import { type Account, canReach, chooseAccount } from './account';
import { createMissingLinks } from './links';
import { type PostgresPackage } from './package';
import { copyBinaries, createPrivateFolder, privateFolderExists } from './private-folder';
import { type PostgresState, savePostgresState } from './state';

/** Where a database lives and who runs it. */
export interface Place {
  readonly binFolder: string;
  /** The data, in a folder that is named by the major version. */
  readonly clusterFolder: string;
  readonly account: Account | undefined;
  /** What was remembered, with the private folder if one is in use. */
  readonly state: PostgresState;
}

interface Wanted {
  readonly dataDir: string;
  readonly source: PostgresPackage;
  readonly state: PostgresState;
  readonly log: (line: string) => void;
}

/** Files that differ in kind, as samples of whether an account may read the whole. */
const SAMPLES = ['bin/postgres', 'bin/initdb', 'lib/libicuuc.so.60', 'share/postgresql'];

function canReachBinaries(account: Account | undefined, nativeFolder: string): boolean {
  const paths = SAMPLES.map((name) => join(nativeFolder, name)).filter((path) => existsSync(path));
  return paths.every((path) => canReach(account, path));
}

/** Whether the data is in the private folder: it stays where it is once it was made. */
function dataGoesPrivate({ dataDir, source, state }: Wanted, account: Account | undefined) {
  const name = `pg${source.major}`;
  const { privateFolder } = state;
  if (privateFolder !== undefined && existsSync(join(privateFolder, name))) return true;
  if (canReach(account, dataDir)) return false;
  if (!existsSync(join(dataDir, name))) return true;
  throw new LauncherError(
    `The database user can no longer reach the data in ${join(dataDir, name)}. Give the folders ` +
      'above it back their search permission, or move the checkout out of /root.',
  );
}

function checkOwner(clusterFolder: string | undefined): void {
  const own = process.getuid?.();
  if (own === undefined || own === 0 || clusterFolder === undefined) return;
  const owner = lstatSync(clusterFolder).uid;
  if (owner === own) return;
  throw new LauncherError(
    `The database in ${clusterFolder} was made by another user (uid ${owner}). ` +
      'Start Kassa as that user, or set another DATA_DIR.',
  );
}

function openPrivateFolder({ dataDir, state, log }: Wanted, account: Account | undefined) {
  const known = state.privateFolder;
  if (known !== undefined && privateFolderExists(known)) return known;
  const folder = createPrivateFolder(account);
  savePostgresState(dataDir, { ...state, privateFolder: folder });
  if (known !== undefined) log(`${known} is gone, and the data with it; starting with none`);
  log(`using ${folder}, because the database user cannot read this checkout`);
  return folder;
}

/** Decides what goes where; copies the binaries where the database user cannot reach them. */
export async function choosePlace(wanted: Wanted): Promise<Place> {
  const { dataDir, source, state } = wanted;
  const name = `pg${source.major}`;
  const known = state.privateFolder;
  const knownCluster = known === undefined ? undefined : join(known, name);
  const existing = [knownCluster, join(dataDir, name)].find(
    (path) => path !== undefined && existsSync(path),
  );
  checkOwner(existing);
  const account = chooseAccount(existing ?? join(dataDir, name));
  const linked = createMissingLinks(source.nativeFolder);
  const binariesInPlace = linked && canReachBinaries(account, source.nativeFolder);
  const privateData = dataGoesPrivate(wanted, account);
  if (binariesInPlace && !privateData) {
    return {
      binFolder: join(source.nativeFolder, 'bin'),
      clusterFolder: join(dataDir, name),
      account,
      state,
    };
  }
  const folder = openPrivateFolder(wanted, account);
  const native = binariesInPlace ? source.nativeFolder : await copyBinaries(source, folder);
  return {
    binFolder: join(native, 'bin'),
    clusterFolder: join(privateData ? folder : dataDir, name),
    account,
    state: { ...state, privateFolder: folder },
  };
}
