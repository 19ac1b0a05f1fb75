import { createLogger } from '../../src/platform/logging/logger';
import { type RunningApp, startApp } from '../../src/start-app';
import { settingsFor, startTestApp, type TestApp } from '../support/app';
import { call, eventually } from '../support/http';
import { configOf } from '../support/integration-parts';
import { expectProblem, expectStatus } from '../support/payments';
import { textOf } from '../support/read';

describe('readiness', () => {
  let app: TestApp;
  let second: RunningApp;
  beforeAll(async () => {
    app = await startTestApp();
    const settings = { ...settingsFor(app.databaseUrl, app.sandboxUrl), MIGRATE_ON_START: 'false' };
    second = await startApp(configOf(settings), createLogger('silent'));
  });
  afterAll(async () => {
    await second?.close();
    await app?.close();
  });

  it('is denied until every migration that the program knows has run', async () => {
    const [newest] = await app.query(
      `DELETE FROM schema_migrations WHERE id = (SELECT max(id) FROM schema_migrations)
       RETURNING name, "timestamp"`,
    );
    const denied = await call(second, 'GET', '/health/ready');
    expectProblem(denied, 503, 'database_unavailable');
    expect(textOf(denied.body, 'detail')).toContain('MIGRATE_ON_START=true');
    expectStatus(await call(second, 'GET', '/health/live'), 200);
    await app.query('INSERT INTO schema_migrations (name, "timestamp") VALUES ($1, $2)', [
      newest?.['name'],
      newest?.['timestamp'],
    ]);
    expectStatus(await call(second, 'GET', '/health/ready'), 200);
  });

  it('is denied by a standby, until its name leads to the primary', async () => {
    // Stands before the one of the server for whoever connects from now on.
    await app.query(
      `CREATE FUNCTION public.pg_is_in_recovery() RETURNS boolean LANGUAGE sql RETURN true`,
    );
    const name = new URL(app.databaseUrl).pathname.slice(1);
    await app.query(`ALTER DATABASE "${name}" SET search_path = public, pg_catalog`);
    const settings = { ...settingsFor(app.databaseUrl, app.sandboxUrl), RUN_JOBS: 'false' };
    const third = await startApp(configOf(settings), createLogger('silent'));
    try {
      const denied = await call(third, 'GET', '/health/ready');
      expectProblem(denied, 503, 'database_unavailable');
      expect(textOf(denied.body, 'detail')).toContain('standby');
      // For new connections; each of the old ones would go on telling that it leads to a standby.
      await app.query(`ALTER DATABASE "${name}" RESET search_path`);
      await eventually(
        () => call(third, 'GET', '/health/ready'),
        ({ status }) => status === 200,
      );
    } finally {
      await third.close();
    }
  });
});
