import { isObject, listAt } from '../../../shared/json';
import { issuerUnavailable } from '../../http/http.errors';
import { type Logger } from '../../logging/log';
import { type KeyRequest, type KeySet, loadJose } from './jose';

/** Keys are asked for again after this time, beside the requests. */
const REFRESH_MS = 5 * 60_000;
/** A key that the issuer withdrew works no longer than this, also while the issuer cannot be asked. */
export const KEYS_KEPT_MS = 10 * 60_000;
/** The issuer is asked at most so often, whatever keys tokens name: a new key of its works after so long at the latest. */
const PAUSE_MS = 5_000;
/** Issuers have two or three. */
const KEYS_MAX = 100;

interface Fetched {
  readonly keys: KeySet;
  readonly atMs: number;
}

export interface KeySource {
  /** A JSON Web Key Set, not looked at yet. */
  readonly fetch: () => Promise<unknown>;
  readonly log: Logger;
  readonly nowMs: () => number;
}

/** The public keys of the issuer: fetched when a token needs them, kept for minutes, and never asked for in a hurry. */
export class IssuerKeys {
  private fetched: Fetched | null = null;
  private fetching: Promise<KeySet> | null = null;
  private askedAtMs = -Infinity;

  constructor(private readonly source: KeySource) {}

  /**
   * The key that signed a token. Rejects with an error of the library where there is none, and with
   * `issuer_unavailable` (503) where the issuer cannot be asked.
   */
  async find(...asked: KeyRequest) {
    const known = this.usable();
    try {
      return await (known ?? (await this.fetchSoon()))(...asked);
    } catch (error) {
      // Where the keys were here already, the one that is missing may be new.
      const isUnknown = isObject(error) && error['code'] === 'ERR_JWKS_NO_MATCHING_KEY';
      if (!known || !isUnknown || !this.mayAsk()) throw error;
      return (await this.fetchSoon())(...asked);
    }
  }

  /** What was fetched and may still be used; what is older than it should be is fetched again meanwhile. */
  private usable(): KeySet | null {
    if (!this.fetched) return null;
    const ageMs = this.source.nowMs() - this.fetched.atMs;
    if (ageMs >= KEYS_KEPT_MS) return null;
    if (ageMs >= REFRESH_MS && this.mayAsk()) this.fetchSoon().catch(() => undefined);
    return this.fetched.keys;
  }

  private mayAsk(): boolean {
    return this.fetching !== null || this.source.nowMs() - this.askedAtMs >= PAUSE_MS;
  }

  /** Everybody who asks while the answer is on its way gets that answer. */
  private fetchSoon(): Promise<KeySet> {
    if (!this.mayAsk()) return Promise.reject(unavailable());
    this.fetching ??= this.fetchNow().finally(() => {
      this.fetching = null;
    });
    return this.fetching;
  }

  private async fetchNow(): Promise<KeySet> {
    const atMs = this.source.nowMs();
    this.askedAtMs = atMs;
    try {
      const published = await this.source.fetch();
      const jwks = { keys: listAt(published, 'keys').filter(isObject).slice(0, KEYS_MAX) };
      if (jwks.keys.length === 0) throw new Error('the issuer publishes no keys');
      const { createLocalJWKSet } = await loadJose();
      this.fetched = { keys: createLocalJWKSet(jwks), atMs };
      return this.fetched.keys;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.source.log.warn({ error: why }, 'the keys of the OIDC issuer cannot be had');
      throw unavailable();
    }
  }
}

function unavailable() {
  const detail =
    'The issuer of the token cannot be asked for its keys right now. Try again shortly; API keys work.';
  return issuerUnavailable(detail, { retryAfterS: PAUSE_MS / 1000 });
}
