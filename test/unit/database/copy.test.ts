import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { backUp } from '../../../src/database/copy/backup'
import { requireRoom } from '../../../src/database/copy/files'
import { lockForCopy, requireNotCopied } from '../../../src/database/copy/lock'
import { digest } from '../../../src/database/copy/manifest'
import { restore } from '../../../src/database/copy/restore'
import { startEmbedded } from '../../../src/database/embedded'
import { nativeMajor } from '../../../src/database/native'

let folder: string
let data: string
let to: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'plumbline-copy-'))
  chmodSync(folder, 0o755)
  data = path.join(folder, 'data')
  to = path.join(folder, 'backup')
  put('postgres/PG_VERSION', `${nativeMajor()}\n`)
  put('postgres/global/pg_control', 'control')
  put('postgres/base/1/1234', 'x'.repeat(3_000_000))
  put('postgres/plumbline.json', '{}', 0o600)
  put('postgres/postmaster.opts', 'left by a run')
  put('postgres.log', 'a log')
  put('plugins.json', 'a cache')
  put('development-key.json', '{"d":"key"}', 0o600)
  put('evidence/content/ab/abcdef', 'evidence', 0o400)
  put('evidence/incoming/half', 'half an upload')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function put(at: string, text: string, mode = 0o640): void {
  const file = path.join(data, at)
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o750 })
  writeFileSync(file, text, { mode })
}
const places = (directory = data, evidence = path.join(directory, 'evidence')) => ({ directory, evidence })
const content = (root: string): Record<string, string> => Object.fromEntries((readdirSync(root, { recursive: true }) as string[]).sort().map(at => {
  const file = path.join(root, at)
  const { mode } = statSync(file)
  return [at, `${(mode & 0o777).toString(8)} ${statSync(file).isFile() ? digest(readFileSync(file, 'utf8')) : 'folder'}`]
}))

test('what is restored is what was backed up, with its modes; logs, caches and half uploads stay out', async () => {
  const before = content(data)
  const manifest = await backUp(places(), to, '1.2.3')
  expect(manifest).toMatchObject({ product: '1.2.3', postgres: nativeMajor() })
  expect(manifest.files.map(f => f.path)).toEqual(['development-key.json', 'evidence/content/ab/abcdef', 'postgres/PG_VERSION', 'postgres/base/1/1234', 'postgres/global/pg_control', 'postgres/plumbline.json'])
  expect(content(data)).toEqual(before)
  expect(statSync(to).mode & 0o777).toBe(0o700)
  expect(readFileSync(path.join(to, 'manifest.json.sha256'), 'utf8')).toBe(`${digest(readFileSync(path.join(to, 'manifest.json'), 'utf8'))}  manifest.json\n`)

  const target = path.join(folder, 'restored')
  await restore(to, places(target))
  const kept = (all: Record<string, string>) => Object.fromEntries(Object.entries(all).filter(([at]) => manifest.files.some(f => f.path === at) || at === 'postgres/base'))
  expect(kept(content(target))).toEqual(kept(before))
  expect(Object.keys(content(target)).filter(at => /log|plugins|half|opts/.test(at))).toEqual([])
  expect(readdirSync(folder).sort()).toEqual(['backup', 'data', 'restored'])
})

test('evidence that lies elsewhere comes along and goes back there', async () => {
  const evidence = path.join(folder, 'files')
  mkdirSync(path.join(evidence, 'content'), { recursive: true })
  writeFileSync(path.join(evidence, 'content', 'cd'), 'other evidence', { mode: 0o400 })
  const manifest = await backUp(places(data, evidence), to, '1')
  expect(manifest.files.map(f => f.path).filter(p => p.startsWith('evidence'))).toEqual(['evidence/content/cd'])
  const [target, files] = [path.join(folder, 'restored'), path.join(folder, 'restored-files')]
  await restore(to, places(target, files))
  expect(readFileSync(path.join(files, 'content/cd'), 'utf8')).toBe('other evidence')
  expect(existsSync(path.join(target, 'evidence'))).toBe(false)
})

