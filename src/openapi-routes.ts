import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { type FastifyInstance, type FastifyReply } from 'fastify';
import { buildDocument } from './openapi';
import { pageOf } from './openapi-page';
import { type HttpSettings } from './platform/http/http.settings';

const PATH = '/docs/openapi.json';
const JSON_TYPE = 'application/json; charset=utf-8';
/** What Swagger UI is started with: the whole document is in it. */
const SCRIPT = '/docs/swagger-ui-init.js';

/**
 * Serves the document at /docs/openapi.json and Swagger UI at /docs, authorised already in a demonstration. Anybody may
 * ask for them as often as they like, so all answers share the same bytes.
 */
export function serveDocs(
  app: NestFastifyApplication,
  { DEMO, DEMO_STAFF_KEY }: HttpSettings,
): void {
  const fastify = app.getHttpAdapter().getInstance();
  let document: OpenAPIObject | null = null;
  let json: Buffer | null = null;
  const documentOnce = () => (document ??= buildDocument(app));
  const jsonOnce = () => (json ??= Buffer.from(JSON.stringify(documentOnce())));
  fastify.get(PATH, (_, reply) => reply.type(JSON_TYPE).send(jsonOnce()));
  sendScriptFromBytes(fastify);
  SwaggerModule.setup('docs', app, documentOnce, pageOf(DEMO ? DEMO_STAFF_KEY : null));
}

/** The library keeps the script as text, which would be turned into bytes anew for each answer. */
function sendScriptFromBytes(fastify: FastifyInstance): void {
  let bytes: Buffer | null = null;
  fastify.addHook('onRoute', (route) => {
    // The route for HEAD is made of this one and brings its own hook.
    if (route.url !== SCRIPT || route.method !== 'GET') return;
    route.onSend = (_: unknown, { statusCode }: FastifyReply, payload: unknown) =>
      Promise.resolve(statusCode === 200 ? (bytes ??= Buffer.from(String(payload))) : payload);
  });
}
