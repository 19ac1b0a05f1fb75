import { type CorsOrigins } from '../http/cors-origins';
import { type ErrorDialect } from '../http/error-dialect';
import { type Caller } from './caller';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the access guard; null on public routes. */
    caller: Caller | null;
  }

  interface FastifyInstance {
    /** `PUBLIC_URL`; null: links start with the host that the request was sent to. */
    publicUrl: string | null;
    /** Asked in order; the first that speaks for a request tells its errors. */
    errorDialects: readonly ErrorDialect[];
    /** `CORS_ORIGINS`; null: none. */
    corsOrigins: CorsOrigins;
  }
}
