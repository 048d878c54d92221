import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { StartError } from '../start-error'

/** Lies in the data directory while it is being copied. */
export const LOCK = 'copying.pid'

/** Refuses while a backup reads this directory. What a killed one left is taken away. */
export function requireNotCopied(directory: string): void {
  const file = path.join(directory, LOCK)
  const pid = holderOf(file)
  if (pid === null) return
  if (isAlive(pid)) throw new StartError(`The data in ${directory} are being copied by process ${pid}. Wait until it is done; if there is no such backup, remove ${file}.`)
  rmSync(file, { force: true })
}

/** Keeps others from starting on the directory until the returned function is called. */
export function lockForCopy(directory: string): () => void {
  requireNotCopied(directory)
  const file = path.join(directory, LOCK)
  try {
    writeFileSync(file, `${process.pid}\n`, { flag: 'wx', mode: 0o644 })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') throw new StartError(`Another backup of ${directory} began at the same moment.`, { cause })
    throw cause
  }
  return () => rmSync(file, { force: true })
}

function holderOf(file: string): number | null {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
