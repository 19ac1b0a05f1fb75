import { type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module';
import { type AppConfig } from './config';
import { serveDocs } from './openapi';
import { Database } from './platform/database/database';
import { claimInstallation } from './platform/database/installation';
import { createHttpServer } from './platform/http/http-server';
import { type Logger } from './platform/logging/log';

export interface RunningApp {
  readonly url: string;
  close(): Promise<void>;
}

/** Builds the HTTP API without listening yet. */
export async function createApp(config: AppConfig, log: Logger): Promise<NestFastifyApplication> {
  const adapter = createHttpServer(log, config.http.PUBLIC_URL);
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(config, log),
    adapter,
    {
      bodyParser: false,
      logger: ['warn', 'fatal'],
      abortOnError: false,
    },
  );
  serveDocs(app, config.http);
  return app;
}

/** Starts the HTTP API and the background work, in one process. */
export async function startApp(config: AppConfig, log: Logger): Promise<RunningApp> {
  const app = await createApp(config, log);
  try {
    const purpose = config.http.DEMO ? 'demo' : 'real';
    await claimInstallation(app.get(Database), purpose);
    await app.listen({ port: config.http.PORT, host: config.http.HOST });
    return { url: await addressOf(app), close: () => app.close() };
  } catch (error) {
    await app.close();
    throw error;
  }
}

/** The address in a form that can be opened: a wildcard host is reached through this machine's own. */
async function addressOf(app: INestApplication): Promise<string> {
  const url = new URL(await app.getUrl());
  if (url.hostname === '0.0.0.0' || url.hostname === '[::]') url.hostname = '127.0.0.1';
  return url.origin;
}
