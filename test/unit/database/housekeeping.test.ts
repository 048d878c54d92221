import { forgetOldAnswers } from '../../../src/database/housekeeping'
import { type TestDatabase, testDatabase } from '../../support/database'

let t: TestDatabase
beforeAll(async () => { t = await testDatabase() })
afterAll(() => t.close())

test('answers of idempotency keys are forgotten after seven days, and not before', async () => {
  await t.owner.query(`
    INSERT INTO idempotent_request (actor, key, command, input_hash, result, at)
    SELECT 'person:a', 'key-' || lpad(i::text, 8, '0'), 'c', 'h', '{}', now() - make_interval(days => CASE WHEN i <= 6000 THEN 8 ELSE 6 END) FROM generate_series(1, 6010) i`)
  expect(await forgetOldAnswers(t.db)).toBe(6000)
  expect((await t.owner.query('SELECT count(*)::int AS n FROM idempotent_request')).rows).toEqual([{ n: 10 }])
  expect(await forgetOldAnswers(t.db)).toBe(0)
})
