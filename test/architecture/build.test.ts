import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PROJECT_ROOT } from '../../src/config'

let folder: string
const at = (file: string): string => path.join(folder, file)
const write = (file: string, text: string): void => {
  mkdirSync(path.dirname(at(file)), { recursive: true })
  writeFileSync(at(file), text)
}
const build = (...args: string[]): string => execFileSync(process.execPath, [at('.tools/build.js'), ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'plumbline-build-'))
  for (const file of ['build.js', 'swc.js']) cpSync(path.join(PROJECT_ROOT, '.tools', file), at(`.tools/${file}`))
  symlinkSync(path.join(PROJECT_ROOT, 'node_modules'), at('node_modules'))
  write('ormconfig.ts', 'export const a = 1\n')
  write('src/one.ts', `export const one: number = 1\n`)
  write('src/data/rows.csv', 'a,b\n')
  write('migrations/1-first.ts', 'export class First1 {}\n')
  write('plugins/water/plugin.ts', `import { definePlugin } from 'plumbline/sdk'\nexport const plugin = definePlugin\n`)
  write('plugins/water/test/water.test.ts', 'broken(\n')
})
afterEach(() => rmSync(folder, { recursive: true }))

test('compiles code, copies data, leaves tests out, and does nothing when nothing changed', () => {
  expect(build()).toBe('Built 5 of 5 files.')
  expect(readFileSync(at('dist/src/data/rows.csv'), 'utf8')).toBe('a,b\n')
  expect(readFileSync(at('dist/plugins/water/plugin.js'), 'utf8')).toContain(`require("plumbline/sdk")`)
  expect(existsSync(at('dist/plugins/water/test'))).toBe(false)
  expect(build()).toBe('')
})

test('a program can be called after every build', () => {
  write('src/cli.ts', '#!/usr/bin/env node\nexport const verb: string = "start"\n')
  for (const from of ['', '// again\n']) {
    write('src/one.ts', from)
    build('--force')
    expect(statSync(at('dist/src/cli.js')).mode & 0o111).toBe(0o111)
    expect(statSync(at('dist/src/one.js')).mode & 0o111).toBe(0)
  }
})

test('makes anew what changed and nothing else', () => {
  build()
  const untouched = statSync(at('dist/ormconfig.js')).mtimeMs
  write('src/one.ts', `export const one: number = 12\n`)
  expect(build()).toBe('Built 1 of 5 files.')
  expect(readFileSync(at('dist/src/one.js'), 'utf8')).toContain('12')
  expect(statSync(at('dist/ormconfig.js')).mtimeMs).toBe(untouched)
})

test('what is gone from the sources is gone from the output: a deleted migration must not run', () => {
  build()
  rmSync(at('migrations/1-first.ts'))
  write('migrations/2-second.ts', 'export class Second2 {}\n')
  build()
  expect(existsSync(at('dist/migrations/1-first.js'))).toBe(false)
  expect(existsSync(at('dist/migrations/2-second.js'))).toBe(true)
})

test('output that somebody removed is made again', () => {
  build()
  rmSync(at('dist/src/one.js'))
  expect(build()).toBe('Built 1 of 5 files.')
  expect(existsSync(at('dist/src/one.js'))).toBe(true)
})

test('a file that is no TypeScript is an error that names it, and the next build does not take the half for the whole', () => {
  write('src/broken.ts', 'export const = 1\n')
  expect(() => build()).toThrow(/broken\.ts|Expression expected|Expected/)
  write('src/broken.ts', 'export const fine = 1\n')
  build()
  expect(existsSync(at('dist/src/broken.js'))).toBe(true)
})
