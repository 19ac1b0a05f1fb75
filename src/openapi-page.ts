import { type SwaggerCustomOptions } from '@nestjs/swagger';

/** Always in sight while nothing that is done there moves real money; at the bottom, as links scroll to the very top. */
const TEST_BAND = `body::after {
  content: 'TEST: a demonstration with simulated gateways. No real money moves.';
  display: block;
  position: sticky;
  bottom: 0;
  z-index: 100;
  padding: 6px;
  background: #b45309;
  color: #fff;
  font: 600 14px/1.4 sans-serif;
  text-align: center;
}`;

/** Swagger UI, authorised already where `demoKey` is given: in a demonstration. */
export function pageOf(demoKey: string | null): SwaggerCustomOptions {
  return {
    customSiteTitle: 'Kassa API',
    // The library would write these anew for each who asks.
    raw: false,
    ...(demoKey === null ? {} : { customCss: TEST_BAND }),
    swaggerOptions: {
      persistAuthorization: demoKey === null,
      tryItOutEnabled: true,
      displayRequestDuration: true,
      deepLinking: true,
      filter: true,
      docExpansion: 'list',
      defaultModelsExpandDepth: -1,
      requestInterceptor: withIdempotencyKey,
      ...(demoKey === null ? {} : { authAction: authorisedWith(demoKey) }),
    },
  };
}

function authorisedWith(key: string) {
  const schema = { type: 'http', scheme: 'bearer', in: 'header' };
  return { key: { name: 'key', schema, value: key } };
}

interface PageRequest {
  readonly method?: string;
  readonly headers: Record<string, string>;
}

/**
 * Keeps a double click from paying twice. It is written into the page as text and runs there, so it must not use
 * anything of this file; pages that came over plain HTTP have no `randomUUID`.
 */
function withIdempotencyKey(request: PageRequest): PageRequest {
  if (request.method === 'POST' && !request.headers['Idempotency-Key']) {
    const bytes = [...crypto.getRandomValues(new Uint8Array(16))];
    request.headers['Idempotency-Key'] = bytes
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('');
  }
  return request;
}
