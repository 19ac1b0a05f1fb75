import { Controller, Get, type INestApplicationContext, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../src/app.module';
import { Access, Public } from '../../src/platform/auth/access';
import { createLogger } from '../../src/platform/logging/logger';
import { Metrics } from '../../src/platform/metrics/metrics';
import { settingsFor } from '../support/app';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { configOf } from '../support/integration-parts';

/** Nobody has to answer there: a start does not call a gateway. */
const NOWHERE = 'http://127.0.0.1:9';

@Controller('forgetful')
class Forgetful {
  @Get('open')
  @Public()
  open(): string {
    return 'declared';
  }

  @Get(['first', 'second'])
  read(): string {
    return 'undeclared';
  }

  @Post(':id/pay')
  pay(): string {
    return 'undeclared';
  }

  notRouted(): string {
    return 'no route';
  }
}

@Controller('careful')
@Access('staff')
class Careful {
  @Get()
  read(): string {
    return 'declared by its class';
  }
}

describe('a start with a route of which nobody said who may use it', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database?.drop());

  function startWith(controller: new () => object): Promise<INestApplicationContext> {
    const settings = { ...settingsFor(database.url, NOWHERE), RUN_JOBS: 'false' };
    const program = AppModule.with(configOf(settings), {
      log: createLogger('silent'),
      metrics: new Metrics(),
    });
    const module = { module: class Extended {}, imports: [program], controllers: [controller] };
    return NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
  }

  it('fails and names each of them', async () => {
    const refusal = await startWith(Forgetful).then(
      () => 'started',
      (error: unknown) => String(error),
    );
    expect(refusal).toContain('add @Access(…) or @Public()');
    expect(refusal.split('\n').slice(1)).toEqual([
      '  GET first, second (Forgetful.read)',
      '  POST :id/pay (Forgetful.pay)',
    ]);
  });

  it('is fine when its class says it, as all of ours do', async () => {
    await (await startWith(Careful)).close();
  });
});
