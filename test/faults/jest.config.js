const base = require('../../jest.config.js')

/** Whole processes are started and killed: one file at a time, without the shared test server. */
module.exports = {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/faults/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/dist/'],
  globalSetup: '<rootDir>/test/faults/build.js',
  globalTeardown: undefined,
  maxWorkers: 1,
  randomize: false,
  testTimeout: 600_000,
}
