import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

/** The three kinds of users that the product serves; a folder of examples each. */
export const AUDIENCES = ['front-end', 'sector', 'reporting'] as const
export type Audience = (typeof AUDIENCES)[number]

export interface Example {
  /** `front-end/01-unit-page`. */
  readonly key: string
  readonly audience: Audience
  readonly title: { readonly zh: string; readonly en: string }
  readonly about: { readonly zh: string; readonly en: string }
  /** Demo identity that the example is meant for. */
  readonly identity: string
  /** Plugins whose fields it asks for: offered only while they run. */
  readonly plugins: readonly string[]
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
}

/** What an example's file says in comments above its query. */
const header = z.strictObject({
  'title.zh': z.string().min(1), 'title.en': z.string().min(1), 'about.zh': z.string().min(1), 'about.en': z.string().min(1), identity: z.string().min(1),
  plugins: z.string().default('').transform(text => text.split(/[\s,]+/).filter(Boolean)),
  variables: z.string().default('{}').transform(text => z.record(z.string(), z.unknown()).parse(JSON.parse(text))),
})

/** Reads every example. A file that does not say what it must stops the start. */
export function readExamples(folder: string): Example[] {
  return AUDIENCES.flatMap(audience => readdirSync(path.join(folder, audience)).filter(f => f.endsWith('.graphql')).sort().map(file =>
    parseExample(`${audience}/${file.slice(0, -'.graphql'.length)}`, audience, readFileSync(path.join(folder, audience, file), 'utf8'))))
}

function parseExample(key: string, audience: Audience, text: string): Example {
  const lines = text.split('\n')
  const end = lines.findIndex(line => !line.startsWith('#'))
  const said = Object.fromEntries(lines.slice(0, end).map(line => {
    const [, name = '', value = ''] = /^# ([\w.]+): (.+)$/.exec(line) ?? []
    return [name, value]
  }))
  const read = header.safeParse(said)
  if (!read.success) throw new Error(`The example ${key}: ${z.prettifyError(read.error)}`)
  const h = read.data
  return {
    key, audience, title: { zh: h['title.zh'], en: h['title.en'] }, about: { zh: h['about.zh'], en: h['about.en'] },
    identity: h.identity, plugins: h.plugins, variables: h.variables, query: lines.slice(end).join('\n').trim() + '\n',
  }
}
