import 'reflect-metadata'
import type { DataSource } from 'typeorm'
import { createDataSource, LEDGER } from '../../src/database/migrate'
import { coreEntities } from '../../src/modules'
import { type TestDatabase, testDatabase } from '../support/database'

let t: TestDatabase
let source: DataSource
beforeAll(async () => {
  t = await testDatabase()
  source = await createDataSource(t.url, [...coreEntities]).initialize()
})
afterAll(async () => {
  await source.destroy()
  await t.close()
})

test('entities and migrations say the same: TypeORM finds nothing to change', async () => {
  const { upQueries } = await source.driver.createSchemaBuilder().log()
  expect(upQueries.map(q => q.query)).toEqual([])
})

test('every table has an entity, history apart', async () => {
  const { rows } = await t.owner.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> $1 AND NOT (tablename LIKE '%\\_history' AND EXISTS (SELECT 1 FROM pg_class WHERE relname = regexp_replace(tablename, '_history$', '')))`, [LEDGER])
  expect(source.entityMetadatas.map(e => e.tableName).sort()).toEqual(rows.map(r => r.name).sort())
})

test('every register that people change keeps its versions', async () => {
  const { rows } = await t.owner.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns c WHERE table_schema = 'public' AND column_name = 'row_version' AND table_name NOT LIKE '%\\_history'
     AND NOT EXISTS (SELECT 1 FROM pg_trigger g WHERE g.tgrelid = c.table_name::regclass AND g.tgname = c.table_name || '_keep')`)
  expect(rows).toEqual([])
})
