import {
  booleanSetting,
  integerSetting,
  type SettingValues,
  databaseUrlSetting,
} from '../../shared/settings';

/**
 * What we set for every connection, and the driver would let the URL overrule: with another time zone each time would be
 * wrong, without limits a stuck statement would hold its locks for ever, and by the names the doctor counts connections.
 */
const RESERVED_PARAMETERS = [
  'options',
  'statement_timeout',
  'lock_timeout',
  'idle_in_transaction_session_timeout',
  'query_timeout',
  'connectionTimeoutMillis',
  'application_name',
];

export const databaseSettings = {
  DATABASE_URL: databaseUrlSetting(RESERVED_PARAMETERS, {
    about: 'The PostgreSQL database, as a connection URL. PostgreSQL 15 or newer.',
    cure: 'Set it to postgres://user:password@host:5432/database, or run `npm start` without PROVIDERS for the demo.',
    example: 'postgres://kassa:change-me@localhost:5432/kassa',
    secret: true,
  }),
  DATABASE_POOL_SIZE: integerSetting(
    { min: 2, max: 200 },
    {
      about:
        'Connections that one process holds at most for requests; one that runs jobs holds up to 18 more.',
      cure: 'Keep the sum over all processes below max_connections of PostgreSQL.',
      fallback: 16,
    },
  ),
  MIGRATE_ON_START: booleanSetting({
    about:
      'Whether a starting process brings the schema up to date first; safe with any number of processes.',
    cure: 'Set it to false only where a deployment step runs the migrations.',
    fallback: true,
  }),
};

export type DatabaseSettings = SettingValues<typeof databaseSettings>;
