'use strict'

// The rooms, from the ground up. A room may import from itself and from those before it; where it may take less, a rule below says so.
const rooms = ['core', 'database', 'vault', 'auth', 'domain', 'sdk', 'catalog', 'report', 'plugin', 'api', 'demo']
const above = room => rooms.slice(rooms.indexOf(room) + 1).join('|')
const rule = (name, from, to, comment) => ({ name, severity: 'error', comment, from: { path: from.path ?? from, ...(from.pathNot && { pathNot: from.pathNot }) }, to: typeof to === 'string' ? { path: to } : to })

module.exports = {
  forbidden: [
    rule('no-rings', '.', { circular: true }, 'Two files that need each other are one thing or lack a third below both.'),
    rule('core-is-the-ground', '^src/core/', `^src/(${above('core')})/`, 'core knows nothing of ours above it: everything may import it.'),
    rule('core-does-no-io', '^src/core/', '^(node:)?(fs|net|http|https|child_process)$|node_modules/(pg|typeorm|graphql|type-graphql|fastify)/', 'core is values and rules: it touches no disk, no network and no framework.'),
    rule('database-below-auth', '^src/database/', `^src/(${above('database')})/`, 'database serves every room above it and knows none of them.'),
    rule('vault-below-auth', '^src/vault/', `^src/(${above('vault')})/`, 'The vault seals values for any noun and asks an Actor; it knows neither tokens nor registers.'),
    rule('auth-below-domain', '^src/auth/', `^src/(${above('auth')})/`, 'auth turns a token into an Actor; it knows grants, not registers.'),
    rule('domain-below-sdk', '^src/domain/', `^src/(${above('domain')})/`, 'The nouns do not know who serves them, extends them or fills them.'),
    rule('sdk-below-the-rest', '^src/sdk/', `^src/(${above('sdk')})/`, 'The sdk is the doors for plugins: contracts only, nothing of the host behind them.'),
    rule('catalog-and-report-side-by-side', '^src/catalog/', '^src/(report|plugin|api|demo)/', 'catalog stands beside report and below the plugin host.'),
    rule('report-and-catalog-side-by-side', '^src/report/', '^src/(catalog|plugin|api|demo)/', 'report stands beside catalog and below the plugin host.'),
    rule('plugin-host-below-api', '^src/plugin/', '^src/(api|demo)/', 'The host gives its parts to the server; it does not know the server.'),
    rule('nothing-imports-the-top', { path: '^src/[a-z-]+/', pathNot: '^src/cli/' }, '^src/((main|app|cli|config|foundation|log|modules)\\.ts$|cli/)', 'Rooms get what they need as parameters; composition and configuration stand above them.'),
    rule('api-without-demo', '^src/api/', '^src/demo/', 'The demo is data loaded through the same doors as anybody’s; the server does not know it.'),
    rule('nouns-meet-at-their-doors', { path: '^src/domain/([^/]+)/' }, { path: '^src/domain/[^/]+/', pathNot: ['^src/domain/$1/', '^src/domain/[^/]+/index\\.ts$'] }, 'A noun is entered through its index.ts: what lies behind it may change.'),
    rule('rooms-enter-nouns-by-their-doors', { path: '^src/(api|catalog|report|plugin|demo)/' }, { path: '^src/domain/[^/]+/', pathNot: '^src/domain/[^/]+/index\\.ts$' }, 'Above the domain, only the doors of its nouns are known.'),
    rule('plugins-import-the-sdk-only', '^plugins/([^/]+)/', { path: '^(src|migrations|test|plugins)/', pathNot: ['^plugins/$1/', '^src/sdk/(index|graphql|data)\\.ts$'] }, 'A plugin lives on plumbline/sdk, plumbline/sdk/graphql and plumbline/sdk/data: what a stranger’s plugin cannot reach, ours may not use.'),
    rule('content-loads-no-database', '^src/sdk/index\\.ts$', { path: 'node_modules/(typeorm|type-graphql|pg)/', reachable: true }, 'A plugin of content only must load without the database and GraphQL libraries.'),
    rule('product-without-tests', '^(src|migrations)/', '^(test|plugins)/', 'The product runs without its tests, and core without any plugin.'),
    rule('migrations-stand-alone', '^migrations/', '^src/', 'A migration says what it did then, whatever the code says today.'),
    rule('only-declared-packages', '^(src|plugins|migrations)/', { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'undetermined'] }, 'A package that package.json does not name may be gone tomorrow.'),
    rule('no-development-packages-at-run-time', { path: '^(src|migrations)/', pathNot: '^src/demo/extract-' }, { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] }, 'npm ci --omit=dev must be enough to run.'),
    rule('nothing-unresolved', '.', { couldNotResolve: true }, 'An import that leads nowhere fails when it is needed most.'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|test/bench)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['development', 'import', 'require', 'node', 'default', 'types'] },
  },
}
