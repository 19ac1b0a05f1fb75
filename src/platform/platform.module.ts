import { type DynamicModule, Module, type OnApplicationShutdown } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { AccessGuard } from './auth/access.guard';
import { ApiKeys } from './auth/api-keys';
import { createDataSource, createMigrationSource } from './database/data-source';
import { Database, sqlState } from './database/database';
import { type DatabaseSettings } from './database/database.settings';
import { migrate } from './database/migrate';
import { Events } from './events/events';
import { HealthController } from './health/health.controller';
import { ProblemFilter } from './http/problem.filter';
import { UnreadQueryGuard } from './http/unread-query.guard';
import { RequestValidation } from './http/validation';
import { Logger } from './logging/log';
import { UnfinishedWork } from './unfinished-work';

export interface PlatformOptions {
  readonly log: Logger;
  readonly database: DatabaseSettings;
}

/** Plumbing that every module uses, and that knows none of them. */
@Module({})
export class PlatformModule implements OnApplicationShutdown {
  constructor(
    private readonly dataSource: DataSource,
    private readonly work: UnfinishedWork,
  ) {}

  static with({ log, database }: PlatformOptions): DynamicModule {
    return {
      module: PlatformModule,
      global: true,
      controllers: [HealthController],
      providers: [
        { provide: Logger, useValue: log },
        { provide: DataSource, useFactory: () => openDataSource(database) },
        {
          provide: Database,
          inject: [DataSource],
          useFactory: (dataSource: DataSource) => new Database(dataSource, log),
        },
        {
          provide: ApiKeys,
          inject: [Database],
          useFactory: (opened: Database) => new ApiKeys(opened, log),
        },
        Events,
        UnfinishedWork,
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_GUARD, useClass: UnreadQueryGuard },
        { provide: APP_PIPE, useClass: RequestValidation },
        { provide: APP_FILTER, useValue: new ProblemFilter(log) },
      ],
      exports: [Logger, DataSource, Database, ApiKeys, Events, UnfinishedWork],
    };
  }

  /** Last of all: whatever still ran has finished by now. */
  async onApplicationShutdown(): Promise<void> {
    await this.work.done();
    await this.dataSource.destroy();
  }
}

/** Tells a wrong address or password from everything else that can go wrong, without repeating either. */
async function connect(dataSource: DataSource): Promise<DataSource> {
  try {
    return await dataSource.initialize();
  } catch (error) {
    const code = error instanceof AggregateError ? sqlState(error.errors[0]) : sqlState(error);
    throw new Error(
      `DATABASE_URL: the database cannot be opened (${code ?? 'no answer'}). ` +
        'Check that PostgreSQL runs there, that the database exists, and user and password.',
      { cause: error },
    );
  }
}

async function openDataSource(settings: DatabaseSettings): Promise<DataSource> {
  if (settings.MIGRATE_ON_START) await migrateFirst(settings);
  return connect(createDataSource(settings));
}

async function migrateFirst(settings: DatabaseSettings): Promise<void> {
  const dataSource = await connect(createMigrationSource(settings));
  try {
    await migrate(dataSource);
  } finally {
    await dataSource.destroy();
  }
}
