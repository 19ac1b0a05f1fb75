import { type FastifyRequest } from 'fastify';
import { isObject } from '../../shared/json';

/** The largest JSON body that any route takes; five hundred short lines of an invoice stay below. */
export const JSON_BODY_BYTES_MAX = 64 * 1024;

/** The largest event of a provider is a few kilobytes; a batch of line items may make it more. */
const DELIVERY_BYTES_MAX = 256 * 1024;

/** Routes with this configuration get the body as the bytes that arrived: a signature covers those, not their meaning. */
export const RAW_BODY = { rawBodyBytesMax: DELIVERY_BYTES_MAX };

/** The same for routes that read JSON themselves, after they know who asks. */
export const RAW_JSON_BODY = { rawBodyBytesMax: JSON_BODY_BYTES_MAX };

/** Routes with this configuration take long lists: five hundred objects of eight members. */
export const LONG_LISTS = { jsonMembersMax: 4_000 };

export interface RawDelivery {
  readonly body: Buffer;
  /** Names in lower case, each value as one text. */
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/** The largest raw body of a route with this configuration; null where the body is read before the route runs. */
export function rawBodyBytesMax(config: unknown): number | null {
  const max = isObject(config) ? config['rawBodyBytesMax'] : undefined;
  return typeof max === 'number' ? max : null;
}

/** The members that a JSON body of a route with this configuration may have; undefined where it says nothing. */
export function jsonMembersMax(config: unknown): number | undefined {
  const max = isObject(config) ? config['jsonMembersMax'] : undefined;
  return typeof max === 'number' ? max : undefined;
}

/** The bytes of the body, where the route has a raw one; none where nothing was sent. */
export function rawBody({ body }: FastifyRequest): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

export function rawDelivery(request: FastifyRequest): RawDelivery {
  const single: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(request.headers)) single[name] = value?.toString();
  return { body: rawBody(request), headers: single };
}
