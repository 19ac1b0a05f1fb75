import { hash } from 'node:crypto';
import { type Pool } from 'pg';
import { Refused } from './refused';

/** Kassa's rule: a key that was found is believed for five seconds. */
const CACHE_MS = 5_000;

const FIND = `SELECT id, subject, role FROM platform.api_keys
  WHERE hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`;
const TOUCH = `UPDATE platform.api_keys SET last_used_at = now()
  WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`;

export interface KeyOwner {
  readonly subject: string;
  /** Null for staff, who see everything. */
  readonly owner: string | null;
}

const cache = new Map<string, { readonly found: KeyOwner; readonly untilMs: number }>();

/** Who sent the request, by the hash of its key. */
export async function authenticate(pool: Pool, header: string | undefined): Promise<KeyOwner> {
  if (!header?.startsWith('Bearer ')) throw new Refused(401, 'Send an API key.');
  const hashed = hash('sha256', header.slice('Bearer '.length), 'hex');
  const cached = cache.get(hashed);
  if (cached && cached.untilMs > performance.now()) return cached.found;
  return look(pool, hashed);
}

async function look(pool: Pool, hashed: string): Promise<KeyOwner> {
  const { rows } = await pool.query<{ id: string; subject: string; role: string }>({
    name: 'find-api-key',
    text: FIND,
    values: [hashed],
  });
  const row = rows[0];
  if (!row) throw new Refused(401, 'The API key is unknown.');
  const found = { subject: row.subject, owner: row.role === 'staff' ? null : row.subject };
  cache.set(hashed, { found, untilMs: performance.now() + CACHE_MS });
  // Nobody waits for this note.
  pool.query({ name: 'touch-api-key', text: TOUCH, values: [row.id] }).catch(() => undefined);
  return found;
}
