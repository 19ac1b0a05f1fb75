import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Caller } from '../auth/caller';
import { rateLimited } from '../http/http.errors';
import { type LimitsSettings } from './limits.settings';
import { networkOf } from './network';
import { type Standing, TokenBuckets } from './token-buckets';

const POLICY_HEADER = 'RateLimit-Policy';
const STANDING_HEADER = 'RateLimit';

/** A quota with its name in the headers; buckets null where it is switched off. */
interface Policy {
  readonly name: string;
  /** `RateLimit-Policy`: the quota and its window in seconds. */
  readonly header: string;
  readonly buckets: TokenBuckets | null;
}

/**
 * How much each caller may ask for, and how often an address may come without being one. Told with every answer in
 * the fields of draft-ietf-httpapi-ratelimit-headers-10: `r` requests are left, and the quota is whole again in `t` seconds.
 */
export class RateLimits {
  private readonly callers: Policy;
  private readonly strangers: Policy;

  constructor(settings: LimitsSettings) {
    this.callers = policyOf('default', settings.RATE_LIMIT_PER_MINUTE);
    this.strangers = policyOf('failed-auth', settings.RATE_LIMIT_FAILED_AUTH_PER_MINUTE);
  }

  /** Counts a request of a caller. Throws `rate_limited` (429) when it is one too many. */
  countCaller({ subject }: Caller, reply: FastifyReply): void {
    const standing = count(this.callers, subject, reply);
    if (!standing || standing.isAllowed) return;
    const detail = `You sent more requests than a minute allows. Wait ${standing.nextInS} s, then send fewer.`;
    throw rateLimited(detail, { retryAfterS: standing.nextInS });
  }

  /**
   * Counts a request of nobody that is known, by its address, before it is found out who it is.
   * Throws `rate_limited` (429) when it is one too many.
   */
  countStranger({ ip }: FastifyRequest, reply: FastifyReply): void {
    const standing = count(this.strangers, networkOf(ip), reply);
    if (!standing || standing.isAllowed) return;
    const detail = `Too many requests without a valid key came from your address. Wait ${standing.nextInS} s, then send one with a valid key.`;
    throw rateLimited(detail, { retryAfterS: standing.nextInS });
  }

  /** It was no stranger, or nobody could tell: the answer says nothing of the count that was taken back. */
  forgiveStranger({ ip }: FastifyRequest, reply: FastifyReply): void {
    this.strangers.buckets?.giveBack(networkOf(ip));
    for (const name of [POLICY_HEADER, STANDING_HEADER]) void reply.removeHeader(name);
  }
}

function policyOf(name: string, perMinute: number): Policy {
  const buckets = perMinute === 0 ? null : new TokenBuckets(perMinute);
  return { name, header: `"${name}";q=${perMinute};w=60`, buckets };
}

function count({ name, header, buckets }: Policy, whom: string, reply: FastifyReply) {
  if (!buckets) return null;
  const standing: Standing = buckets.take(whom);
  // Whoever has nothing left is told when something is: that is what `Retry-After` says as well.
  const { remaining, nextInS, fullInS } = standing;
  const inS = remaining === 0 ? nextInS : fullInS;
  void reply.header(POLICY_HEADER, header);
  void reply.header(STANDING_HEADER, `"${name}";r=${remaining};t=${inS}`);
  return standing;
}
