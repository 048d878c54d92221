import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import { systemActor } from '../../../../src/core/actor'
import { newId } from '../../../../src/core/ids'
import { runCommand } from '../../../../src/database/command'
import { exportAuditLog, type ExportFormat } from '../../../../src/domain/audit'
import { testDatabase, type TestDatabase } from '../../../support/database'
import { originOf } from '../../../support/registers-fixture'

let t: TestDatabase
let folder: string
beforeAll(async () => {
  t = await testDatabase()
  folder = mkdtempSync(path.join(tmpdir(), 'plumbline-export-'))
  for (const command of ['=HYPERLINK("http://evil")', '+1', '-1+1', '@SUM(A1)', '\tx', '\rx', 'plain']) {
    await runCommand(t.db, originOf(systemActor('test')), command, {}, async tx => tx.audit('thing', newId(), null, { command, exact: 1.5, text: '第一行\n第二行' }))
  }
  await t.owner.query(`INSERT INTO audit_record (id, at, actor, request_id, command, subject_type, after) SELECT gen_random_uuid(), '2020-05-01', 'a', 'r', 'c', 's', '{"number": 12345678901234567890.10}' FROM generate_series(1, 4500)`)
})
afterAll(async () => {
  await t.close()
  rmSync(folder, { recursive: true })
})

const ALL = { from: '2026-01-01T00:00:00.000Z', to: '2100-01-01T00:00:00.000Z' }
const OLD = { from: '2020-05-01T00:00:00.000Z', to: '2020-05-02T00:00:00.000Z' }
const exported = async (format: ExportFormat, range: { from: string; to: string }): Promise<{ rows: number; file: string }> => {
  const file = path.join(folder, `${newId()}.${format}`)
  return { ...await exportAuditLog(t.db, originOf(systemActor('cli')), { format, file, ...range }), file }
}
const records = async (where: string) => (await t.owner.query(`SELECT id, actor, command, subject_type, before, after FROM audit_record WHERE ${where} ORDER BY id`)).rows as Record<string, unknown>[]

test('every record of the time asked for, one JSON object a line, no digit lost', async () => {
  const { rows, file } = await exported('ndjson', OLD)
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  expect([rows, lines.length]).toEqual([4_500, 4_500])
  expect(lines[0]).toContain('12345678901234567890.10')
  expect(JSON.parse(lines[0]!)).toMatchObject({ at: '2020-05-01T00:00:00.000000Z', actor: 'a', command: 'c', before: null })
  expect(new Set(lines.map(l => (JSON.parse(l) as { id: string }).id)).size).toBe(4_500)
})

test('a spreadsheet program runs nothing of it', async () => {
  const expected = await records(`at >= '2026-01-01' AND command <> 'exportAuditLog'`)
  const { file } = await exported('csv', ALL)
  const rows = parse(readFileSync(file, 'utf8'), { bom: true, columns: true }) as Record<string, string>[]
  const things = rows.filter(r => r['subject_type'] === 'thing')
  expect(things.map(r => r['id'])).toEqual(expected.map(r => r['id']))
  expect(things.map(r => r['command']!.replace(/^'/, ''))).toEqual(expected.map(r => r['command']))
  expect(rows.flatMap(r => Object.values(r)).filter(cell => /^[=+\-@\t\r]/.test(cell))).toEqual([])
})

test('the export is in the log with what was taken and a hash of the file', async () => {
  const { rows, file } = await exported('csv', OLD)
  const [record] = (await records(`command = 'exportAuditLog'`)).slice(-1)
  expect(record).toMatchObject({
    actor: 'system:cli', subject_type: 'audit_record', before: null,
    after: { ...OLD, format: 'csv', rows, file: path.basename(file), sha256: createHash('sha256').update(readFileSync(file)).digest('hex') },
  })
  expect(statSync(file).mode & 0o077).toBe(0)
})

test('what cannot be logged leaves no file; a file that is there stays as it is', async () => {
  const before = readdirSync(folder).sort()
  await t.owner.query(`ALTER TABLE audit_record ADD CONSTRAINT test_refuse CHECK (command <> 'exportAuditLog') NOT VALID`)
  await expect(exported('ndjson', OLD)).rejects.toThrow('test_refuse')
  await t.owner.query('ALTER TABLE audit_record DROP CONSTRAINT test_refuse')
  expect(readdirSync(folder).sort()).toEqual(before)

  const file = path.join(folder, 'mine.csv')
  writeFileSync(file, 'mine')
  await expect(exportAuditLog(t.db, originOf(systemActor('cli')), { format: 'csv', file, ...OLD })).rejects.toThrow('is there already')
  expect(readFileSync(file, 'utf8')).toBe('mine')
  expect(existsSync(`${file}.part`)).toBe(false)
})
