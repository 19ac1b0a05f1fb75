import { type FastifyInstance, type FastifyRequest } from 'fastify';
import '../auth/fastify-request';
import { isAllowed } from './cors-origins';

/** What answers carry beside their body. A header that is not exposed does not exist for a page. */
const EXPOSED = [
  'Request-Id',
  'Location',
  'Link',
  'X-Result-Count',
  'Idempotent-Replayed',
  'Retry-After',
  'RateLimit',
  'RateLimit-Policy',
  'WWW-Authenticate',
  'Content-Disposition',
  'ETag',
  'Allow',
].join(', ');

const PREFLIGHT_HEADERS = {
  'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
  'Access-Control-Allow-Headers':
    'Authorization, Content-Type, Idempotency-Key, Request-Id, If-None-Match',
  // As long as a changed setting may take to be noticed by pages that are open.
  'Access-Control-Max-Age': '600',
};

const VARY = { Vary: 'Origin' };
const PREFLIGHT_VARY = {
  Vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
};

/**
 * Headers that let a page of an origin read this answer, https://fetch.spec.whatwg.org/#http-cors-protocol. Nothing is
 * allowed with cookies: keys and tokens come in a header that only the page itself can set.
 */
export function corsHeadersFor({
  headers,
  server,
}: FastifyRequest): Readonly<Record<string, string>> {
  const { corsOrigins } = server;
  if (corsOrigins === null) return {};
  const { origin } = headers;
  if (origin === undefined || !isAllowed(corsOrigins, origin)) return VARY;
  return {
    ...VARY,
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Expose-Headers': EXPOSED,
  };
}

/** Lets pages of these origins in, and answers their preflights before anybody is asked who they are. */
export function addCors(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const headers = corsHeadersFor(request);
    void reply.headers(headers);
    if (!isPreflight(request)) return done();
    const isLetIn = headers['Access-Control-Allow-Origin'] !== undefined;
    void reply.headers({ ...(isLetIn ? PREFLIGHT_HEADERS : {}), ...PREFLIGHT_VARY });
    void reply.status(204).send();
  });
}

function isPreflight({ method, headers }: FastifyRequest): boolean {
  if (method !== 'OPTIONS') return false;
  return headers.origin !== undefined && headers['access-control-request-method'] !== undefined;
}
