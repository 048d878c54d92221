import { randomUUID } from 'node:crypto'
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/**
 * The text of a file that is made once and kept for its owner only. Two processes that start at once agree on one: the file appears whole
 * or not at all, and the first one wins.
 */
export async function keptFile(file: string, make: () => Promise<string> | string): Promise<string> {
  const found = read(file)
  if (found !== null) return found
  const made = await make()
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}.${randomUUID()}`
  writeFileSync(draft, made, { mode: 0o600, flag: 'wx' })
  try {
    linkSync(draft, file)
    return made
  } catch (error) {
    const other = (error as NodeJS.ErrnoException).code === 'EEXIST' ? read(file) : null
    if (other === null) throw error
    return other
  } finally {
    rmSync(draft, { force: true })
  }
}

function read(file: string): string | null {
  try {
    const text = readFileSync(file, 'utf8')
    chmodSync(file, 0o600)
    return text
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
