/** One project per kind of test; `test/README.md` says which test goes where. */
const common = {
  rootDir: __dirname,
  testEnvironment: 'node',
  transform: {
    '^.+\\.ts$': '@swc/jest',
    // Libraries that come as ES modules alone, which jest cannot require.
    '(?:request-filtering-agent|jose).+\\.js$': '@swc/jest',
  },
  transformIgnorePatterns: ['/node_modules/(?!(?:request-filtering-agent|jose)/)'],
  moduleFileExtensions: ['ts', 'js', 'json'],
};

const withDatabase = {
  ...common,
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};

module.exports = {
  // What tests wait for has deadlines of its own, which say more than the time-out of a test.
  testTimeout: 30_000,
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['<rootDir>/src/**/*.spec.ts', '!**/*.contract.spec.ts'],
    },
    {
      ...common,
      displayName: 'architecture',
      testMatch: ['<rootDir>/test/architecture/**/*.spec.ts'],
    },
    { ...common, displayName: 'sandbox', testMatch: ['<rootDir>/test/sandbox/**/*.spec.ts'] },
    {
      ...common,
      displayName: 'contract',
      // A gateway that was added brings its contract in its own folder.
      testMatch: [
        '<rootDir>/test/contract/**/*.spec.ts',
        '<rootDir>/src/providers/*/*.contract.spec.ts',
      ],
      testPathIgnorePatterns: ['<rootDir>/test/contract/invented/'],
    },
    {
      ...withDatabase,
      displayName: 'new-provider',
      // Beside it stands what it fills a new folder with, which runs there.
      testMatch: ['<rootDir>/test/contract/invented/*.spec.ts'],
    },
    {
      ...withDatabase,
      displayName: 'integration',
      testMatch: ['<rootDir>/test/integration/**/*.spec.ts'],
    },
    { ...withDatabase, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.spec.ts'] },
    { ...withDatabase, displayName: 'crash', testMatch: ['<rootDir>/test/crash/**/*.spec.ts'] },
    { ...common, displayName: 'pdf', testMatch: ['<rootDir>/test/pdf/**/*.spec.ts'] },
    { ...common, displayName: 'launcher', testMatch: ['<rootDir>/test/launcher/**/*.spec.ts'] },
  ],
};