describe('a backup is refused', () => {
  test('into a folder that is not empty, or inside the data', async () => {
    mkdirSync(to)
    writeFileSync(path.join(to, 'something'), '')
    await expect(backUp(places(), to, '1')).rejects.toThrow(/is not empty/)
    await expect(backUp(places(), path.join(data, 'backup'), '1')).rejects.toThrow(/inside the data directory/)
  })

  test('of nothing, and of links', async () => {
    await expect(backUp(places(path.join(folder, 'none')), to, '1')).rejects.toThrow(/no embedded database/)
    symlinkSync('/etc/hostname', path.join(data, 'postgres/link'))
    await expect(backUp(places(), to, '1')).rejects.toThrow(/neither a file nor a folder/)
    expect(existsSync(path.join(to, 'manifest.json'))).toBe(false)
  })

  test('while another one runs; what a killed one left is no hindrance; nobody starts meanwhile', async () => {
    const unlock = lockForCopy(data)
    await expect(backUp(places(), to, '1')).rejects.toThrow(`are being copied by process ${process.pid}`)
    await expect(startEmbedded({ directory: data })).rejects.toThrow(/are being copied/)
    unlock()
    expect(() => requireNotCopied(data)).not.toThrow()
    writeFileSync(path.join(data, 'copying.pid'), '4194304\n')
    await backUp(places(), to, '1')
    expect(existsSync(path.join(data, 'copying.pid'))).toBe(false)
  })

  test('where there is no room', async () => {
    await expect(requireRoom(folder, 1e18)).rejects.toThrow(/not enough room .* MB are needed, \d+ MB are free/)
  })
})

describe('a restore is refused, and leaves nothing behind,', () => {
  const target = () => path.join(folder, 'restored')
  const refused = async (says: RegExp): Promise<void> => {
    await expect(restore(to, places(target()))).rejects.toThrow(says)
    expect(readdirSync(folder).sort()).toEqual(['backup', 'data'])
  }
  beforeEach(() => backUp(places(), to, '1'))

  test('where data are already', async () => {
    await expect(restore(to, places())).rejects.toThrow(/is not empty/)
    expect(readFileSync(path.join(data, 'postgres.log'), 'utf8')).toBe('a log')
  })

  test.each([
    ['one byte is another', (f: string) => writeFileSync(f, 'x'.repeat(2_999_999) + 'y'), /postgres\/base\/1\/1234 is not what was backed up/],
    ['a file was cut', (f: string) => writeFileSync(f, 'x'.repeat(1_000)), /is not what was backed up/],
    ['a file is missing', (f: string) => rmSync(f), /base\/1\/1234 cannot be read/],
  ])('when %s', async (_, harm, says) => {
    harm(path.join(to, 'data/postgres/base/1/1234'))
    await refused(says)
  })

  const rewrite = (change: (m: { postgres: number; files: { path: string }[] }) => void, sealed = true): void => {
    const file = path.join(to, 'manifest.json')
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as never
    change(manifest)
    const text = JSON.stringify(manifest)
    writeFileSync(file, text)
    if (sealed) writeFileSync(`${file}.sha256`, `${digest(text)}  manifest.json\n`)
  }
  test('of another PostgreSQL', async () => {
    rewrite(m => { m.postgres -= 1 })
    await refused(/The backup is of PostgreSQL \d+; this Plumbline has PostgreSQL \d+/)
  })
  test('when the list was changed, is missing, or leads elsewhere', async () => {
    rewrite(m => { m.files.pop() }, false)
    await refused(/was changed/)
    rewrite(m => { m.files[0]!.path = '../../escaped' })
    await refused(/leads out of the backup/)
    rmSync(path.join(to, 'manifest.json'))
    await refused(/is no complete backup/)
  })
})
