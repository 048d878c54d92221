import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { coreModules } from '../../src/modules'
import { snake } from '../../src/core/reads'
import { isPersonal } from '../../src/database/audit-content'
import { PROJECT_ROOT } from '../../src/config'

/** SQL that changes a table: everything else goes through `Transaction`, which leaves an audit record with each write. */
const CHANGES = /\b(?:(?:INSERT\s+INTO|DELETE\s+FROM|MERGE\s+INTO|TRUNCATE|UPDATE\s+(?:ONLY\s+)?[\w."${}]+\s+(?:AS\s+)?(?:\w+\s+)?SET)\b|COPY\s+\S+\s*\()/
/** Tables of one transaction, dropped with it. */
const STAGED = /\b(UPDATE|INSERT\s+INTO|DELETE\s+FROM|TRUNCATE)\s+(staged_\w+|\$\{staged\})/g

/** Files that change tables by themselves, and why nothing goes unrecorded. */
const ALLOWED: Readonly<Record<string, string>> = {
  'src/database/writes.ts': 'the unit of work',
  'src/database/bulk.ts': 'COPY: the command around it audits the batch with its digest',
  'src/database/events/delivery.repository.ts': 'which event was brought to whom; what was done about it is audited by whoever did it',
  'src/api/traffic/exchange.ts': 'counts of requests, which are no records and worth a minute',
  'src/auth/key-use.ts': 'notes when a key was last used, which is no change of it; what it is used for is recorded there',
  'src/domain/audit/sealer.ts': 'seals are evidence of records, and chained',
  'src/domain/inbox/inbox.sql.ts': 'what the database itself writes, from rows whose change is audited',
  'src/domain/unit/unit.repository.ts': 'moves a subtree; moveUnit audits the move',
  'src/domain/job/job.repository.ts': 'how far a job has come, which is no change of it; and what is wrong with its file, beside the audited word that it failed',
  'src/domain/job/workbook.repository.ts': 'files on their way: taking one in and using it is audited by the commands around it',
  'src/database/retention.ts': 'periods and purges by the database’s own hand, which leaves the proof',
  'src/vault/vault.repository.ts': 'sealed values and wrapped keys: the command that writes them audits what they belong to',
  'src/domain/evidence/seal-old.ts': 'puts what stands in a row into the vault, as the owner; the command around it audits that, not what',
  'src/plugin/migrate.ts': 'the ledger of plugin migrations, as their owner',
}
/** Files into registers: `runImport` audits each with its digest. */
const IMPORT = /^src\/domain\/[\w-]+\/import-[\w-]+\.ts$/

const sources = (folder: string): string[] => readdirSync(path.join(PROJECT_ROOT, folder), { recursive: true, encoding: 'utf8' })
  .filter(f => f.endsWith('.ts') && !f.includes('node_modules') && !/(^|\/)(test|migrations)\//.test(f)).map(f => path.posix.join(folder, f))
const text = (file: string): string => readFileSync(path.join(PROJECT_ROOT, file), 'utf8')
/** Without comments: they speak of such statements. */
const code = (file: string): string => text(file).replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '').replace(STAGED, '')

const writing = [...sources('src'), ...sources('plugins')].filter(f => CHANGES.test(code(f)))

test('nothing writes a table past the unit of work', () => {
  expect(writing.filter(f => !(f in ALLOWED) && !IMPORT.test(f))).toEqual([])
})

test('every exception is one still', () => {
  expect(Object.keys(ALLOWED).filter(f => !writing.includes(f))).toEqual([])
})

test('an import writes in a run that audits it', () => {
  const imports = writing.filter(f => IMPORT.test(f))
  expect(imports.length).toBeGreaterThan(5)
  expect(imports.filter(f => !/\brunImport\(|\btx\.audit\(/.test(code(f)))).toEqual([])
  expect(code('src/domain/import/run-import.ts')).toMatch(/tx\.audit\(/)
})

test.each(['INSERT INTO unit (id)', 'UPDATE unit SET name = 1', 'UPDATE unit u SET x = 1', 'UPDATE ${table} SET x', 'DELETE FROM unit', 'TRUNCATE unit', 'COPY unit (id) FROM STDIN'])('%s counts as writing', statement => {
  expect(CHANGES.test(statement)).toBe(true)
})

test.each(['SELECT * FROM unit FOR UPDATE', `'UPDATE' | 'SHARE'`, 'the update sets', 'GRANT INSERT ON unit'])('%s does not', statement => {
  expect(CHANGES.test(statement)).toBe(false)
})

test('what is masked for readers stands in the log as a keyed hash', () => {
  const masked = coreModules.flatMap(m => m.reads).flatMap(n => Object.entries(n.columns).flatMap(([field, c]) => (c.kind === 'masked' ? [[n.table, c.sql ?? snake(field)] as const] : [])))
  expect(masked.length).toBeGreaterThan(1)
  expect(masked.filter(([table, column]) => !isPersonal(table, column))).toEqual([])
})
