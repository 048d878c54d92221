// How TypeScript becomes JavaScript, for the build and for the tests alike. Types are checked by `npm run check:types`.
'use strict'

module.exports = {
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true },
    keepClassNames: true,
  },
  module: { type: 'commonjs' },
  swcrc: false,
}
