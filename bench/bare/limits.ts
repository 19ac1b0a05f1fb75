import { type FastifyReply } from 'fastify';
import { type KeyOwner } from './keys';
import { Refused } from './refused';

/** As Kassa is set in the bench: never reached, counted and told all the same. */
const PER_MINUTE = 1_000_000;
const MINUTE_MS = 60_000;
const TOKEN_MS = MINUTE_MS / PER_MINUTE;
const POLICY = `"default";q=${PER_MINUTE};w=60`;

/** When a caller may again send as many requests as a minute allows, in milliseconds of `performance.now()`. */
const fullAtMs = new Map<string, number>();

/** Counts a request and says in the answer what is left. */
export function countRequest({ subject }: KeyOwner, reply: FastifyReply): void {
  const nowMs = performance.now();
  const afterMs = Math.max(0, (fullAtMs.get(subject) ?? 0) - nowMs) + TOKEN_MS;
  if (afterMs > MINUTE_MS) throw new Refused(429, 'Send fewer requests.');
  fullAtMs.set(subject, nowMs + afterMs);
  const left = Math.floor((MINUTE_MS - afterMs) / TOKEN_MS);
  reply.header('RateLimit-Policy', POLICY);
  reply.header('RateLimit', `"default";r=${left};t=${Math.ceil(afterMs / 1000)}`);
}
