import { type FastifyRequest } from 'fastify';

/** Routes with this configuration get the body as the bytes that arrived: a signature covers those, not their meaning. */
export const RAW_BODY = { rawBody: true };

/** The largest event of a provider is a few kilobytes; a batch of line items may make it more. */
export const RAW_BODY_BYTES_MAX = 256 * 1024;

export interface RawDelivery {
  readonly body: Buffer;
  /** Names in lower case, each value as one text. */
  readonly headers: Readonly<Record<string, string | undefined>>;
}

export function wantsRawBody(config: unknown): boolean {
  return typeof config === 'object' && config !== null && 'rawBody' in config;
}

export function rawDelivery({ body, headers }: FastifyRequest): RawDelivery {
  const single: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(headers)) single[name] = value?.toString();
  return { body: Buffer.isBuffer(body) ? body : Buffer.alloc(0), headers: single };
}
