import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { AppModule } from '../app.module';
import { readConfig, environment } from '../config';
import { createLogger } from '../platform/logging/logger';
import { Metrics } from '../platform/metrics/metrics';
import { exampleIds } from '../shared/example-ids';
import { storeDemoKeys } from './demo-data-keys';
import { makeDemoStories } from './demo-stories';
import { readDemoKeys } from './launcher.config';

/** Fills an empty demonstration: keys, and what happened to its customers. */
async function main(): Promise<void> {
  const config = readConfig(environment());
  const parts = { log: createLogger('silent'), metrics: new Metrics() };
  const context = await NestFactory.createApplicationContext(AppModule.with(config, parts), {
    logger: ['error'],
    abortOnError: false,
  });
  await storeDemoKeys(context.get(DataSource), readDemoKeys());
  await makeDemoStories(context);
  await context.close();
  const customers = { user: exampleIds.customer, other_user: exampleIds.otherCustomer };
  process.stdout.write(`${JSON.stringify({ customers })}\n`);
}

process.once('disconnect', () => process.exit(1));
main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  },
);
