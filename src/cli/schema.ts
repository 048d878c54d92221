import { fork } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { PROJECT_ROOT } from '../config'

/** What stands in schema/, and how each file is made. */
const FILES = { 'core.graphql': 'core', 'full.graphql': 'full', 'catalog.schema.json': 'catalog' } as const
export type Printed = (typeof FILES)[keyof typeof FILES]

/** `plumbline schema [--check]`. Each schema is built in a process of its own: type-graphql knows one schema a process. */
export async function printSchemas(o: { check?: boolean }): Promise<void> {
  const texts = await Promise.all(Object.entries(FILES).map(async ([file, what]) => ({ file: path.join(PROJECT_ROOT, 'schema', file), text: await printed(what) })))
  const old = texts.filter(({ file, text }) => !existsSync(file) || readFileSync(file, 'utf8') !== text)
  if (!old.length) return console.log('schema/ is up to date.')
  for (const { file, text } of old) {
    console.log(`${path.relative(PROJECT_ROOT, file)} ${o.check ? `is out of date${firstDifference(file, text)}` : 'written.'}`)
    if (!o.check) writeFileSync(file, text)
  }
  if (o.check) {
    console.log('Run `npm run schema` and look at the difference: it is what clients will see.')
    process.exitCode = 1
  }
}

function firstDifference(file: string, text: string): string {
  if (!existsSync(file)) return ': it is not there.'
  const [before, now] = [readFileSync(file, 'utf8').split('\n'), text.split('\n')]
  const at = now.findIndex((line, i) => line !== before[i])
  return `, first in line ${at + 1}:\n  - ${before[at] ?? ''}\n  + ${now[at] ?? ''}`
}

export function printed(what: Printed): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = fork(path.join(__dirname, `print-schema${path.extname(__filename)}`), [what], { execArgv: process.execArgv, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
    let text = ''
    child.stdout!.setEncoding('utf8').on('data', (part: string) => { text += part })
    child.on('error', reject)
    child.on('close', code => { if (code === 0) resolve(text); else reject(new Error(`Printing the ${what} schema ended with ${code}.`)) })
  })
}
