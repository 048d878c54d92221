import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { stringify } from 'yaml'
import { readCatalog } from '../../../src/catalog/read'
import type { CatalogFile } from '../../../src/sdk/catalog-shape'

const folders: string[] = []
afterAll(() => { for (const f of folders) rmSync(f, { recursive: true }) })
function folder(files: Record<string, string>): string {
  const made = mkdtempSync(path.join(tmpdir(), 'plumbline-catalog-'))
  folders.push(made)
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(made, name), text)
  return made
}

type Draft = { [K in keyof CatalogFile]: unknown }
const control = { code: 'c', isSynthetic: true, descriptionZh: '复核', descriptionEn: 'Check', nature: 'PREVENTIVE', mode: 'MANUAL', frequency: 'MONTHLY', ownerPosition: 'head' }
const risk = { code: 'r', isSynthetic: true, descriptionZh: '倾向', descriptionEn: 'Bias', category: 'PROCESS', step: 1, ownerPosition: 'head', controls: [control] }
const power = {
  code: 'p', isSynthetic: true, nameZh: '采购', nameEn: 'Buying', category: 'PROCUREMENT', significance: 'MAJOR', positions: ['head'],
  flow: { code: 'f', isSynthetic: true, steps: [{ nameZh: '申请', nameEn: 'Apply', kind: 'APPLY', position: 'head' }] }, riskPoints: [risk],
}
const indicator = {
  code: 'i', isSynthetic: true, nameZh: '占比', nameEn: 'Share', calibreZh: '甲除以乙', calibreEn: 'a by b', numerator: 'value.a', denominator: 'value.b', unit: '%', direction: 'LOWER_BETTER',
  periodKinds: ['YEAR'], aggregation: 'RATIO_OF_SUMS', variables: ['a', 'b'],
}
const variable = (code: string): object => ({ code, nameZh: code, nameEn: code, unit: '件', source: 'REPORTED' })
const sound: Draft = {
  release: { version: '1.0.0', titleZh: '测试', titleEn: 'Test' },
  audiences: ['bureau', 'hospital'].map(code => ({ code, nameZh: code, nameEn: code, unitKinds: ['GOVERNMENT_DEPARTMENT'], sectorCodes: ['health'], levels: ['COUNTY'] })),
  positions: [{ code: 'head', nameZh: '负责人', nameEn: 'Head', powerBearing: true }],
  powers: [power], variables: [variable('a'), variable('b')], indicators: [indicator],
  focuses: [{ code: 'o', isSynthetic: true, contentZh: '看', contentEn: 'Look', powers: ['p'] }],
}
const read = (draft: Draft) => readCatalog(folder({ 'a.yaml': stringify(draft) }), 'test-plugin')
const problems = (more: Draft): (string | undefined)[][] => read({ ...sound, ...more }).problems.map(p => [p.code, p.path])

test('a sound catalog becomes items with permanent codes, references included', () => {
  const { catalog } = read(sound)
  expect(catalog!.items.map(i => i.code)).toEqual([
    'test-plugin.position.head', 'test-plugin.power.p', 'test-plugin.flow.f', 'test-plugin.risk.r', 'test-plugin.control.c', 'test-plugin.focus.o', 'test-plugin.indicator.i',
  ])
  expect(catalog!.items.find(i => i.kind === 'CONTROL')).toMatchObject({ parentCode: 'test-plugin.risk.r', payload: { ownerPosition: 'test-plugin.position.head' } })
  expect(catalog!.items.find(i => i.kind === 'FOCUS')!.payload).toMatchObject({ powers: ['test-plugin.power.p'] })
})

test('the hash tells content: not the version, the order of keys or the split into files; but every text', () => {
  const hash = read(sound).catalog!.contentHash
  expect(read({ ...sound, release: { ...(sound.release as object), version: '2.0.0', changeLog: ['x'] } }).catalog!.contentHash).toBe(hash)
  const { release, audiences, positions, ...rest } = sound
  const split = folder({ 'a.yaml': stringify({ audiences, release }), 'b.yaml': stringify(rest), 'c.yml': stringify({ positions }), 'notes.txt': 'not read' })
  expect(readCatalog(split, 'test-plugin').catalog!.contentHash).toBe(hash)
  expect(read({ ...sound, focuses: [{ code: 'o', isSynthetic: true, contentZh: '查看', contentEn: 'Look', powers: ['p'] }] }).catalog!.contentHash).not.toBe(hash)
})

