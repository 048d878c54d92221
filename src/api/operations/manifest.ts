import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

/** An operation as a team hands it in. */
export interface HandedIn {
  /** Where it stands, for people. */
  readonly place: string
  readonly body: string
  /** What the manifest says of it; a file of its own says nothing beside its text. */
  readonly stated?: { readonly id: string; readonly name: string; readonly type: string }
}

export class ManifestError extends Error {
  override readonly name = 'ManifestError'
}

/** Operations handed in at once, and bytes of what they stand in. */
const OPERATIONS_MAX = 2_000
const BYTES_MAX = 20_000_000

/** The manifest that Apollo's tools write; other members than these are left alone. */
const manifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string(), name: z.string(), type: z.string(), body: z.string().min(1) })).min(1).max(OPERATIONS_MAX),
})

export const hashOfText = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Reads a manifest, or a folder of `.graphql` files with one document each, whose text is the operation's to the letter. */
export function readHandedIn(from: string): HandedIn[] {
  const is = statSync(from, { throwIfNoEntry: false })
  if (!is) throw new ManifestError(`There is no file or folder ${from}.`)
  return is.isDirectory() ? fromFolder(from) : from.endsWith('.json') ? fromManifest(from) : [{ place: path.basename(from), body: textOf(from) }]
}

function fromFolder(folder: string): HandedIn[] {
  const files = readdirSync(folder).filter(name => /\.(graphql|gql)$/.test(name)).sort()
  if (!files.length) throw new ManifestError(`${folder} holds no .graphql file.`)
  if (files.length > OPERATIONS_MAX) throw new ManifestError(`${folder} holds more than ${OPERATIONS_MAX} files.`)
  return files.map(name => ({ place: name, body: textOf(path.join(folder, name)) }))
}

function fromManifest(file: string): HandedIn[] {
  let content: unknown
  try {
    content = JSON.parse(textOf(file))
  } catch (cause) {
    throw cause instanceof ManifestError ? cause : new ManifestError(`${file} is not JSON.`, { cause })
  }
  const read = manifest.safeParse(content)
  if (!read.success) throw new ManifestError(`${file} is not a persisted query manifest:\n${read.error.issues.slice(0, 20).map(i => `  ${i.path.join('.') || '(whole)'}: ${i.message}`).join('\n')}`)
  return read.data.operations.map(({ id, name, type, body }, i) => ({ place: `operations.${i} ${name}`, body, stated: { id, name, type } }))
}

function textOf(file: string): string {
  if (statSync(file).size > BYTES_MAX) throw new ManifestError(`${file} is larger than ${BYTES_MAX} bytes.`)
  return readFileSync(file, 'utf8')
}
