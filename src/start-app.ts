import { type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module';
import { type AppConfig } from './config';
import { frozenErrors } from './modules/compatibility/compatibility.facade';
import { serveDocs } from './openapi';
import { createHttpServer } from './platform/http/http-server';
import { type Logger } from './platform/logging/log';
import { type Stoppable } from './run-process';

const IDLE_LOOK_MS = 50;

export interface RunningApp {
  readonly url: string;
  close(): Promise<void>;
}

/** Builds the HTTP API without listening yet. */
export async function createApp(config: AppConfig, log: Logger): Promise<NestFastifyApplication> {
  const adapter = createHttpServer(log, {
    publicUrl: config.http.PUBLIC_URL,
    errorDialects: [frozenErrors(config.compatibility !== null)],
  });
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
    await app.listen({ port: config.http.PORT, host: config.http.HOST });
    return { url: await addressOf(app), close: () => closeApp(app) };
  } catch (error) {
    await app.close();
    throw error;
  }
}

/**
 * A connection whose answer went out in the moment of closing is idle only after the server looked for idle ones,
 * and would hold up the end for as long as connections are kept: so the server looks again and again.
 */
async function closeApp(app: NestFastifyApplication): Promise<void> {
  const server = app.getHttpServer();
  const looking = setInterval(() => server.closeIdleConnections(), IDLE_LOOK_MS);
  try {
    await app.close();
  } finally {
    clearInterval(looking);
  }
}

/** Starts the background work in a process of its own, whatever RUN_JOBS says. */
export async function startWorker(given: AppConfig, log: Logger): Promise<Stoppable> {
  const config = { ...given, jobs: { ...given.jobs, RUN_JOBS: true } };
  return NestFactory.createApplicationContext(AppModule.with(config, log), {
    logger: ['warn', 'fatal'],
    abortOnError: false,
  });
}

/** The address in a form that can be opened: a wildcard host is reached through this machine's own. */
async function addressOf(app: INestApplication): Promise<string> {
  const url = new URL(await app.getUrl());
  if (url.hostname === '0.0.0.0' || url.hostname === '[::]') url.hostname = '127.0.0.1';
  return url.origin;
}
