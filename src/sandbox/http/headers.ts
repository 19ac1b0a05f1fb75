import { type FastifyRequest } from 'fastify';

/** One request header as text; a header that is absent or repeated as a list counts as absent. */
export function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

export function sendsJson(request: FastifyRequest): boolean {
  const type = headerOf(request, 'content-type')?.split(';')[0]?.trim().toLowerCase();
  return type === 'application/json';
}

/** The request path below the gateway's prefix, with its query. */
export function pathBelow(prefix: string, request: FastifyRequest): string {
  return request.url.startsWith(prefix) ? request.url.slice(prefix.length) : request.url;
}
