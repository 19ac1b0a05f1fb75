import { type Role, SUBJECT_LENGTH_MAX } from '../../src/platform/auth/caller';
import { readId } from '../../src/shared/id';

export const KEYS_USAGE = `Makes, lists and revokes API keys. The database is the one of DATABASE_URL (or DATABASE_URL_FILE).

  npm run keys -- create --role staff --subject anna@example.com
  npm run keys -- create --role user --subject shop-frontend --label "web shop" --expires 90d
  npm run keys -- list
  npm run keys -- revoke key_…

  --role     staff sees and acts for every customer; user for the customers that list its subject as an owner
  --subject  whom the key stands for: a person or a program
  --label    what it is used for, for people (optional)
  --expires  a date such as 2027-01-01 (00:00 UTC), or a number of days such as 90d (optional; never without it)
`;

/** What the command line asks for. */
export type KeyCommand =
  | { readonly kind: 'help' }
  | ({ readonly kind: 'create' } & NewKey)
  | { readonly kind: 'list' }
  | { readonly kind: 'revoke'; readonly id: string; readonly shownId: string };

export interface NewKey {
  readonly role: Role;
  readonly subject: string;
  readonly label: string;
  readonly expiresAt: Date | null;
}

/** A mistake on the command line, as a sentence that says what to write instead. */
export class ArgumentError extends Error {}

/** As long as an owner of a customer may be; the two are compared. */
const LABEL_MAX = 200;
const DAYS_MAX = 3_650;
const DAY_MS = 86_400_000;

export function readArguments(args: readonly string[], now: Date): KeyCommand {
  const [command, ...rest] = args;
  if (command === undefined) throw new ArgumentError('Say what to do: create, list or revoke.');
  if (args.includes('--help') || args.includes('-h') || command === 'help') return { kind: 'help' };
  switch (command) {
    case 'create':
      return { kind: 'create', ...readNewKey(readOptions(rest), now) };
    case 'list':
      refuseMore(rest, 'list takes nothing else');
      return { kind: 'list' };
    case 'revoke':
      return readRevoke(rest);
    default:
      throw new ArgumentError(`There is no command "${command}": use create, list or revoke.`);
  }
}

const OPTIONS = ['role', 'subject', 'label', 'expires'];

/** `--name value` and `--name=value`, each once. */
function readOptions(args: readonly string[]): ReadonlyMap<string, string> {
  const options = new Map<string, string>();
  for (let index = 0; index < args.length; index += 1) {
    const [, name, inline] = /^--([a-z-]+)(?:=(.*))?$/su.exec(args[index] ?? '') ?? [];
    if (name === undefined || !OPTIONS.includes(name)) {
      const known = OPTIONS.map((option) => `--${option}`).join(', ');
      throw new ArgumentError(`create does not know "${args[index]}": it takes ${known}.`);
    }
    if (options.has(name)) throw new ArgumentError(`Give --${name} only once.`);
    if (inline === undefined) index += 1;
    const value = inline ?? args[index];
    if (value === undefined || (inline === undefined && value.startsWith('--'))) {
      throw new ArgumentError(`Give a value after --${name}.`);
    }
    options.set(name, value);
  }
  return options;
}

function readNewKey(options: ReadonlyMap<string, string>, now: Date): NewKey {
  const expires = options.get('expires');
  return {
    role: readRole(options.get('role')),
    subject: readText('subject', options.get('subject'), SUBJECT_LENGTH_MAX),
    label: options.has('label') ? readText('label', options.get('label'), LABEL_MAX) : '',
    expiresAt: expires === undefined ? null : readExpiry(expires, now),
  };
}

function readRole(text: string | undefined): Role {
  if (text === 'staff' || text === 'user') return text;
  throw new ArgumentError(
    'Say --role staff (sees and acts for all) or --role user (for the customers it owns).',
  );
}

function readText(name: string, text: string | undefined, max: number): string {
  if (text === undefined) {
    throw new ArgumentError(`Say --${name}, the person or program that the key stands for.`);
  }
  const isPlain = text.trim() === text && text !== '' && !/[\p{Cc}\p{Cs}]/u.test(text);
  if (isPlain && text.length <= max) return text;
  throw new ArgumentError(
    `--${name} must be 1 to ${max} characters on one line, without spaces at the ends.`,
  );
}

function readExpiry(text: string, now: Date): Date {
  const expiry = parseExpiry(text, now);
  if (!expiry) {
    throw new ArgumentError(
      `--expires must be a date such as 2027-01-01 or 1 to ${DAYS_MAX} days such as 90d.`,
    );
  }
  if (expiry > now) return expiry;
  throw new ArgumentError('--expires is in the past: such a key would never work.');
}

function parseExpiry(text: string, now: Date): Date | null {
  const days = /^(\d{1,5})d$/.exec(text)?.[1];
  if (days !== undefined) {
    const count = Number(days);
    return count >= 1 && count <= DAYS_MAX ? new Date(now.getTime() + count * DAY_MS) : null;
  }
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const date = new Date(`${text}T00:00:00.000Z`);
  // 2027-02-30 would become a day in March.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? date : null;
}

function readRevoke([shownId, ...rest]: readonly string[]): KeyCommand {
  if (shownId === undefined) {
    throw new ArgumentError('Say which key: npm run keys -- revoke key_… (list shows the ids).');
  }
  refuseMore(rest, 'revoke takes one key at a time');
  if (shownId.startsWith('kassa_')) {
    throw new ArgumentError('That is the key itself. Name its id, key_…: list shows the ids.');
  }
  const id = readId('key', shownId);
  if (id !== null) return { kind: 'revoke', id, shownId };
  throw new ArgumentError(`"${shownId}" is no id of a key: list shows them, key_….`);
}

function refuseMore(rest: readonly string[], sentence: string): void {
  if (rest.length > 0) throw new ArgumentError(`${sentence}: leave out "${rest.join(' ')}".`);
}
