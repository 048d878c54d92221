import { systemActor } from '../core/actor'
import { transit } from '../core/states'
import { runCommand } from '../database/command'
import type { Database } from '../database/database'
import { newId } from '../core/ids'
import { canonical } from '../database/content-hash'
import { json, type Json, type Transaction, type Values } from '../database/transaction'
import { count } from './descriptor'
import type { Outcome } from './outcome'
import { allPlugins, leftoversOf, lockPlugins, type Leftover, type PluginRow } from './plugin.repository'
import { reasonOf } from './problem'
import { pluginMachine, type PluginCommand, type PluginState } from './states'

const ORIGIN = { actor: systemActor('plugin-host'), requestId: 'start', address: null }
const COMMAND: Record<Outcome['state'], PluginCommand> = { ENABLED: 'enable', DISABLED: 'disable', QUARANTINED: 'quarantine' }

/** Writes down what became of every plugin, including those whose code is gone (DETACHED). Nothing different, nothing written. */
export async function recordOutcomes(db: Database, outcomes: readonly Outcome[]): Promise<PluginRow[]> {
  const known = await allPlugins(db)
  const idle = [...known.map(k => k.code), ...outcomes.map(o => o.name)].filter(code => outcomes.find(o => o.name === code)?.state !== 'ENABLED')
  const leftovers = new Map<string, Leftover[]>()
  for (const code of new Set(idle)) leftovers.set(code, await leftoversOf(db, code))
  await runCommand(db, ORIGIN, 'startPlugins', {}, async tx => {
    const rows = await lockPlugins(tx)
    for (const outcome of outcomes) record(tx, rows.find(r => r.code === outcome.name) ?? null, outcome, leftovers.get(outcome.name) ?? [])
    for (const row of rows) if (!outcomes.some(o => o.name === row.code)) detach(tx, row, leftovers.get(row.code) ?? [])
  })
  return allPlugins(db)
}

function next(state: PluginState, command: PluginCommand): PluginState {
  // A state is entered once: a second ENABLED in a row is no transition.
  return pluginMachine.commands[command].to === state ? state : transit(pluginMachine, command, { state }, { actor: ORIGIN.actor, path: '/' })
}

function record(tx: Transaction, row: PluginRow | null, o: Outcome, leftovers: Leftover[]): void {
  const state = next(row?.state ?? pluginMachine.initial, COMMAND[o.state])
  const found: Values = {
    ...(o.manifest ? { title_zh: o.manifest.title.zh, title_en: o.manifest.title.en, version: o.manifest.version, core_range: o.manifest.core, tier: o.manifest.tier } : {}),
    source: o.found.source, state, phase: o.failure?.phase ?? null, reason: o.failure ? reasonOf(o.failure) : null,
    problems: stable(row?.problems, (o.failure?.problems ?? []).slice(0, 200)), leftovers: stable(row?.leftovers, leftovers),
    // The schema of a plugin that runs is its last good one; that of one that does not run stays what it was.
    ...(o.state === 'ENABLED' && o.descriptor ? provides(o, row) : {}),
    ...(row?.state === state ? {} : { since: new Date().toISOString() }),
  }
  if (row) tx.update('plugin', row, found)
  else tx.insert('plugin', { id: newId(), code: o.name, title_zh: o.name, title_en: o.name, version: '0.0.0', core_range: '*', tier: 0, ...found })
}

/** PostgreSQL keeps the keys of an object in its own order: equal content is left as it was, so that nothing is written. */
const stable = (before: unknown, now: unknown): Json => json(before !== undefined && canonical(before) === canonical(now) ? before : now)

function provides(o: Outcome, row: PluginRow | null): Values {
  const d = o.descriptor!
  return {
    types_count: count(d, 'TYPE'), fields_count: count(d, 'FIELD'), queries_count: count(d, 'QUERY'), mutations_count: count(d, 'MUTATION'),
    tables_count: count(d, 'TABLE'), routes_count: count(d, 'ROUTE'), items_count: d.catalog?.items ?? 0, indicators_count: d.catalog?.indicators ?? 0,
    claims: stable(row?.claims, d.claims), sdl: d.sdl, catalog_version: d.catalog?.version ?? null,
  }
}

function detach(tx: Transaction, row: PluginRow, leftovers: Leftover[]): void {
  if (row.state === 'PURGED') return
  const state = next(row.state, 'detach')
  tx.update('plugin', row, {
    state, phase: null, reason: 'Its code was not found. Its data is kept.', problems: stable(row.problems, []), leftovers: stable(row.leftovers, leftovers),
    ...(row.state === state ? {} : { since: new Date().toISOString() }),
  })
}
