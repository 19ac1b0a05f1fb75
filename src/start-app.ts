import { setTimeout as sleep } from 'node:timers/promises';
import { type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module';
import { type AppConfig } from './config';
import { frozenErrors } from './modules/compatibility/compatibility.facade';
import { serveDocs } from './openapi-routes';
import { createHttpServer } from './platform/http/http-server';
import { Readiness } from './platform/health/readiness';
import { type Logger } from './platform/logging/log';
import { Metrics } from './platform/metrics/metrics';
import { type Stoppable } from './run-process';

const IDLE_LOOK_MS = 50;

export interface RunningApp {
  readonly url: string;
  close(): Promise<void>;
}

/** Builds the HTTP API without listening yet. */
export async function createApp(config: AppConfig, log: Logger): Promise<NestFastifyApplication> {
  const metrics = new Metrics();
  const adapter = createHttpServer(log, {
    metrics,
    publicUrl: config.http.PUBLIC_URL,
    trustedProxies: config.http.TRUST_PROXY,
    corsOrigins: config.http.CORS_ORIGINS,
    errorDialects: [frozenErrors(config.compatibility !== null)],
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(config, { log, metrics }),
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
    return { url: await addressOf(app), close: () => closeApp(app, config.http.SHUTDOWN_DELAY_S) };
  } catch (error) {
    await app.close();
    throw error;
  }
}

/**
 * First the process says that it is not ready, for as long as load balancers need to notice: until then they send
 * requests, which are answered as ever. Then nothing new is taken, and what is under way is finished.
 *
 * A connection whose answer went out in the moment of closing is idle only after the server looked for idle ones,
 * and would hold up the end for as long as connections are kept: so the server looks again and again.
 */
async function closeApp(app: NestFastifyApplication, delayS: number): Promise<void> {
  app.get(Readiness).end();
  await sleep(delayS * 1_000);
  const server = app.getHttpServer();
  // Nest would close it only after the jobs under way. `unref` closes the second one, which Fastify has for `localhost`.
  server.close();
  server.unref();
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
  const parts = { log, metrics: new Metrics() };
  return NestFactory.createApplicationContext(AppModule.with(config, parts), {
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