test.each<[string, Draft, [string, string][]]>([
  ['no release', { release: undefined }, [['RELEASE', '']]],
  ['a version that is none', { release: { version: 'one', titleZh: 'x', titleEn: 'x' } }, [['VERSION', 'release.version']]],
  ['a code twice', { positions: [...(sound.positions as object[]), ...(sound.positions as object[])] }, [['DUPLICATE', 'positions.1.code']]],
  ['the same control under two risk points', { powers: [{ ...power, riskPoints: [risk, { ...risk, code: 'r2' }] }] }, [['DUPLICATE', 'powers.0.riskPoints.1.controls.0.code']]],
  ['a post that is not there', { powers: [{ ...power, positions: ['nobody'] }] }, [['UNKNOWN', 'powers.0.positions.0']]],
  ['a step that is not there', { powers: [{ ...power, riskPoints: [{ ...risk, step: 2 }] }] }, [['STEP', 'powers.0.riskPoints.0.step']]],
  ['an audience that is not there', { powers: [{ ...power, audiences: ['nobody'] }], focuses: [] }, [['UNKNOWN', 'powers.0.audiences.0']]],
  ['a risk point for more than its power', { powers: [{ ...power, audiences: ['bureau'], riskPoints: [{ ...risk, audiences: ['bureau', 'hospital'] }] }], focuses: [] }, [['AUDIENCE', 'powers.0.riskPoints.0.audiences']]],
  ['a focus on what not everybody adopts', { powers: [{ ...power, audiences: ['bureau'] }] }, [['AUDIENCE', 'focuses.0.powers.0']]],
  ['a focus on nothing that is there', { focuses: [{ code: 'o', isSynthetic: true, contentZh: '看', contentEn: 'Look', riskPoints: ['x'] }] }, [['UNKNOWN', 'focuses.0.riskPoints.0']]],
  ['a fact without its law', { powers: [{ ...power, isSynthetic: false }] }, [['LEGAL_BASIS', 'powers.0']]],
  ['a control that is a fact without its law', { powers: [{ ...power, riskPoints: [{ ...risk, controls: [{ ...control, isSynthetic: false }] }] }] }, [['LEGAL_BASIS', 'powers.0.riskPoints.0.controls.0']]],
  ['an undeclared variable', { indicators: [{ ...indicator, variables: ['a', 'b', 'c'] }] }, [['VARIABLE', 'indicators.0.variables.2'], ['VARIABLE', 'indicators.0.variables.2']]],
  ['a variable that the formula uses but the indicator does not list', { indicators: [{ ...indicator, variables: ['a'] }] }, [['FORMULA', 'indicators.0.denominator']]],
  ['division in a formula', { indicators: [{ ...indicator, numerator: 'value.a / value.b' }] }, [['FORMULA', 'indicators.0.numerator']]],
  ['matches in a formula', { indicators: [{ ...indicator, numerator: '"aaaa".matches("(a+)+$") ? value.a : value.b' }] }, [['FORMULA', 'indicators.0.numerator']]],
  ['a ratio that is added up', { indicators: [{ ...indicator, aggregation: 'SUM' }] }, [['AGGREGATION', 'indicators.0.aggregation']]],
  ['a variable with the name of a word', { variables: [variable('value'), variable('a'), variable('b')] }, [['VARIABLE', 'variables.0.code']]],
  ['a kind of unit that is none', { audiences: [{ code: 'bureau', nameZh: 'x', nameEn: 'x', unitKinds: ['SHOP'], sectorCodes: ['health'], levels: ['COUNTY'] }] }, [['UNKNOWN', 'audiences.0.unitKinds.0']]],
  ['a retired item that is still there', { retired: [{ kind: 'POWER', code: 'p', reasonZh: 'x', reasonEn: 'x' }] }, [['RETIRED', 'retired.0']]],
  ['a power without risk points, a risk point without controls', { powers: [{ ...power, riskPoints: [] }] }, [['SHAPE', 'powers.0.riskPoints']]],
  ['a misspelt key', { powers: [{ ...power, signifcance: 'MAJOR' }] }, [['SHAPE', 'powers.0']]],
])('refused: %s', (_, more, expected) => expect(problems(more)).toEqual(expected))

test('a problem has file, line and path; broken YAML too', () => {
  const made = folder({ 'a.yaml': stringify(sound), 'b.yaml': 'positions:\n  - code: other\n    nameZh: 甲\n    nameEn: A\n    powerBearing: perhaps\n', 'c.yaml': 'powers: [\n  {' })
  expect(readCatalog(made, 'test-plugin').problems).toEqual(expect.arrayContaining([
    expect.objectContaining({ code: 'SHAPE', file: 'b.yaml', path: 'positions.0.powerBearing', line: 5 }), expect.objectContaining({ code: 'YAML', file: 'c.yaml', line: expect.any(Number) }),
  ]))
  expect(readCatalog(path.join(made, 'nowhere'), 'test-plugin').problems).toEqual([expect.objectContaining({ code: 'FOLDER' })])
})
