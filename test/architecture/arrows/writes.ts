import { isIn, moduleOf, partOf } from '../places';
import { finding, type Finding, type Rule } from '../rule';
import { program, type SourceFile } from '../source-tree';
import { literalsOf } from '../syntax';

const DATA =
  'INSERT\\s+INTO|DELETE\\s+FROM|MERGE\\s+INTO|TRUNCATE\\s+(?:TABLE\\s+)?\\w|UPDATE\\s+(?:ONLY\\s+)?\\S+\\s+(?:AS\\s+)?(?:\\w+\\s+)?SET\\b';
const SCHEMA = '(?:CREATE|ALTER|DROP)\\s+(?:TABLE|SCHEMA|INDEX|TYPE|FUNCTION|TRIGGER|VIEW)\\b';
const WRITES = new RegExp(`\\b(?:${DATA}|${SCHEMA})`, 'gi');

/** Plumbing has tables too; these files are its storage. */
const PLATFORM_STORAGE = [
  'src/platform/auth/api-keys.ts',
  'src/platform/database/installation.ts',
  'src/platform/events/events.ts',
  'src/platform/http/idempotency.ts',
  'src/platform/jobs/signs-of-life.ts',
];
/** Keys exist before anything could create them over the API. */
const DEMO_KEYS = 'src/launcher/demo-data-keys.ts';

function mayWrite(path: string): boolean {
  return (
    partOf(path) === 'storage' ||
    isIn('src/migrations', path) ||
    PLATFORM_STORAGE.includes(path) ||
    path === DEMO_KEYS
  );
}

const onlyStorageWrites: Rule = {
  says: 'only storage writes',
  cure: 'Move the statement into storage/ of the module that owns the table.',
  find: (tree) =>
    program(tree)
      .filter(({ path }) => !mayWrite(path) && !isIn('src/sandbox', path))
      .flatMap((file) => matchesIn(file, WRITES, (match) => `SQL that writes: ${match[0]}`)),
};

const ownTables: Rule = {
  says: 'a module writes only its own schema',
  cure: 'Call the facade of the module that owns the table, inside the same transaction.',
  find: (tree) =>
    program(tree).flatMap((file) => {
      const owner = moduleOf(file.path);
      if (owner === null) return [];
      const table = /\b(?:INSERT\s+INTO|DELETE\s+FROM|UPDATE(?:\s+ONLY)?)\s+(\w+)\.\w+/gi;
      return matchesIn(file, table, (match) =>
        match[1] === owner ? null : `${owner} writes: ${match[0]}`,
      );
    }),
};

/** Table → the only file that makes its rows and assigns their state. */
const STATE_KEEPERS = [
  ['payments.payments', 'src/modules/payments/storage/payments.repository.ts'],
  ['invoices.invoices', 'src/modules/invoices/storage/invoices.repository.ts'],
] as const;

const oneStateKeeper: Rule = {
  says: `only its keeper assigns the state of a row: ${STATE_KEEPERS.map((pair) => pair.join(' in ')).join(', ')}`,
  cure: 'Call its `change` with a move that the lifecycle table allows.',
  find: (tree) =>
    STATE_KEEPERS.flatMap(([table, keeper]) => {
      const name = table.replace('.', '\\.');
      const changes = new RegExp(
        `\\bUPDATE\\s+${name}\\b[\\s\\S]*?(?=\\bWHERE\\b|\\bRETURNING\\b|$)`,
        'gi',
      );
      const makes = new RegExp(`\\bINSERT\\s+INTO\\s+${name}\\b`, 'gi');
      return program(tree)
        .filter(({ path }) => path !== keeper)
        .flatMap((file) => [
          ...matchesIn(file, changes, ([sql]) =>
            /(?<![\w.])state\s*(?:=|,[^()]*\)\s*=)/i.test(sql) ? 'a state is assigned' : null,
          ),
          ...matchesIn(file, makes, () => 'a row is made'),
        ]);
    }),
};

function matchesIn(
  file: SourceFile,
  pattern: RegExp,
  objects: (match: RegExpMatchArray) => string | null,
): Finding[] {
  return literalsOf(file).flatMap(({ node, text }) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const objection = objects(match);
      const position = node.getStart(file.ast) + match.index;
      return objection === null ? [] : [finding(file, position, objection)];
    }),
  );
}

export const writeRules = { onlyStorageWrites, ownTables, oneStateKeeper };
