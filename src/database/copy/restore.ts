import { existsSync } from 'node:fs'
import { mkdir, rename, rm, rmdir } from 'node:fs/promises'
import path from 'node:path'
import { nativeMajor, serverUser } from '../native'
import { StartError } from '../start-error'
import type { DataPlaces } from './backup'
import { copyFile, eachOf, isEmpty, makeFolder, requireRoom, sealFolder, type Owner } from './files'
import { bytesOf, CONTENT, readManifest, type Manifest } from './manifest'

/**
 * Puts a backup back where no data are yet. Every file is checked against the manifest on its way; nothing stands at its final place
 * before all of them are there and right.
 */
export async function restore(from: string, { directory, evidence }: DataPlaces): Promise<Manifest> {
  const manifest = await readManifest(from)
  if (manifest.postgres !== nativeMajor()) {
    throw new StartError(`The backup is of PostgreSQL ${manifest.postgres}; this Plumbline has PostgreSQL ${nativeMajor()} and cannot read it. Restore it with Plumbline ${manifest.product}.`)
  }
  for (const place of [directory, evidence]) {
    if (!(await isEmpty(place))) throw new StartError(`${place} is not empty. A backup is restored to where no data are yet: move these away, or set PLUMBLINE_DATA_DIR.`)
  }
  const targets = [new Target(directory, ''), ...(path.resolve(evidence) === path.join(path.resolve(directory), 'evidence') ? [] : [new Target(evidence, 'evidence/')])]
  try {
    for (const target of targets) await target.begin()
    await requireRoom(targets[0]!.half, bytesOf(manifest))
    await copyIn(path.join(from, CONTENT), targets, manifest)
    for (const target of targets) await target.finish()
    return manifest
  } finally {
    for (const target of targets) await rm(target.half, { recursive: true, force: true })
  }
}

/** A folder that is filled beside its final place and renamed. `under`: what of the backup belongs in it. */
class Target {
  readonly half: string

  constructor(private readonly place: string, readonly under: string) {
    this.half = `${path.resolve(place)}.restoring-${process.pid}`
  }

  async begin(): Promise<void> {
    await mkdir(path.dirname(this.half), { recursive: true })
    await mkdir(this.half, { mode: 0o700 })
  }

  async finish(): Promise<void> {
    // Where root gave the cluster to another user, that user must be able to get to it.
    await sealFolder(this.half, process.getuid?.() === 0 && this.under === '' ? 0o711 : 0o700)
    if (existsSync(this.place)) await rmdir(this.place)
    await rename(this.half, this.place)
  }
}

async function copyIn(content: string, targets: readonly Target[], manifest: Manifest): Promise<void> {
  const user = serverUser(path.join(targets[0]!.half, 'postgres'))
  // Root keeps what is beside the cluster; the cluster belongs to the user that PostgreSQL runs as.
  const ownerOf = (at: string): Owner | null => (user && /^postgres(\/|$)/.test(at) ? user : null)
  const placeOf = (at: string): string => {
    const target = targets.findLast(t => at.startsWith(t.under))!
    return path.join(target.half, at.slice(target.under.length))
  }
  const folders = manifest.folders.filter(f => !targets.some(t => t.under === `${f.path}/`))
  for (const { path: at } of folders) await makeFolder(placeOf(at), ownerOf(at))
  await eachOf(manifest.files, async ({ path: at, sha256, bytes }) => {
    const copied = await copyFile(path.join(content, at), placeOf(at), ownerOf(at)).catch((cause: NodeJS.ErrnoException) => {
      if (cause.path?.startsWith(content)) throw new StartError(`The backup is damaged: ${at} cannot be read. Nothing was restored.`, { cause })
      throw cause
    })
    if (copied.bytes !== bytes || copied.sha256 !== sha256) throw new StartError(`The backup is damaged: ${at} is not what was backed up. Nothing was restored.`)
  })
  for (const { path: at, mode } of [...folders].reverse()) await sealFolder(placeOf(at), mode)
}
