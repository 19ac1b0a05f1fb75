import { type Logger } from '../logging/log';
import { type Database } from '../database/database';
import { statement } from '../database/statement';
import { hashApiKey, looksLikeApiKey } from './api-key';
import { type Caller, type Role } from './caller';

/** A revoked key stops working everywhere within this time. */
const CACHE_MS = 5_000;
/** Keys remembered at most; the oldest is forgotten first. */
const CACHE_KEYS_MAX = 10_000;

const findKey = statement<{ id: string; subject: string; role: Role }>(
  'find-api-key',
  `SELECT id, subject, role FROM platform.api_keys
   WHERE hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`,
);

const touchKey = statement<never>(
  'touch-api-key',
  `UPDATE platform.api_keys SET last_used_at = now()
   WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`,
);

/** Recognises API keys. Only keys that exist are cached, so guessing cannot fill the memory. */
export class ApiKeys {
  private readonly cache = new Map<string, { readonly caller: Caller; readonly untilMs: number }>();

  constructor(
    private readonly database: Database,
    private readonly log: Logger,
  ) {}

  /** The caller behind a key; null when there is none, it expired or was revoked. At once for one that is cached. */
  recognise(key: string): Caller | null | Promise<Caller | null> {
    if (!looksLikeApiKey(key)) return null;
    const hash = hashApiKey(key);
    const cached = this.cache.get(hash);
    if (cached && cached.untilMs > performance.now()) return cached.caller;
    return this.look(hash);
  }

  private async look(hash: string): Promise<Caller | null> {
    const [row] = await this.database.query(findKey, [hash]);
    this.cache.delete(hash);
    if (!row) return null;
    const caller = { subject: row.subject, role: row.role };
    this.cache.set(hash, { caller, untilMs: performance.now() + CACHE_MS });
    this.forgetOldest();
    this.touch(row.id);
    return caller;
  }

  private forgetOldest(): void {
    const oldest = this.cache.keys().next();
    if (this.cache.size > CACHE_KEYS_MAX && !oldest.done) this.cache.delete(oldest.value);
  }

  /** Nobody waits for this note; a failure of it must not fail the request. */
  private touch(id: string): void {
    this.database.query(touchKey, [id]).catch((error: unknown) => {
      this.log.warn({ error: String(error) }, 'the last use of an API key was not noted');
    });
  }
}
