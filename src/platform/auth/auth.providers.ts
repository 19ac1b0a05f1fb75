import { Database } from '../database/database';
import { type LimitsSettings } from '../limits/limits.settings';
import { RateLimits } from '../limits/rate-limits';
import { type Logger } from '../logging/log';
import { ApiKeys } from './api-keys';
import { Authentication } from './authentication';
import { AccessTokens } from './oidc/access-tokens';
import { fetchKeys } from './oidc/issuer-client';
import { IssuerKeys } from './oidc/issuer-keys';
import { type OidcSettings } from './oidc/oidc.settings';

export interface AuthOptions {
  readonly limits: LimitsSettings;
  /** Null: only API keys are accepted. */
  readonly oidc: OidcSettings | null;
}

/** Who calls, and how much of it is allowed. */
export function authProviders({ limits, oidc }: AuthOptions, log: Logger) {
  return [
    {
      provide: ApiKeys,
      inject: [Database],
      useFactory: (database: Database) => new ApiKeys(database, log),
    },
    { provide: RateLimits, useFactory: () => new RateLimits(limits) },
    {
      provide: Authentication,
      inject: [ApiKeys, RateLimits],
      useFactory: (keys: ApiKeys, rates: RateLimits) =>
        new Authentication({ keys, tokens: tokensOf(oidc, log) }, rates),
    },
  ];
}

function tokensOf(settings: OidcSettings | null, log: Logger): AccessTokens | null {
  if (!settings) return null;
  const nowMs = () => performance.now();
  return new AccessTokens(
    settings,
    new IssuerKeys({ fetch: () => fetchKeys(settings), log, nowMs }),
  );
}
