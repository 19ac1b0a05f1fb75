import 'reflect-metadata';
import { type DataSource, IsNull } from 'typeorm';
import { environment } from '../src/config';
import { generateApiKey, hashApiKey } from '../src/platform/auth/api-key';
import { ApiKeyEntity } from '../src/platform/auth/api-key.entity';
import { createDataSource } from '../src/platform/database/data-source';
import { databaseSettings } from '../src/platform/database/database.settings';
import { newId, showId } from '../src/shared/id';
import { readSettings, type SettingProblem } from '../src/shared/settings-reader';
import {
  ArgumentError,
  type KeyCommand,
  KEYS_USAGE,
  type NewKey,
  readArguments,
} from './keys/key-arguments';
import { renderKeys, showTime } from './keys/key-table';

const BAD_ARGUMENTS = 2;
/** SQLSTATE of a table or schema that does not exist. */
const NO_TABLE = ['42P01', '3F000'];

/** Something that the reader can put right; only the sentence is shown. */
class CannotRun extends Error {}

async function main(args: readonly string[]): Promise<number> {
  try {
    const command = readArguments(args, new Date());
    process.stdout.write(command.kind === 'help' ? KEYS_USAGE : await onDatabase(command));
    return 0;
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    return error instanceof ArgumentError ? BAD_ARGUMENTS : 1;
  }
}

async function onDatabase(command: Exclude<KeyCommand, { kind: 'help' }>): Promise<string> {
  const dataSource = createDataSource(readDatabase());
  await dataSource.initialize();
  try {
    switch (command.kind) {
      case 'create':
        return await create(dataSource, command);
      case 'list':
        return await list(dataSource);
      case 'revoke':
        return await revoke(dataSource, command);
    }
  } finally {
    await dataSource.destroy();
  }
}

function readDatabase() {
  const source = environment();
  const { text, problem } = source.read('DATABASE_URL');
  if (text === undefined && problem === undefined) {
    throw new CannotRun(
      'DATABASE_URL is not set. Set it (or DATABASE_URL_FILE) to the database of your Kassa and run this again.\n' +
        'The demonstration needs no keys of yours: `npm start` prints its three, and .kassa/demo.json holds them.',
    );
  }
  const problems: SettingProblem[] = [];
  const settings = readSettings(databaseSettings, { source, problems });
  if (problems.length === 0) return settings;
  throw new CannotRun(problems.map(({ name, detail }) => `${name} ${detail}`).join('\n'));
}

async function create(dataSource: DataSource, wanted: NewKey): Promise<string> {
  const { role, subject, label, expiresAt } = wanted;
  const key = generateApiKey();
  const id = newId();
  const row = { id, hash: hashApiKey(key), role, subject, label, expiresAt };
  await dataSource.getRepository(ApiKeyEntity).insert(row);
  const until = expiresAt ? `expires ${showTime(expiresAt)}` : 'never expires';
  return (
    `${key}\n\n` +
    `This is the only time that the key is shown: copy it now. Only its hash is stored.\n` +
    `Id ${showId('key', id)}, role ${role}, subject ${subject}, ${until}.\n`
  );
}

async function list(dataSource: DataSource): Promise<string> {
  const keys = await dataSource.getRepository(ApiKeyEntity).find({ order: { createdAt: 'ASC' } });
  if (keys.length > 0) return renderKeys(keys);
  return 'There are no keys yet. Make one: npm run keys -- create --role staff --subject <who>\n';
}

async function revoke(
  dataSource: DataSource,
  { id, shownId }: { readonly id: string; readonly shownId: string },
): Promise<string> {
  const keys = dataSource.getRepository(ApiKeyEntity);
  const wanted = { id, revokedAt: IsNull() };
  const { affected } = await keys.update(wanted, { revokedAt: () => 'now()' });
  if (affected === 1)
    return `${shownId} is revoked. It stops working everywhere within 5 seconds.\n`;
  if (await keys.existsBy({ id })) return `${shownId} was revoked before; nothing changed.\n`;
  throw new ArgumentError(`There is no key ${shownId}: list shows the ids.`);
}

/** The sentence for the reader. Messages of the database driver never hold the URL or the password. */
function explain(error: unknown): string {
  if (error instanceof ArgumentError) return `${error.message} See npm run keys -- --help.`;
  if (error instanceof CannotRun) return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (NO_TABLE.includes(code)) {
    return 'The database has no Kassa tables yet. Start Kassa on it once (npm start), then make keys.';
  }
  const message = error instanceof Error ? error.message || code : String(error);
  return `The database cannot be used: ${message}. Check DATABASE_URL and that PostgreSQL runs.`;
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
