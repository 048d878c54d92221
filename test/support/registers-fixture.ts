import type { Actor, Role } from '../../src/core/actor'
import { globalId } from '../../src/core/ids'
import type { Origin } from '../../src/core/request'
import { systemActor } from '../../src/core/actor'
import { actorOf } from '../../src/auth/actor.repository'
import { newId } from '../../src/core/ids'
import { runCommand } from '../../src/database/command'
import type { Database } from '../../src/database/database'

/** Two bureaus in two counties under one city, each with two posts: the smallest world in which scope can be got wrong. */
export interface World {
  bureau: TestUnit
  neighbour: TestUnit
  city: TestUnit
}
export interface TestUnit {
  id: string
  path: string
  /** Global ids of its two posts. */
  positions: [string, string]
}

export async function registersWorld(db: Database): Promise<World> {
  return runCommand(db, originOf(systemActor('test')), 'test', {}, async tx => {
    const unit = (code: string, parent: TestUnit | null): TestUnit => {
      const path = `${parent?.path ?? '/'}${code}/`
      const id = tx.insert('unit', {
        code, name_zh: `单位${code}`, name_pinyin: 'dan wei', name_initials: 'dw', kind: 'GOVERNMENT_DEPARTMENT', division_code: code.slice(0, 6),
        parent_id: parent?.id ?? null, path, depth: path.split('/').length - 2, valid_from: '2020-01-01',
      })
      const positions = ['head', 'clerk'].map(p => globalId('pos', tx.insert('position', { unit_id: id, code: p, name_zh: p, power_bearing: true }))) as [string, string]
      return { id, path, positions }
    }
    const city = unit('510800', null)
    const county = unit('510821', city)
    const other = unit('510824', city)
    const world = { city, bureau: unit('510821-HEALTH', county), neighbour: unit('510824-HEALTH', other) }
    // Rows are ordered by their writes: units exist before their posts.
    await tx.flush()
    return world
  })
}

export const originOf = (actor: Actor): Origin => ({ actor, requestId: 'test', address: null })

/** A person of the test with these roles over the unit's subtree. */
export const personWith = (roles: readonly Role[], unit: { path: string }): Origin => originOf(actorOf(newId(), roles.map(role => ({ role, path: unit.path }))))
