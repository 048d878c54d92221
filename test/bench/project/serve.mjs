// Starts the product as it was built, in production mode, on the database that load.sh made. bench.mjs gives PORT and the DATABASE_URL of its own database.
import { createRequire } from 'node:module'
import path from 'node:path'

const root = process.env.BENCH_ROOT
const home = path.join(process.env.BENCH_HOME ?? path.join((await import('node:os')).tmpdir(), 'plumbline-bench'), 'project')
Object.assign(process.env, {
  NODE_ENV: 'production', DATABASE_URL: process.env.DATABASE_URL.replace('/bench_', '/plumbline_'),
  PLUMBLINE_AUTH_KEYS_FILE: path.join(home, 'keys.json'), PLUMBLINE_DATA_DIR: path.join(home, 'data'), PLUMBLINE_PLUGINS: 'none',
  PLUMBLINE_VAULT_KEY: Buffer.from(Array.from({ length: 32 }, (_, i) => i)).toString('base64'), PLUMBLINE_LOG_LEVEL: 'warn',
  // One identity asks as often as it can: it is counted, and never too often.
  PLUMBLINE_MAX_REQUESTS_PER_MINUTE: '1000000000', PLUMBLINE_MAX_REQUESTS_PER_MINUTE_OF_ADDRESS: '1000000000',
})
createRequire(path.join(root, 'package.json'))(path.join(root, process.env.BENCH_DIST ?? 'dist', 'src', 'main.js'))
