import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { textAt, valueAt } from '../../shared/json';
import { readJsonIfPresent, writeJsonAtomically } from '../files';

/** What has to be remembered of a database between two starts. */
export interface PostgresState {
  readonly password: string;
  /** The port of the last start; tried again, so that URLs which were copied keep working. */
  readonly port?: number;
  /** Where the binaries or the data went that the database user could not reach here. */
  readonly privateFolder?: string;
}

/** 192 random bits, spelled without characters that a URL would have to escape. */
const PASSWORD_BYTES = 24;

function pathOf(dataDir: string): string {
  return join(dataDir, 'postgres.json');
}

export function readPostgresState(dataDir: string): PostgresState | undefined {
  const content = readJsonIfPresent(pathOf(dataDir));
  const password = textAt(content, 'password');
  if (password === null) return undefined;
  const port = valueAt(content, 'port');
  const privateFolder = textAt(content, 'private_folder');
  return {
    password,
    ...(typeof port === 'number' ? { port } : {}),
    ...(privateFolder === null ? {} : { privateFolder }),
  };
}

export function newPostgresState(): PostgresState {
  return { password: randomBytes(PASSWORD_BYTES).toString('base64url') };
}

export function savePostgresState(dataDir: string, state: PostgresState): void {
  const { password, port, privateFolder } = state;
  writeJsonAtomically(pathOf(dataDir), { password, port, private_folder: privateFolder });
}
