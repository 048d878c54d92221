'use strict'
const js = require('@eslint/js')
const ts = require('typescript-eslint')

const environment = { object: 'process', property: 'env', message: 'src/config.ts is the only reader of the environment: take what you need as a parameter.' }

module.exports = ts.config(
  { ignores: ['dist/', 'node_modules/', 'coverage/', '.data/', 'test/bench/', 'src/api/explorer/assets/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [ts.configs.strict, ts.configs.stylistic],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: __dirname } },
    rules: {
      // A promise that nobody waits for loses its error.
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Index access is checked by tests and by the database; `!` says "checked above" in one character.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-inferrable-types': 'off',
      '@typescript-eslint/class-literal-property-style': 'off',
      'no-restricted-properties': ['error', environment],
      'no-restricted-imports': ['error', { paths: ['process', 'node:process'] }],
      'no-console': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines-per-function': ['warn', { max: 60, skipBlankLines: true, skipComments: true }],
      semi: 'off',
    },
  },
  {
    // What every request walks through. V8 puts a function that is written behind `object.property =`, and an accessor in a literal, among its
    // old objects; whatever they can see of a request is then freed only by a full collection.
    files: ['src/{auth,core,database}/**/*.ts', 'src/api/{apollo,context,door,executor,graphql-route}.ts', 'src/api/{metrics,traffic}/**/*.ts', 'src/api/reading/{executor,planner,reader}.ts'],
    rules: {
      'no-restricted-syntax': ['error', {
        selector: ':function AssignmentExpression[left.type="MemberExpression"][right.type=/Function/]', message: 'Name the function first: V8 would keep it, and the request behind it, until a full collection.',
      }, {
        selector: ':function ObjectExpression > Property[kind=/get|set/]', message: 'An accessor in a literal is kept until a full collection, and the request behind it: use a class.',
      }],
    },
  },
  { files: ['src/config.ts', 'test/support/**/*.ts', 'test/{faults,scale,browser}/**/*.ts'], rules: { 'no-restricted-properties': 'off' } },
  { files: ['src/main.ts', 'src/cli.ts', 'src/cli/**/*.ts', 'src/demo/extract-*.ts'], rules: { 'no-console': 'off' } },
  // Jest and the plugin loader ask for a default export.
  { files: ['test/support/global-*.ts', 'plugins/*/plugin.ts', 'test/**/plugin.ts'], rules: { 'no-restricted-exports': 'off' } },
  { files: ['test/**/*.ts', 'plugins/*/test/**/*.ts', 'migrations/*.ts', 'plugins/*/migrations/*.ts'], rules: { 'max-lines-per-function': 'off', '@typescript-eslint/no-empty-function': 'off' } },
  {
    files: ['**/*.js', '**/*.cjs', '**/*.mjs'],
    languageOptions: { globals: { require: 'readonly', module: 'writable', process: 'readonly', console: 'readonly', __dirname: 'readonly', Buffer: 'readonly', fetch: 'readonly', setTimeout: 'readonly' } },
    rules: { 'no-unused-vars': ['error', { varsIgnorePattern: '^_' }] },
  },
)
