import { type Logger } from '../logging/log';
import { type Database } from '../database/database';
import { statement } from '../database/statement';
import { unauthorized } from '../http/http.errors';
import { hashApiKey, looksLikeApiKey } from './api-key';
import { type Caller, type Role } from './caller';
import { type CredentialKind } from './credential-kind';
import { BELIEVED_MS, RememberedCallers } from './remembered-callers';

const findKey = statement<{
  id: string;
  subject: string;
  role: Role;
  expires_in_ms: string | null;
}>(
  'find-api-key',
  `SELECT id, subject, role,
          ceil(extract(epoch FROM expires_at - clock_timestamp()) * 1000)::bigint AS expires_in_ms
   FROM platform.api_keys
   WHERE hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`,
);

const touchKey = statement<never>(
  'touch-api-key',
  // Passes a row that somebody else has in hand: waiting for it would take connections from those who pay.
  `UPDATE platform.api_keys SET last_used_at = now()
   WHERE id = (SELECT id FROM platform.api_keys
               WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')
               FOR UPDATE SKIP LOCKED)`,
);

/** Recognises API keys. */
export class ApiKeys implements CredentialKind {
  private readonly remembered = new RememberedCallers();

  constructor(
    private readonly database: Database,
    private readonly log: Logger,
  ) {}

  fits(text: string): boolean {
    return looksLikeApiKey(text);
  }

  recall(key: string): Caller | null {
    return this.remembered.recall(hashApiKey(key));
  }

  knows(key: string): boolean {
    return this.remembered.knows(hashApiKey(key));
  }

  async recognise(key: string): Promise<Caller> {
    const hash = hashApiKey(key);
    // From before the question on: it may be revoked while the answer is on its way.
    const askedAtMs = performance.now();
    const [row] = await this.database.query(findKey, [hash]);
    if (!row) {
      this.remembered.forget(hash);
      const context = { credentials: 'unknown' } as const;
      throw unauthorized('The API key is unknown, expired or revoked.', context);
    }
    const caller = { subject: row.subject, role: row.role };
    const expiresInMs = row.expires_in_ms === null ? Infinity : Number(row.expires_in_ms);
    const untilMs = askedAtMs + Math.min(BELIEVED_MS, expiresInMs);
    this.remembered.remember(hash, { caller, untilMs });
    this.touch(row.id);
    return caller;
  }

  /** Nobody waits for this note; a failure of it must not fail the request. */
  private touch(id: string): void {
    this.database.query(touchKey, [id]).catch((error: unknown) => {
      this.log.warn({ error: String(error) }, 'the last use of an API key was not noted');
    });
  }
}
