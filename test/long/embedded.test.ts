import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type EmbeddedServer, findEmbedded, startEmbedded } from '../../src/database/embedded'
import { linkLibraries, reachableDirectory, reaches } from '../../src/database/native'
import { asOwner } from '../support/test-server'

jest.setTimeout(60_000)

interface Started { url: string; pid: number; error: string; process: ChildProcess; exit: Promise<unknown> }

const folders: string[] = []
const processes: ChildProcess[] = []
const servers: EmbeddedServer[] = []

afterEach(async () => {
  for (const s of servers.splice(0)) await s.stop()
  for (const p of processes.splice(0)) p.kill('SIGKILL')
  for (const f of folders.splice(0)) {
    await gone(serverOf(f))
    rmSync(f, { recursive: true, force: true })
  }
})

function folder(): string {
  const made = mkdtempSync(path.join(tmpdir(), 'plumbline-embedded-'))
  folders.push(made)
  return made
}

/** A cluster that was stopped properly, ready to be copied: making one takes a second. */
let pattern: string
beforeAll(async () => {
  pattern = mkdtempSync(path.join(tmpdir(), 'plumbline-embedded-'))
  await (await startEmbedded({ directory: pattern, settings: { shared_buffers: '16MB' } })).stop()
})
afterAll(() => rmSync(pattern, { recursive: true, force: true }))

function dataFolder(): string {
  const made = folder()
  execFileSync('cp', ['-a', path.join(pattern, 'postgres'), made])
  return made
}

async function start(directory: string): Promise<EmbeddedServer> {
  const server = await startEmbedded({ directory, settings: { shared_buffers: '16MB' } })
  servers.push(server)
  return server
}

/** Another process that starts on the directory: what it said. */
function elsewhere(directory: string): Promise<Started> {
  const child = spawn(process.execPath, ['-r', '@swc-node/register', path.join(__dirname, '../support/embedded-process.ts'), directory], { stdio: ['pipe', 'pipe', 'inherit'] })
  processes.push(child)
  const exit = new Promise(done => child.once('exit', done))
  return new Promise((resolve, reject) => {
    child.stdout.once('data', (line: Buffer) => resolve({ ...(JSON.parse(line.toString()) as { url: string; pid: number; error: string }), process: child, exit }))
    child.once('error', reject)
    child.once('exit', () => reject(new Error('It said nothing.')))
  })
}

