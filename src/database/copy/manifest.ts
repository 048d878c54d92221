import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { StartError } from '../start-error'

const FORMAT = 1
export const MANIFEST = 'manifest.json'
/** The folder of a backup that holds the files. */
export const CONTENT = 'data'

/** A place inside the backup: forward, never upwards or from the root. */
const inside = z.string().min(1).refine(p => !path.isAbsolute(p) && !p.includes('\\') && !p.split('/').some(part => part === '' || part === '.' || part === '..'), 'leads out of the backup')

const manifestShape = z.object({
  format: z.literal(FORMAT),
  product: z.string(), postgres: z.number().int(), createdAt: z.string(),
  folders: z.array(z.object({ path: inside, mode: z.number().int() })),
  files: z.array(z.object({ path: inside, mode: z.number().int(), bytes: z.number().int(), sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
})
/** What a backup holds: written last, so that a backup without it is none. */
export type Manifest = z.output<typeof manifestShape>

export const newManifest = (of: Pick<Manifest, 'product' | 'postgres' | 'folders' | 'files'>): Manifest => ({ format: FORMAT, createdAt: new Date().toISOString(), ...of })

export const bytesOf = (manifest: Pick<Manifest, 'files'>): number => manifest.files.reduce((sum, f) => sum + f.bytes, 0)

export const digest = (text: string): string => createHash('sha256').update(text).digest('hex')

export async function readManifest(backup: string): Promise<Manifest> {
  const file = path.join(backup, MANIFEST)
  const text = await readFile(file, 'utf8').catch((cause: Error) => { throw new StartError(`${backup} is no complete backup: ${MANIFEST} cannot be read.`, { cause }) })
  const noted = await readFile(`${file}.sha256`, 'utf8').catch(() => '')
  if (noted.split(' ')[0] !== digest(text)) throw new StartError(`${backup} was changed: ${MANIFEST} is not the one that ${MANIFEST}.sha256 was made for.`)
  const read = manifestShape.safeParse(JSON.parse(text))
  if (!read.success) throw new StartError(`${file} is not a list that this version of Plumbline can read: ${read.error.issues[0]!.path.join('.')} ${read.error.issues[0]!.message}.`)
  return read.data
}
