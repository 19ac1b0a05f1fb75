import { NestFactory } from '@nestjs/core';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from '../../src/app.module';
import { type AppConfig } from '../../src/config';
import { buildDocument } from '../../src/openapi';
import { createHttpServer } from '../../src/platform/http/http-server';
import { createLogger } from '../../src/platform/logging/logger';
import { Metrics } from '../../src/platform/metrics/metrics';

/**
 * The API document of the real modules. In Nest's preview mode controllers are known but nothing is constructed:
 * no database is opened, no provider called, no timer started.
 */
export async function renderApiDocument(config: AppConfig): Promise<string> {
  const log = createLogger('silent');
  const metrics = new Metrics();
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(config, { log, metrics }),
    createHttpServer(log, {
      metrics,
      publicUrl: null,
      trustedProxies: null,
      corsOrigins: null,
      errorDialects: [],
    }),
    // Its warnings only say that this is the preview mode; mistakes are errors.
    { preview: true, logger: ['error'], abortOnError: false },
  );
  return `${JSON.stringify(buildDocument(app), null, 2)}\n`;
}