const alive = (pid: number): boolean => {
  try {
    // A dead process may stay listed until its parent takes note.
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).startsWith('Z')
  } catch {
    return false
  }
}
const gone = async (pid: number | null): Promise<void> => { for (let i = 0; pid !== null && i < 200 && alive(pid); i++) await sleep(50) }
const serverOf = (directory: string): number | null => {
  try {
    return Number(readFileSync(path.join(directory, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  } catch {
    return null
  }
}
const guardOf = (pid: number): number => Number(execFileSync('ps', ['-e', '-o', 'pid=,ppid=,comm='], { encoding: 'utf8' }).split('\n').map(l => l.trim().split(/\s+/)).find(([, parent, name]) => Number(parent) === pid && name === 'sh')![0])
const put = (url: string, value: number): Promise<unknown> => asOwner(url, c => c.query(`CREATE TABLE IF NOT EXISTS kept AS SELECT ${value} AS value`))
const kept = (url: string): Promise<number> => asOwner(url, async c => (await c.query<{ value: number }>('SELECT value FROM kept')).rows[0]!.value)

test('data survive a stop and a start, on the same port', async () => {
  const directory = dataFolder()
  const first = await start(directory)
  await put(first.url, 1)
  await first.stop()
  expect(alive(first.pid)).toBe(false)
  const second = await start(directory)
  expect(await kept(second.url)).toBe(1)
  expect(second.url).toBe(first.url)
})

test('only this machine reaches it, with a password that only its owner can read', async () => {
  const directory = folder()
  const { url } = await start(directory)
  const settings = await asOwner(url, async c => (await c.query(`SELECT current_setting('listen_addresses') AS host, current_setting('unix_socket_directories') AS socket`)).rows)
  expect(settings).toEqual([{ host: '127.0.0.1', socket: '' }])
  const wrong = new URL(url)
  wrong.password = 'password'
  await expect(asOwner(wrong.toString(), c => c.query('SELECT 1'))).rejects.toMatchObject({ code: '28P01' })
  const access = path.join(directory, 'postgres', 'plumbline.json')
  expect(statSync(access).mode & 0o777).toBe(0o600)
  expect(statSync(path.join(directory, 'postgres')).mode & 0o777).toBe(0o700)
})

test('a second process on the same directory is refused and says who has it; afterwards the first one still works', async () => {
  const directory = dataFolder()
  const { url } = await start(directory)
  const second = await elsewhere(directory)
  expect(second.error).toContain(`Another Plumbline (process ${process.pid} on `)
  expect(second.error).toContain(directory)
  await put(url, 2)
})

test('a running server is found by others, a stopped one is not', async () => {
  const directory = dataFolder()
  expect(await findEmbedded(directory)).toBeNull()
  const server = await start(directory)
  expect(await findEmbedded(directory)).toBe(server.url)
  await server.stop()
  expect(await findEmbedded(directory)).toBeNull()
  expect(await findEmbedded(path.join(directory, 'nowhere'))).toBeNull()
})

test('two processes that start at once on an empty directory: one gets it, the other is refused', async () => {
  const directory = folder()
  const both = await Promise.all([elsewhere(directory), elsewhere(directory)])
  const errors = both.filter(p => p.error).map(p => p.error)
  expect(errors).toEqual([expect.stringContaining('Another Plumbline (process')])
  await put(both.find(p => p.url)!.url, 3)
})

test('kill -9 of the product leaves no server behind, and what was committed is there at the next start', async () => {
  const directory = dataFolder()
  const first = await elsewhere(directory)
  await put(first.url, 4)
  first.process.kill('SIGKILL')
  await gone(first.pid)
  expect(alive(first.pid)).toBe(false)
  expect(await kept((await start(directory)).url)).toBe(4)
})

test('kill -9 of the product and of all of PostgreSQL: the next start recovers', async () => {
  const directory = dataFolder()
  const first = await elsewhere(directory)
  await put(first.url, 5)
  process.kill(guardOf(first.pid), 'SIGKILL')
  first.process.kill('SIGKILL')
  process.kill(first.pid, 'SIGKILL')
  expect(await kept((await start(directory)).url)).toBe(5)
})

test('a server whose product and guard are gone is stopped and replaced', async () => {
  const directory = dataFolder()
  const first = await elsewhere(directory)
  await put(first.url, 6)
  process.kill(guardOf(first.pid), 'SIGKILL')
  first.process.kill('SIGKILL')
  await first.exit
  expect(alive(first.pid)).toBe(true)
  const second = await start(directory)
  expect(await kept(second.url)).toBe(6)
  expect(second.pid).not.toBe(first.pid)
  expect(alive(first.pid)).toBe(false)
})

test('a postmaster.pid that names a process of somebody else does not keep the server from starting', async () => {
  const directory = dataFolder()
  const first = await elsewhere(directory)
  await put(first.url, 7)
  process.kill(guardOf(first.pid), 'SIGKILL')
  first.process.kill('SIGKILL')
  process.kill(first.pid, 'SIGKILL')
  await gone(first.pid)
  const file = path.join(directory, 'postgres', 'postmaster.pid')
  // Run as the server's own user, so that PostgreSQL would take it for a rival.
  const { uid, gid } = statSync(path.join(directory, 'postgres'))
  const other = spawn('sleep', ['60'], { uid, gid })
  processes.push(other)
  const lines = readFileSync(file, 'utf8').split('\n')
  writeFileSync(file, [String(other.pid), ...lines.slice(1)].join('\n'))
  expect(await kept((await start(directory)).url)).toBe(7)
})

test('a server that is killed comes back by itself at the same address; one that keeps dying is given up', async () => {
  const directory = dataFolder()
  const deaths: string[] = []
  const server = await startEmbedded({ directory, settings: { shared_buffers: '16MB' }, onDeath: message => void deaths.push(message) })
  servers.push(server)
  await put(server.url, 8)
  const { url } = server
  for (let i = 0; i < 3; i++) {
    const { pid } = server
    process.kill(pid, 'SIGKILL')
    for (let n = 0; server.pid === pid && n < 200; n++) await sleep(50)
    expect(alive(server.pid)).toBe(true)
    expect(await kept(url)).toBe(8)
  }
  expect(deaths).toEqual([])
  process.kill(server.pid, 'SIGKILL')
  for (let n = 0; !deaths.length && n < 200; n++) await sleep(50)
  expect(deaths).toEqual([expect.stringContaining(path.join(directory, 'postgres.log'))])
})

test('the lock outlives a restart of all backends', async () => {
  const directory = dataFolder()
  const { url } = await start(directory)
  // A backend that is killed hard makes PostgreSQL cut all connections and recover.
  await asOwner(url, async c => {
    const { rows } = await c.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
    const cut = c.query('SELECT pg_sleep(10)').catch(() => undefined)
    process.kill(rows[0]!.pid, 'SIGKILL')
    await cut
  }).catch(() => undefined)
  await sleep(1_500)
  expect((await elsewhere(directory)).error).toContain('Another Plumbline')
})

test('a directory with something else in the place of the cluster is refused with its reason', async () => {
  const directory = folder()
  mkdirSync(path.join(directory, 'postgres'))
  await expect(startEmbedded({ directory })).rejects.toThrow('is not a data directory of Plumbline')
})

test('a server that cannot start says why', async () => {
  await expect(startEmbedded({ directory: dataFolder(), settings: { shared_buffers: 'many' } })).rejects.toThrow(/does not start on .*shared_buffers/)
})

test('a folder is reachable for a user only when every folder above it lets him through', () => {
  const directory = folder()
  const inner = path.join(directory, 'a', 'b')
  mkdirSync(inner, { recursive: true })
  const { uid, gid } = statSync(directory)
  const stranger = { uid: uid + 4321, gid: gid + 4321, name: 'stranger' }
  expect(reaches(stranger, inner)).toBe(false)
  expect(reaches({ uid, gid, name: 'owner' }, inner)).toBe(true)
  expect(reaches(null, inner)).toBe(true)
})

test('library links that the package’s install script did not make are made', () => {
  const root = folder()
  mkdirSync(path.join(root, 'native', 'lib'), { recursive: true })
  writeFileSync(path.join(root, 'native', 'lib', 'libpq.so.5.18'), 'code')
  writeFileSync(path.join(root, 'native', 'pg-symlinks.json'), JSON.stringify([{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }]))
  linkLibraries(root)
  linkLibraries(root)
  expect(readlinkSync(path.join(root, 'native', 'lib', 'libpq.so.5'))).toBe('libpq.so.5.18')
})

test('a data directory that PostgreSQL’s user can reach stays where it is', () => {
  const directory = path.join(dataFolder(), 'inner')
  execFileSync('chmod', ['755', path.dirname(directory)])
  expect(reachableDirectory(directory)).toBe(directory)
  if (process.getuid?.() === 0) {
    execFileSync('chmod', ['700', path.dirname(directory)])
    expect(reachableDirectory(directory)).toMatch(/^\/var\/lib\/plumbline-[0-9a-f]{8}$/)
  }
})
