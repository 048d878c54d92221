import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PROJECT_ROOT } from '../../src/config'

jest.setTimeout(120_000)

interface Violation { rule: { name: string }; from: string; to: string }

function cruise(folder: string, ...what: string[]): Violation[] {
  const program = path.join(PROJECT_ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  let output: string
  try {
    output = execFileSync(process.execPath, [program, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...what], { cwd: folder, encoding: 'utf8', maxBuffer: 1e9, stdio: ['ignore', 'pipe', 'inherit'] })
  } catch (e) {
    output = (e as { stdout: string }).stdout
  }
  return (JSON.parse(output) as { summary: { violations: Violation[] } }).summary.violations
}

test('the product keeps the direction of its rooms', () => {
  const broken = cruise(PROJECT_ROOT, 'src', 'plugins', 'migrations', 'test', 'ormconfig.ts')
  expect(broken.map(v => `${v.rule.name}: ${v.from} -> ${v.to}`)).toEqual([])
})

describe('each rule catches what it is for', () => {
  /** Rule, and the import that breaks it. */
  const planted: [rule: string, from: string, to: string][] = [
    ['core-is-the-ground', 'src/core/a.ts', '../database/database'],
    ['core-does-no-io', 'src/core/b.ts', 'node:fs'],
    ['database-below-auth', 'src/database/a.ts', '../auth'],
    ['auth-below-domain', 'src/auth/a.ts', '../domain/unit'],
    ['domain-below-sdk', 'src/domain/unit/a.ts', '../../sdk'],
    ['sdk-below-the-rest', 'src/sdk/a.ts', '../catalog'],
    ['catalog-and-report-side-by-side', 'src/catalog/a.ts', '../report'],
    ['report-and-catalog-side-by-side', 'src/report/a.ts', '../catalog'],
    ['plugin-host-below-api', 'src/plugin/a.ts', '../api'],
    ['nothing-imports-the-top', 'src/api/a.ts', '../config'],
    ['api-without-demo', 'src/api/b.ts', '../demo'],
    ['nouns-meet-at-their-doors', 'src/domain/unit/b.ts', '../risk/hidden'],
    ['rooms-enter-nouns-by-their-doors', 'src/api/c.ts', '../domain/risk/hidden'],
    ['plugins-import-the-sdk-only', 'plugins/one/a.ts', '../../src/core'],
    ['plugins-import-the-sdk-only', 'plugins/one/b.ts', '../two/hidden'],
    ['plugins-import-the-sdk-only', 'plugins/one/c.ts', '../../src/sdk/hidden'],
    ['content-loads-no-database', 'src/sdk/index.ts', 'typeorm'],
    ['product-without-tests', 'src/core/c.ts', '../../test/support'],
    ['migrations-stand-alone', 'migrations/a.ts', '../src/core'],
    ['no-development-packages-at-run-time', 'src/api/d.ts', 'esbuild'],
    ['nothing-unresolved', 'src/api/e.ts', './nowhere'],
    ['no-rings', 'src/report/x.ts', './y'],
  ]
  let folder: string
  let found: Violation[]
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'plumbline-imports-'))
    for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json']) cpSync(path.join(PROJECT_ROOT, file), path.join(folder, file))
    symlinkSync(path.join(PROJECT_ROOT, 'node_modules'), path.join(folder, 'node_modules'))
    const write = (file: string, text: string): void => {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
      writeFileSync(path.join(folder, file), text)
    }
    for (const room of ['core', 'auth', 'domain', 'domain/unit', 'domain/risk', 'sdk', 'catalog', 'report', 'plugin', 'api', 'demo']) write(`src/${room}/index.ts`, 'export const door = 1\n')
    for (const file of ['src/config.ts', 'src/database/database.ts', 'src/domain/risk/hidden.ts', 'src/sdk/hidden.ts', 'plugins/two/hidden.ts', 'test/support/index.ts']) write(file, 'export const hidden = 1\n')
    write('src/report/y.ts', `import './x'\n`)
    for (const [, from, to] of planted) write(from, `import '${to}'\n`)
    found = cruise(folder, 'src', 'plugins', 'migrations', 'test')
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test.each(planted)('%s: %s imports %s', (rule, from) => {
    expect(found.filter(v => v.from === from || rule === 'no-rings').map(v => v.rule.name)).toContain(rule)
  })

  test('and nothing else is refused', () => {
    const culprits = new Set(planted.map(([, from]) => from).concat('src/report/y.ts'))
    expect(found.filter(v => !culprits.has(v.from))).toEqual([])
  })
})

describe('the environment', () => {
  const READS = /process\s*(\?\.)?\s*(\.\s*env\b|\[\s*['"`]env)|\benv\b[^=\n]*\}\s*=\s*process\b|from\s+['"](node:)?process['"]|require\(['"](node:)?process['"]\)/

  test('is read by config.ts and nothing else', () => {
    const files = ['src', 'plugins', 'migrations'].flatMap(folder => readdirSync(path.join(PROJECT_ROOT, folder), { recursive: true, encoding: 'utf8' }).map(f => path.join(folder, f)))
    const code = files.filter(f => /\.(ts|js|cjs|mjs)$/.test(f) && !f.includes('node_modules'))
    expect(code.length).toBeGreaterThan(50)
    expect(code.filter(f => READS.test(readFileSync(path.join(PROJECT_ROOT, f), 'utf8')))).toEqual([path.join('src', 'config.ts')])
  })

  test.each([`process.env.PORT`, `process.env['PORT']`, `process['env']`, `const { env } = process`, `import { env } from 'node:process'`])('%s counts as reading it', text => {
    expect(READS.test(text)).toBe(true)
  })
})
