const base = require('../../jest.config.js')

/** Beside `npm test`: what takes a minute by itself. */
module.exports = { ...base, rootDir: '../..', testMatch: ['<rootDir>/test/long/**/*.test.ts'], testPathIgnorePatterns: ['/node_modules/', '<rootDir>/dist/'] }
