import 'reflect-metadata'
import { DateTime } from 'luxon'
import { AppError } from '../../../../src/core/errors'
import { checkDetails, checkUrl, type EvidenceDetails } from '../../../../src/domain/evidence/evidence.rules'
import { evidenceLimits } from '../../../../src/domain/evidence'
import { acceptEvidence } from '../../../../src/domain/evidence/evidence.subjects'
import { coreModules } from '../../../../src/domain'
import { evidenceSubjects } from '../../../../src/domain/evidence/evidence.subjects'

const now = DateTime.fromISO('2026-11-22T08:00:00Z', { zone: 'utc' })
const good: EvidenceDetails = { subjectId: 'ctl_x', title: '会议纪要', sensitivity: 'INTERNAL', collectedAt: '2026-11-20T10:00:00+08:00' }
const wrongs = (change: Partial<EvidenceDetails>): string[] => {
  try {
    checkDetails({ ...good, ...change }, now)
    return []
  } catch (error) {
    return ((error as AppError).details.violations ?? []).map(v => `${v.path} ${v.rule}`)
  }
}

test('good details are kept in their normal form', () => {
  expect(checkDetails({ ...good, title: '  e\u0301tat  ', expiresOn: '' }, now)).toEqual({
    subjectId: 'ctl_x', title: '\u00e9tat', sensitivity: 'INTERNAL', collectedAt: '2026-11-20T02:00:00.000Z', expiresOn: null,
  })
})

test.each<[Partial<EvidenceDetails>, string[]]>([
  [{ title: '   ' }, ['title isLength']],
  [{ title: '清'.repeat(200) }, []],
  [{ title: '清'.repeat(201) }, ['title isLength']],
  [{ title: '😀'.repeat(200) }, []],
  [{ title: 'a\nb' }, ['title format']],
  [{ title: 'a\0b' }, ['title wellFormed']],
  [{ title: 'a\ud800' }, ['title wellFormed']],
  [{ sensitivity: 'SECRET' }, ['sensitivity isEnum']],
  [{ sensitivity: 'toString' }, ['sensitivity isEnum']],
  [{ collectedAt: '2026-11-22T08:04:59Z' }, []],
  [{ collectedAt: '2026-11-22T08:05:01Z' }, ['collectedAt notInFuture']],
  [{ collectedAt: '2026-11-20' }, ['collectedAt isDateString']],
  [{ collectedAt: '2026-11-20T10:00:00' }, ['collectedAt isDateString']],
  [{ collectedAt: '2026-02-30T10:00:00Z' }, ['collectedAt isDateString']],
  // In China it was already the 21st.
  [{ collectedAt: '2026-11-20T17:00:00Z', expiresOn: '2026-11-21' }, []],
  [{ collectedAt: '2026-11-20T17:00:00Z', expiresOn: '2026-11-20' }, ['expiresOn dateOrder']],
  [{ expiresOn: '2027-02-29' }, ['expiresOn isDateString']],
  [{ expiresOn: 'soon' }, ['expiresOn isDateString']],
  [{ title: '', sensitivity: '', collectedAt: '', expiresOn: 'x' }, ['title isLength', 'sensitivity isEnum', 'collectedAt isDateString', 'expiresOn isDateString']],
])('%j is answered with %j', (change, expected) => {
  expect(wrongs(change)).toEqual(expected)
})

test.each([
  ['https://www.gysjw.gov.cn/a?b=1#c', 'https://www.gysjw.gov.cn/a?b=1#c'],
  ['HTTPS://WWW.Example.gov.cn', 'https://www.example.gov.cn/'],
  ['https://纪检.中国/文件', 'https://xn--s1v908b.xn--fiqs8s/%E6%96%87%E4%BB%B6'],
])('the address %s is kept as %s', (given, kept) => {
  expect(checkUrl(given)).toBe(kept)
})

test.each([
  'http://www.example.gov.cn', 'javascript:alert(1)', 'data:text/html,x', 'ftp://a.b', '//a.b', 'a.b', '', 'https://', 'https://user@a.b/', 'https://user:secret@a.b/', 'https://localhost/x',
  'https://a.b/\u202e', 'https://a.b/x y', ' https://a.b', 'https://a.b/\n', 'java\tscript:alert(1)', 'https://a.b/\0', `https://a.b/${'x'.repeat(2_000)}`, `https://a.b/${'清'.repeat(300)}`,
])('the address %j is refused', given => {
  expect(() => checkUrl(given)).toThrow(AppError)
})

test('limits that cannot be kept stop the start', () => {
  expect(evidenceLimits({ maxBytes: 2 ** 31 - 1 }).maxBytes).toBe(2 ** 31 - 1)
  for (const maxBytes of [2 ** 31, 0, -1, 1.5, NaN, Infinity]) expect(() => evidenceLimits({ maxBytes })).toThrow(/maxBytes/)
})

describe('subjects', () => {
  const nouns = new Map(coreModules.flatMap(m => m.reads).map(n => [n.type, n]))

  test('are what their nouns say they are', () => {
    expect(evidenceSubjects().map(s => s.type)).toEqual(expect.arrayContaining(['Power', 'RiskPoint', 'Control', 'ControlTest', 'DutyItem']))
    for (const s of evidenceSubjects()) expect(nouns.get(s.type)).toMatchObject({ prefix: s.prefix, table: s.table, scope: { by: 'unit', column: 'unit_id' } })
  })

  test('do not share a prefix, and their tables are names', () => {
    expect(() => acceptEvidence({ type: 'Other', zh: '其他', prefix: 'ctl', table: 'other', roles: ['SUPERVISOR'] })).toThrow('the same prefix ctl')
    expect(() => acceptEvidence({ type: 'Other', zh: '其他', prefix: 'other', table: 'other; DROP TABLE unit', roles: ['SUPERVISOR'] })).toThrow('is not the name of a table')
  })
})
