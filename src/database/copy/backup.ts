import { existsSync } from 'node:fs'
import { mkdir, readFile, realpath, rm, stat, writeFile, open } from 'node:fs/promises'
import path from 'node:path'
import { askHolder } from '../holder'
import { postmaster, readAccess } from '../cluster'
import { StartError } from '../start-error'
import { copyFile, eachOf, isEmpty, makeFolder, modeOf, requireRoom, sealFolder, walk } from './files'
import { LOCK, lockForCopy } from './lock'
import { CONTENT, digest, MANIFEST, newManifest, type Manifest } from './manifest'

export interface DataPlaces {
  /** Holds the cluster (`postgres/`), keys and whatever else the product keeps. */
  readonly directory: string
  /** Evidence files; inside `directory` as a rule. */
  readonly evidence: string
}

/** Made anew when it is missing: programs, logs, caches, what a running or crashed process left. Relative to the data directory. */
const LEFT_OUT = new RegExp(`^(native-[^/]+|postgres\\.new-[^/]+|postgres\\.log(\\.1)?|plugins\\.json|${LOCK}|postgres/postmaster\\.(pid|opts)|evidence/incoming/.+)$`)

/** Copies the data directory of a Plumbline that does not run to `to`, which must be empty or not there. */
export async function backUp({ directory, evidence }: DataPlaces, to: string, product: string): Promise<Manifest> {
  const cluster = path.join(directory, 'postgres')
  if (!existsSync(cluster)) throw new StartError(`There is no embedded database in ${directory}: nothing to back up.`)
  if (path.resolve(to).startsWith(`${path.resolve(directory)}${path.sep}`)) throw new StartError('A backup inside the data directory would be lost with it. Choose another place.')
  if (!(await isEmpty(to))) throw new StartError(`${to} is not empty. A backup needs a folder of its own.`)
  const unlock = lockForCopy(directory)
  try {
    await requireStopped(cluster)
    return await copyOut({ directory, evidence, cluster }, to, product)
  } finally {
    unlock()
  }
}

async function requireStopped(cluster: string): Promise<void> {
  const running = postmaster(await realpath(cluster))
  if (!running?.alive) return
  const holder = await askHolder({ ...readAccess(cluster), port: running.port })
  throw new StartError(`Plumbline is running on the data in ${path.dirname(cluster)} (${holder === 'nobody' || holder === 'no answer' ? `PostgreSQL, process ${running.pid}` : holder}). Stop it first: only a stopped database can be copied.`)
}

interface Source { root: string; under: string; files: string[]; folders: string[] }

async function copyOut({ directory, evidence, cluster }: DataPlaces & { cluster: string }, to: string, product: string): Promise<Manifest> {
  const outside = path.resolve(evidence) !== path.join(path.resolve(directory), 'evidence') && existsSync(evidence)
  const sources: Source[] = [{ root: directory, under: '', ...(await walk(directory, at => LEFT_OUT.test(at) || (outside && at.split('/')[0] === 'evidence'))) }]
  if (outside) sources.push({ root: evidence, under: 'evidence/', ...(await walk(evidence, at => LEFT_OUT.test(`evidence/${at}`))) })
  const before = await controlFile(cluster)
  await mkdir(to, { recursive: true, mode: 0o700 })
  await requireRoom(to, await sizeOf(sources))
  const folders = [...(outside ? [{ path: 'evidence', from: evidence }] : []), ...sources.flatMap(s => s.folders.map(f => ({ path: s.under + f, from: path.join(s.root, f) })))]
  const content = path.join(to, CONTENT)
  await makeFolder(content, null)
  for (const f of folders) await makeFolder(path.join(content, f.path), null)
  const files: Manifest['files'] = []
  await eachOf(sources.flatMap(s => s.files.map(f => ({ path: s.under + f, from: path.join(s.root, f) }))), async f => {
    files.push({ path: f.path, ...(await copyFile(f.from, path.join(content, f.path), null)) })
  })
  const modes = await Promise.all(folders.map(async f => ({ path: f.path, mode: await modeOf(f.from) })))
  for (const f of [...modes].reverse()) await sealFolder(path.join(content, f.path), f.mode | 0o700)
  await sealFolder(content, 0o700)
  if (postmaster(await realpath(cluster))?.alive || await controlFile(cluster) !== before) {
    await rm(content, { recursive: true, force: true })
    throw new StartError('A Plumbline was started on the data while they were copied. Stop it and begin again.')
  }
  const version = Number.parseInt(await readFile(path.join(cluster, 'PG_VERSION'), 'utf8'), 10)
  return writeManifest(to, newManifest({ product, postgres: version, folders: modes, files: files.sort((a, b) => (a.path < b.path ? -1 : 1)) }))
}

/** PostgreSQL writes this file at every start, checkpoint and stop. */
const controlFile = async (cluster: string): Promise<string> => digest(await readFile(path.join(cluster, 'global', 'pg_control'), 'latin1'))

async function sizeOf(sources: readonly Source[]): Promise<number> {
  let bytes = 0
  for (const { root, files } of sources) for (const f of files) bytes += (await stat(path.join(root, f))).size
  return bytes
}

async function writeManifest(to: string, manifest: Manifest): Promise<Manifest> {
  const text = JSON.stringify(manifest, null, 1)
  await writeFile(path.join(to, `${MANIFEST}.sha256`), `${digest(text)}  ${MANIFEST}\n`, { flag: 'wx', mode: 0o600 })
  const file = await open(path.join(to, MANIFEST), 'wx', 0o600)
  await file.writeFile(text)
  await file.sync().finally(() => file.close())
  await sealFolder(to, 0o700)
  return manifest
}
