/** One project per kind of test; `test/README.md` says which test goes where. */
const common = {
  rootDir: __dirname,
  // Looking for files everywhere else takes seconds: node_modules has fifty thousand.
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testEnvironment: '<rootDir>/test/support/plain-environment.js',
  transform: {
    '^.+\\.ts$': '@swc/jest',
    // Libraries that come as ES modules alone, which jest cannot require.
    '(?:request-filtering-agent|jose).+\\.js$': '@swc/jest',
  },
  transformIgnorePatterns: ['/node_modules/(?!(?:request-filtering-agent|jose)/)'],
  moduleFileExtensions: ['ts', 'js', 'json'],
};

/** `npm test` as a whole runs many files as one, so that the program is loaded once for all of them. */
const together = process.env.KASSA_TEST_TOGETHER === '1';

/** The files of a project, or those that run them together. */
function filesOf(folder) {
  const own = `<rootDir>/test/${folder}/**/*.spec.ts`;
  return [together ? `<rootDir>/test/together/${folder}-*.spec.ts` : own];
}

const withDatabase = {
  ...common,
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};

module.exports = {
  // What tests wait for has deadlines of its own, which say more than the time-out of a test.
  testTimeout: 60_000,
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: together
        ? ['<rootDir>/test/together/unit-*.spec.ts']
        : ['<rootDir>/src/**/*.spec.ts', '!**/*.contract.spec.ts'],
    },
    {
      ...common,
      displayName: 'architecture',
      testMatch: ['<rootDir>/test/architecture/**/*.spec.ts'],
    },
    { ...common, displayName: 'sandbox', testMatch: filesOf('sandbox') },
    {
      ...common,
      displayName: 'contract',
      // A gateway that was added brings its contract in its own folder.
      testMatch: [...filesOf('contract'), '<rootDir>/src/providers/*/*.contract.spec.ts'],
      testPathIgnorePatterns: ['<rootDir>/test/contract/invented/'],
    },
    {
      ...withDatabase,
      displayName: 'new-provider',
      // Beside it stands what it fills a new folder with, which runs there.
      testMatch: ['<rootDir>/test/contract/invented/*.spec.ts'],
    },
    { ...withDatabase, displayName: 'integration', testMatch: filesOf('integration') },
    { ...withDatabase, displayName: 'e2e', testMatch: filesOf('e2e') },
    {
      ...withDatabase,
      displayName: 'crash',
      testMatch: ['<rootDir>/test/crash/**/*.spec.ts'],
    },
    { ...common, displayName: 'pdf', testMatch: ['<rootDir>/test/pdf/**/*.spec.ts'] },
    { ...common, displayName: 'launcher', testMatch: ['<rootDir>/test/launcher/**/*.spec.ts'] },
  ],
};
