import { type ApiKeyEntity } from '../../src/platform/auth/api-key.entity';
import { showId } from '../../src/shared/id';

const HEAD = ['ID', 'ROLE', 'SUBJECT', 'LABEL', 'CREATED', 'EXPIRES', 'LAST USED', 'REVOKED'];

/** Keys as a table for people, in the given order; never the hash. */
export function renderKeys(keys: readonly ApiKeyEntity[]): string {
  const rows = [HEAD, ...keys.map(toCells)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

function toCells(key: ApiKeyEntity): string[] {
  return [
    showId('key', key.id),
    key.role,
    oneLine(key.subject),
    oneLine(key.label) || '-',
    showTime(key.createdAt),
    key.expiresAt ? showTime(key.expiresAt) : 'never',
    key.lastUsedAt ? showTime(key.lastUsedAt) : 'never',
    key.revokedAt ? showTime(key.revokedAt) : '-',
  ];
}

/** To the minute, in UTC. */
export function showTime(date: Date): string {
  return `${date.toISOString().slice(0, 16)}Z`;
}

/** A row that was written by another program must not move the cursor of the reader's terminal. */
function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '?');
}
