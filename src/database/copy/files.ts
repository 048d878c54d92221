import { createHash } from 'node:crypto'
import { chmod, mkdir, open, readdir, stat, statfs } from 'node:fs/promises'
import path from 'node:path'
import { StartError } from '../start-error'

export interface Owner { uid: number; gid: number }
export interface CopiedFile { bytes: number; sha256: string; mode: number }

/** Files and folders below `root`, in order, with paths relative to it. Links are refused: what they point to would not be copied. */
export async function walk(root: string, leaveOut: (relative: string) => boolean): Promise<{ folders: string[]; files: string[] }> {
  const found = { folders: [] as string[], files: [] as string[] }
  const look = async (below: string): Promise<void> => {
    for (const entry of (await readdir(path.join(root, below), { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const at = below ? `${below}/${entry.name}` : entry.name
      if (leaveOut(at)) continue
      if (entry.isDirectory()) {
        found.folders.push(at)
        await look(at)
      } else if (entry.isFile()) found.files.push(at)
      else throw new StartError(`${path.join(root, at)} is neither a file nor a folder; it cannot be copied.`)
    }
  }
  await look('')
  return found
}

/** Copies one file and its mode; it is on the disk, whole, when this returns. */
export async function copyFile(from: string, to: string, owner: Owner | null): Promise<CopiedFile> {
  const source = await open(from, 'r')
  try {
    const mode = (await source.stat()).mode & 0o777
    const target = await open(to, 'wx', 0o600)
    try {
      const hash = createHash('sha256')
      const buffer = Buffer.allocUnsafe(1024 * 1024)
      let bytes = 0
      for (;;) {
        const { bytesRead } = await source.read(buffer, 0, buffer.length)
        if (!bytesRead) break
        const part = buffer.subarray(0, bytesRead)
        hash.update(part)
        await target.writeFile(part)
        bytes += bytesRead
      }
      if (owner) await target.chown(owner.uid, owner.gid)
      await target.chmod(mode)
      await target.sync()
      return { bytes, sha256: hash.digest('hex'), mode }
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

export const modeOf = async (file: string): Promise<number> => (await stat(file)).mode & 0o777

/** A folder for its owner only until everything is in it. */
export async function makeFolder(at: string, owner: Owner | null): Promise<void> {
  await mkdir(at, { mode: 0o700 })
  if (!owner) return
  const handle = await open(at, 'r')
  await handle.chown(owner.uid, owner.gid).finally(() => handle.close())
}

/** Gives a folder its mode at last, and has the disk note what is in it. */
export async function sealFolder(at: string, mode: number): Promise<void> {
  await chmod(at, mode)
  const handle = await open(at, 'r')
  await handle.sync().finally(() => handle.close())
}

export async function isEmpty(folder: string): Promise<boolean> {
  return (await readdir(folder).catch((e: NodeJS.ErrnoException) => { if (e.code === 'ENOENT') return []; throw e })).length === 0
}

const MARGIN = 1.05
/** Room for so many bytes where `folder` is or will be. */
export async function requireRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize < bytes * MARGIN) throw new StartError(`There is not enough room in ${folder}: ${megabytes(bytes)} MB are needed, ${megabytes(bavail * bsize)} MB are free.`)
}
const megabytes = (bytes: number): number => Math.ceil(bytes / 1_000_000)

/** Several at a time: a disk is told to note each file, and waiting for one after the other would take minutes. */
export async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const rest = [...items].reverse()
  await Promise.all(Array.from({ length: 8 }, async () => {
    for (let item = rest.pop(); item !== undefined; item = rest.pop()) await work(item)
  }))
}
