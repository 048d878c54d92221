import { fork } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { releaseMachine } from '../catalog'
import { PROJECT_ROOT } from '../config'
import type { Machine } from '../core/states'
import { MACHINES } from '../domain/machines'
import { pluginMachine } from '../plugin/states'
import { stateDocument } from './state-documents'

/** What stands in schema/, and how each file is made. */
const FILES = { 'core.graphql': 'core', 'full.graphql': 'full', 'catalog.schema.json': 'catalog', 'events.md': 'events' } as const
export type Printed = (typeof FILES)[keyof typeof FILES]

/** The state tables of every folder that has some, as its STATES.md. */
const STATES: Readonly<Record<string, readonly Machine[]>> = {
  ...Object.fromEntries(Object.entries(MACHINES).map(([folder, machines]) => [`domain/${folder}`, machines])), catalog: [releaseMachine], plugin: [pluginMachine],
}

/** `plumbline schema [--check]`. Each schema is built in a process of its own: type-graphql knows one schema a process. */
export async function printSchemas(o: { check?: boolean }): Promise<void> {
  const schemas = await Promise.all(Object.entries(FILES).map(async ([file, what]) => ({ file: path.join(PROJECT_ROOT, 'schema', file), text: await printed(what) })))
  const states = Object.entries(STATES).map(([folder, machines]) => ({ file: path.join(PROJECT_ROOT, 'src', folder, 'STATES.md'), text: stateDocument(folder, machines) }))
  const old = [...schemas, ...states].filter(({ file, text }) => !existsSync(file) || readFileSync(file, 'utf8') !== text)
  if (!old.length) return console.log('schema/ and every STATES.md are up to date.')
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
