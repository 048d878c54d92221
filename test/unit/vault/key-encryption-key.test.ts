import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { loadKeyEncryptionKeys, type KeyEncryptionOptions, type KeySource } from '../../../src/vault'

let folder: string
beforeAll(() => { folder = mkdtempSync(path.join(tmpdir(), 'plumbline-vault-')) })
afterAll(() => rmSync(folder, { recursive: true }))

const none: KeySource = { value: null, file: null, command: null }
const load = (current: Partial<KeySource>, o: Partial<KeyEncryptionOptions> = {}) =>
  loadKeyEncryptionKeys({ production: true, current: { ...none, ...current }, previous: none, commandTimeout: 5_000, dataDirectory: folder, ...o })
const written = (content: Buffer | string): string => {
  const at = path.join(folder, randomBytes(6).toString('hex'))
  writeFileSync(at, content)
  return at
}

test('the same key is found in a variable, in a file of text or bytes, and in what a program prints', async () => {
  const key = Buffer.from('5f1c0b9d3e7a46825f1c0b9d3e7a468211223344556677889900aabbccddeeff', 'hex')
  const text = key.toString('base64')
  const ids = await Promise.all([{ value: text }, { value: ` ${key.toString('base64url')}\n` }, { file: written(`${text}\n`) }, { file: written(key) }, { command: `cat ${written(text)}` }].map(async source => (await load(source)).current.id))
  expect(new Set(ids).size).toBe(1)
  expect(ids[0]).toMatch(/^[0-9a-f]{16}$/)
  expect((await load({ value: randomBytes(32).toString('base64') })).current.id).not.toBe(ids[0])
})

test.each<[string, Partial<KeySource>, string]>([
  ['too short', { value: randomBytes(31).toString('base64') }, 'PLUMBLINE_VAULT_KEY must give 32 random bytes'],
  ['not Base64', { value: 'correct horse battery staple' }, 'PLUMBLINE_VAULT_KEY must give 32 random bytes'],
  ['no key at all', { value: Buffer.alloc(32, 7).toString('base64') }, 'PLUMBLINE_VAULT_KEY must give 32 random bytes'],
  ['from a program that fails', { command: 'echo secret-in-the-output >&2; exit 3' }, 'PLUMBLINE_VAULT_KEY_COMMAND: the program failed (3)'],
  ['from a program that prints too much', { command: 'head -c 100000 /dev/zero' }, 'PLUMBLINE_VAULT_KEY_COMMAND: the program'],
  ['from a program that prints nothing', { command: 'true' }, 'PLUMBLINE_VAULT_KEY_COMMAND must give 32 random bytes'],
])('a key that is %s is refused by the name of its variable, and is not repeated', async (_, source, message) => {
  const error = await load(source).then(() => null, (e: Error) => e)
  expect(error).toMatchObject({ name: 'StartError', message: expect.stringContaining(message) })
  expect(error!.message).not.toContain('secret-in-the-output')
  if (source.value) expect(error!.message).not.toContain(source.value)
})

test('a program gets so much time and no more', async () => {
  await expect(load({ command: 'sleep 30' }, { commandTimeout: 100 })).rejects.toThrow('did not end within 100 ms')
})

test('production does not start without a key', async () => {
  await expect(load({})).rejects.toThrow('In production the key that protects sensitive values must be configured')
})

test('outside production one key is made, for its owner only, and found again by all that start at once', async () => {
  const dataDirectory = path.join(folder, 'data')
  const made = await Promise.all([1, 2, 3].map(() => load({}, { production: false, dataDirectory })))
  const file = path.join(dataDirectory, 'development-vault-key')
  expect(new Set(made.map(k => k.current.id)).size).toBe(1)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  chmodSync(file, 0o644)
  expect((await load({}, { production: false, dataDirectory })).current.id).toBe(made[0]!.current.id)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readFileSync(file)).toHaveLength(44)
})
