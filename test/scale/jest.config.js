const path = require('node:path')
const base = require('../../jest.config.js')

/** A province is made once per file, in a database of its own: one file at a time. */
module.exports = {
  ...base,
  rootDir: path.join(__dirname, '..', '..'),
  testMatch: ['<rootDir>/test/scale/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/dist/'],
  globals: { onDisk: true },
  maxWorkers: 1,
  testTimeout: 900_000,
}
