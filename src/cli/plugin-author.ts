import { randomBytes } from 'node:crypto'
import path from 'node:path'
import pg from 'pg'
import { pluginTrial } from '../app'
import { openDatabase } from '../foundation'
import { StartError } from '../database/start-error'
import { PROJECT_ROOT, readConfig } from '../config'
import { migrate } from '../database/migrate'
import { checkPlugin } from '../plugin/kit'
import { nameProblem, scaffold } from '../plugin/scaffold'
import type { Tier } from '../sdk/manifest'

const FOLDER = path.join(PROJECT_ROOT, 'plugins')

/** `plumbline new plugin NAME`: a plugin that passes `plumbline check plugin NAME` as it is. */
export function newPlugin(name: string, o: { tier: string; titleZh?: string; titleEn?: string }): void {
  const problem = nameProblem(name, FOLDER)
  if (problem) throw new StartError(problem)
  if (!['0', '1', '2'].includes(o.tier)) throw new StartError('--tier is 0 (content), 1 (content with indicators) or 2 (code).')
  const words = name.split('-').join(' ')
  const files = scaffold({ folder: FOLDER, name, tier: Number(o.tier) as Tier, titleZh: o.titleZh ?? name, titleEn: o.titleEn ?? words[0]!.toUpperCase() + words.slice(1) })
  console.log(`plugins/${name}:\n${files.sort().map(f => `  ${f}`).join('\n')}\n\nCheck it with \`npm run check:plugin ${name}\`; it loads at the next start. How plugins work: plugins/README.md.`)
}

/** `plumbline check plugin NAME`: the contract kit, on a database of its own that is dropped afterwards. Ends with 1 when anything is wrong. */
export async function checkPluginCommand(name: string): Promise<void> {
  const config = readConfig()
  const { ownerUrl, close } = await openDatabase(config, { join: true })
  try {
    const checks = await onScratch(ownerUrl, scratchUrl => checkPlugin(name, { ...pluginTrial(config), scratchUrl }))
    for (const { name: what, problems } of checks) {
      console.log(`${problems.length ? '✗' : '✓'} ${what}`)
      for (const p of problems) console.log(`    ${p.code}: ${p.message}${p.file && !p.message.includes(p.file) ? ` (${p.file})` : ''}`)
    }
    if (checks.some(c => c.problems.length)) process.exitCode = 1
  } finally {
    await close()
  }
}

async function onScratch<T>(ownerUrl: string, work: (url: string) => Promise<T>): Promise<T> {
  const database = `plumbline_check_${randomBytes(5).toString('hex')}`
  const admin = new pg.Client({ connectionString: ownerUrl })
  await admin.connect()
  try {
    await admin.query(`CREATE DATABASE ${database} TEMPLATE template0`)
    const url = new URL(ownerUrl)
    url.pathname = `/${database}`
    await migrate(url.toString())
    return await work(url.toString())
  } finally {
    await admin.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`)
    await admin.end()
  }
}
