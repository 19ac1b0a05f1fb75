import { hash } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';
import { canonicalJson } from '../../shared/json';
import { type Database, type Tx } from '../database/database';
import { statement } from '../database/statement';
import { idempotencyKeyInFlight, idempotencyKeyReused, malformedRequest } from './http.errors';
import { decodedPathOf } from './request-target';

/** Visible ASCII, up to 255 characters, as the IETF draft's example keys are. */
const KEY = /^[\x21-\x7e]{1,255}$/;

/** A caller's promise that requests with this key and this content are one and the same request. */
export interface IdempotencyClaim {
  readonly caller: string;
  readonly key: string;
  /** Hash of method, path and body: another request under the same key is a mistake of the caller. */
  readonly fingerprint: string;
}

/** What a remembered key points at. */
export interface ClaimedResult {
  readonly resourceId: string;
  readonly operationId: string | null;
}

const findKey = statement<{
  fingerprint: string;
  resource_id: string;
  operation_id: string | null;
}>(
  'find-idempotency-key',
  `SELECT fingerprint, resource_id, operation_id FROM platform.idempotency_keys
   WHERE caller = $1 AND key = $2`,
);

const insertKey = statement<{ key: string }>(
  'insert-idempotency-key',
  `INSERT INTO platform.idempotency_keys (caller, key, fingerprint, resource_id, operation_id)
   VALUES ($1, $2, $3, $4, $5) ON CONFLICT (caller, key) DO NOTHING RETURNING key`,
);

const deleteOldKeys = statement<{ key: string }>(
  'forget-idempotency-keys',
  `DELETE FROM platform.idempotency_keys WHERE (caller, key) IN (
     SELECT caller, key FROM platform.idempotency_keys
     WHERE created_at < now() - interval '7 days' ORDER BY created_at LIMIT $1) RETURNING key`,
);

const deleteKey = statement<never>(
  'delete-idempotency-key',
  'DELETE FROM platform.idempotency_keys WHERE operation_id = $1',
);

/**
 * What the key's first request led to; null for a key that is new.
 * Throws `idempotency_key_reused` (422) when that request was a different one.
 */
export async function findClaimed(
  database: Database,
  claim: IdempotencyClaim | null,
): Promise<ClaimedResult | null> {
  if (!claim) return null;
  const [row] = await database.query(findKey, [claim.caller, claim.key]);
  if (!row) return null;
  if (row.fingerprint !== claim.fingerprint) {
    throw idempotencyKeyReused(
      `The Idempotency-Key "${claim.key}" was used for another request. Use a new key for this one.`,
    );
  }
  return { resourceId: row.resource_id, operationId: row.operation_id };
}

/**
 * Ties the key to what this transaction creates; it is kept or lost together with it.
 * Throws `idempotency_key_in_flight` (409) when another request with the key was faster.
 */
export async function claimKey(
  tx: Tx,
  claim: IdempotencyClaim | null,
  result: ClaimedResult,
): Promise<void> {
  if (!claim) return;
  const [row] = await tx.query(insertKey, claimValues(claim, result));
  if (!row) throw keyInFlight(claim.key);
}

/** For a request that found its work done or being done by another one: nothing of it can be lost any more. */
export async function rememberKey(
  database: Database,
  claim: IdempotencyClaim | null,
  result: ClaimedResult,
): Promise<void> {
  if (claim) await database.query(insertKey, claimValues(claim, result));
}

type ClaimPlaceholders = readonly [
  caller: string,
  key: string,
  fingerprint: string,
  resource: string,
  operation: string,
];

/**
 * SQL that ties a key to what the same statement creates; inserts nothing where the first placeholder is null.
 * Fewer than one row for a given key means that another request with it was faster: `keyInFlight`.
 */
export function claimKeySql(placeholders: ClaimPlaceholders, condition: string): string {
  const [caller, key, fingerprint, resource, operation] = placeholders;
  return `INSERT INTO platform.idempotency_keys (caller, key, fingerprint, resource_id, operation_id)
    SELECT ${caller}, ${key}, ${fingerprint}, ${resource}::uuid, ${operation}::uuid
    WHERE ${caller}::text IS NOT NULL AND ${condition}
    ON CONFLICT (caller, key) DO NOTHING RETURNING key`;
}

/** The values for `claimKeySql`'s first three placeholders. */
export function claimParts(claim: IdempotencyClaim | null): readonly (string | null)[] {
  return claim ? [claim.caller, claim.key, claim.fingerprint] : [null, null, null];
}

function claimValues(claim: IdempotencyClaim, { resourceId, operationId }: ClaimedResult) {
  return [claim.caller, claim.key, claim.fingerprint, resourceId, operationId];
}

/** Frees the key of an operation of which certainly nothing was sent, so that the same key may try again. */
export async function releaseKey(tx: Tx, operationId: string): Promise<void> {
  await tx.query(deleteKey, [operationId]);
}

/** Deletes up to `limit` keys whose time is over; says how many. */
export async function forgetOldKeys(database: Database, limit: number): Promise<number> {
  const rows = await database.query(deleteOldKeys, [limit]);
  return rows.length;
}

export function keyInFlight(key: string) {
  return idempotencyKeyInFlight(
    `The first request with the Idempotency-Key "${key}" still runs. Repeat this one in a second.`,
    { retryAfterS: 1 },
  );
}

/** The request's claim, or null without an `Idempotency-Key` header. Bare and quoted keys are accepted. */
export const Idempotency = createParamDecorator((_: unknown, context: ExecutionContext) =>
  claimOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

export function claimOf(request: FastifyRequest): IdempotencyClaim | null {
  const header = request.headers['idempotency-key'];
  if (header === undefined) return null;
  const text = String(header);
  const key = /^".*"$/.test(text) ? text.slice(1, -1) : text;
  if (!KEY.test(key)) {
    throw malformedRequest(
      'The Idempotency-Key must be 1 to 255 visible ASCII characters, such as a UUID.',
    );
  }
  // The same address in another spelling is no other request.
  const path = decodedPathOf(request.url).replace(/(?<=.)\/$/, '');
  const content = canonicalJson(request.body ?? {});
  const fingerprint = hash('sha256', `${request.method}\n${path}\n${content}`, 'base64url');
  return { caller: request.caller?.subject ?? '', key, fingerprint };
}
