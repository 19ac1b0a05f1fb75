import { environmentSource, readSettings, type SettingProblem } from '../../shared/settings-reader';
import { isObject } from '../../shared/json';
import { createDataSource } from './data-source';
import { databaseSettings } from './database.settings';

function problemsOf(DATABASE_URL: string): readonly SettingProblem[] {
  const problems: SettingProblem[] = [];
  const source = environmentSource({ DATABASE_URL }, () => '');
  readSettings(databaseSettings, { source, problems });
  return problems;
}

const PLACE = 'postgres://kassa:canary@localhost:5432/kassa';

describe('DATABASE_URL', () => {
  it.each([
    PLACE,
    `${PLACE}?sslmode=verify-full&sslrootcert=/etc/ca.pem&sslcert=a&sslkey=b`,
    'postgresql:///kassa?host=/var/run/postgresql&port=5433&user=kassa',
    `${PLACE}?connect_timeout=10&uselibpqcompat=true&target_session_attrs=read-write`,
  ])('may say where the database is and how it is reached: %s', (url) => {
    expect(problemsOf(url)).toEqual([]);
  });

  it.each([
    ['options', '-c%20search_path%3Dcanary'],
    ['statement_timeout', '987'],
    ['lock_timeout', '987'],
    ['idle_in_transaction_session_timeout', '987'],
    ['query_timeout', '987'],
    ['connectionTimeoutMillis', '987'],
    ['application_name', 'canary'],
  ])('may not set %s, on which every connection of ours relies', (parameter, value) => {
    const [problem, ...others] = problemsOf(`${PLACE}?sslmode=require&${parameter}=${value}`);
    expect(others).toEqual([]);
    expect(problem?.name).toBe('DATABASE_URL');
    expect(problem?.detail).toContain(`must not set ${parameter} `);
    expect(problem?.detail).toContain('ALTER ROLE');
    expect(problem?.detail).not.toMatch(/canary|987|sslmode/);
  });

  it('may set nothing that we set for a connection', () => {
    const given = { DATABASE_URL: PLACE, DATABASE_POOL_SIZE: 2, MIGRATE_ON_START: true };
    const { options } = createDataSource(given);
    const ours = 'extra' in options && isObject(options.extra) ? Object.keys(options.extra) : [];
    // The size is one of the pool, which reads nothing from the URL.
    const ofConnections = ours.filter((name) => name !== 'max');
    expect(ofConnections).toContain('options');
    for (const name of ofConnections) expect(problemsOf(`${PLACE}?${name}=1`)).toHaveLength(1);
  });

  it('is told all of them at once, however they are spelled, and none twice', () => {
    const [problem] = problemsOf(`${PLACE}?o%70tions=a&lock_timeout=1&options=b`);
    expect(problem?.detail).toMatch(/^must not set options, lock_timeout /);
  });

  it.each(['mysql://kassa:canary@localhost/kassa', 'canary', 'postgres://kassa:100%@host/kassa'])(
    'must be a URL of PostgreSQL that can be read, which this is not: %s',
    (url) => {
      const [problem] = problemsOf(url);
      expect(problem?.detail).toMatch(/^must be a URL such as postgres:/);
      expect(problem?.detail).not.toContain('canary');
    },
  );
});
