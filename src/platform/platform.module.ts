import { type DynamicModule, Module, type OnApplicationShutdown } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { AccessGuard } from './auth/access.guard';
import { ApiKeys } from './auth/api-keys';
import { type AuthOptions, authProviders } from './auth/auth.providers';
import { DeclaredAccess } from './auth/declared-access';
import { createDataSource, createMigrationSource } from './database/data-source';
import { Database, poolOf } from './database/database';
import { sqlState } from './database/sql-state';
import { type DatabaseSettings } from './database/database.settings';
import { claimInstallation, type Purpose } from './database/installation';
import { lacksJobLibrary, migrate } from './database/migrate';
import { EventFeed } from './events/event-feed';
import { Events } from './events/events';
import { EventsController } from './events/events.controller';
import { FeedWatch } from './events/feed-watch';
import { refuseMove } from './events/moved-database';
import { HealthController } from './health/health.controller';
import { Readiness } from './health/readiness';
import { ForgetKeys } from './http/forget-keys';
import { ProblemFilter } from './http/problem.filter';
import { UnreadQueryGuard } from './http/unread-query.guard';
import { RequestValidation } from './http/validation';
import { JobGauges } from './jobs/job-gauges';
import { JobRunner } from './jobs/job-runner';
import { type JobsSettings } from './jobs/jobs.settings';
import { type JobLane, Jobs } from './jobs/jobs';
import { ReportDeadJobs } from './jobs/report-dead-jobs';
import { Logger } from './logging/log';
import { DatabaseGauges } from './metrics/database-gauges';
import { Metrics } from './metrics/metrics';
import { MetricsServer } from './metrics/metrics-server';
import { type MetricsSettings } from './metrics/metrics.settings';
import { PdfRenderer } from './pdf/pdf-renderer';
import { type PdfSettings } from './pdf/pdf.settings';
import { ErrorCatalogue } from './problems/error-catalogue';
import { ProblemsController } from './problems/problems.controller';
import { UnfinishedWork } from './unfinished-work';

export interface PlatformOptions {
  readonly log: Logger;
  readonly metrics: { readonly counted: Metrics; readonly settings: MetricsSettings };
  readonly database: DatabaseSettings;
  readonly jobs: JobsSettings;
  readonly pdf: PdfSettings;
  readonly auth: AuthOptions;
  /** Whose money this program moves; a database of the other kind is refused. */
  readonly purpose: Purpose;
  /** Told at `/problems`. */
  readonly errors: ErrorCatalogue;
}

/** What every module may ask for. */
const EXPORTS = [
  Logger,
  DataSource,
  Database,
  ApiKeys,
  Events,
  FeedWatch,
  Jobs,
  Metrics,
  DatabaseGauges,
  PdfRenderer,
  UnfinishedWork,
];

/** Plumbing that every module uses, and that knows none of them. */
@Module({})
export class PlatformModule implements OnApplicationShutdown {
  constructor(
    private readonly dataSource: DataSource,
    private readonly work: UnfinishedWork,
  ) {}

  static with(options: PlatformOptions): DynamicModule {
    const { log, metrics, database, jobs, pdf, auth, purpose, errors } = options;
    return {
      module: PlatformModule,
      global: true,
      imports: [DiscoveryModule],
      controllers: [HealthController, EventsController, ProblemsController],
      providers: [
        { provide: Logger, useValue: log },
        { provide: ErrorCatalogue, useValue: errors },
        { provide: DataSource, useFactory: () => openDataSource(database) },
        {
          provide: Database,
          inject: [DataSource],
          useFactory: (dataSource: DataSource) => claimed(dataSource, log, purpose),
        },
        ...authProviders(auth, log),
        {
          provide: FeedWatch,
          inject: [Database],
          useFactory: (opened: Database) => new FeedWatch(opened, log, () => performance.now()),
        },
        ...metricsProviders(metrics, log),
        Events,
        EventFeed,
        Jobs,
        { provide: PdfRenderer, useFactory: () => new PdfRenderer(pdf, log) },
        ForgetKeys,
        JobGauges,
        ReportDeadJobs,
        UnfinishedWork,
        ...(jobs.RUN_JOBS ? LANES.map((lane) => runnerOf(lane, database, jobs)) : []),
        ...everyRoute(log),
      ],
      exports: EXPORTS,
    };
  }

  /** Last of all: whatever still ran has finished by now. */
  async onApplicationShutdown(): Promise<void> {
    await this.work.done();
    await this.dataSource.destroy();
  }
}

const LANES: readonly JobLane[] = ['money', 'merchants', 'documents'];
/** So many documents are printed at once; more would only wait for the printer. */
const DOCUMENTS_AT_ONCE = 2;

function runnerOf(
  lane: JobLane,
  { DATABASE_URL }: DatabaseSettings,
  { JOBS_AT_ONCE }: JobsSettings,
) {
  const atOnce = lane === 'documents' ? DOCUMENTS_AT_ONCE : JOBS_AT_ONCE;
  const options = { lane, databaseUrl: DATABASE_URL, atOnce };
  return {
    provide: `${JobRunner.name} ${lane}`,
    inject: [Jobs, Database, Logger, Metrics],
    useFactory: (jobs: Jobs, database: Database, log: Logger, metrics: Metrics) =>
      new JobRunner(jobs, log, {
        ...options,
        lacksTables: () => lacksJobLibrary(database),
        finished: (job) => metrics.jobFinished(job),
      }),
  };
}

/** What stands before and behind every route. */
function everyRoute(log: Logger) {
  return [
    DeclaredAccess,
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_GUARD, useClass: UnreadQueryGuard },
    { provide: APP_PIPE, useClass: RequestValidation },
    { provide: APP_FILTER, useValue: new ProblemFilter(log) },
  ];
}

function metricsProviders({ counted, settings }: PlatformOptions['metrics'], log: Logger) {
  return [
    {
      provide: Metrics,
      inject: [DataSource],
      useFactory: (dataSource: DataSource) => {
        counted.watchPool(poolOf(dataSource));
        return counted;
      },
    },
    {
      provide: DatabaseGauges,
      inject: [Metrics, Database],
      useFactory: (metrics: Metrics, opened: Database) => new DatabaseGauges(metrics, opened, log),
    },
    {
      provide: Readiness,
      inject: [Database],
      useFactory: (opened: Database) => new Readiness(opened),
    },
    {
      provide: MetricsServer,
      inject: [Metrics, DatabaseGauges, Readiness],
      useFactory: (metrics: Metrics, gauges: DatabaseGauges, readiness: Readiness) =>
        new MetricsServer({ metrics, gauges, readiness, log }, settings),
    },
  ];
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

/** Whatever works on the database is made after this, so nothing is begun on somebody else's. */
async function claimed(dataSource: DataSource, log: Logger, purpose: Purpose): Promise<Database> {
  const database = new Database(dataSource, log);
  try {
    await claimInstallation(database, purpose);
    await refuseMove(database);
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
  return database;
}

async function migrateFirst(settings: DatabaseSettings): Promise<void> {
  const dataSource = await connect(createMigrationSource(settings));
  try {
    await migrate(dataSource);
  } finally {
    await dataSource.destroy();
  }
}
