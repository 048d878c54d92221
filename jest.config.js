/** @type {import('jest').Config} */
module.exports = {
  rootDir: __dirname,
  testMatch: ['<rootDir>/test/**/*.test.ts', '<rootDir>/plugins/*/test/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/dist/', '<rootDir>/test/(browser|faults|long|scale|bench)/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/'],
  transform: {
    '\\.[cm]?[jt]s$': ['@swc/jest', { ...require('./.tools/swc'), sourceMaps: true }],
  },
  // Packages that are published as ES modules only.
  transformIgnorePatterns: ['/node_modules/(?!(jose|@marcbachmann)/)'],
  moduleNameMapper: {
    '^plumbline/sdk$': '<rootDir>/src/sdk/index.ts',
    '^plumbline/sdk/(graphql|data)$': '<rootDir>/src/sdk/$1.ts',
  },
  setupFiles: ['<rootDir>/test/support/as-in-production.js'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  testEnvironment: '<rootDir>/test/support/environment.js',
  testTimeout: 60_000,
  // Tests wait for PostgreSQL as much as they compute: on two cores, two of them at a time.
  maxWorkers: '100%',
  // jest keeps something of every file's modules; a worker that holds a gigabyte of them spends its time collecting garbage.
  workerIdleMemoryLimit: '1000MB',
  testSequencer: '<rootDir>/test/support/sequencer.js',
  randomize: true,
}
