import { loadActor } from '../auth'
import type { Origin } from '../core/request'
import type { Database } from '../database/database'
import { demoIdentities } from './data-files'

/** Persons of the demo city by what they are called here, each with the rights that they have at that moment. */
export async function castOf<Part extends string>(db: Database, parts: Readonly<Record<Part, string>>): Promise<Record<Part, Origin>> {
  const staff = new Map(demoIdentities().map(i => [i.key, i.staffNo]))
  const origin = async (key: string): Promise<Origin> => {
    const actor = await loadActor(db, { staffNo: staff.get(key)! })
    if (!actor) throw new Error(`The demo city has no person for ${key}.`)
    return { actor, requestId: 'demo', address: null }
  }
  return Object.fromEntries(await Promise.all(Object.entries<string>(parts).map(async ([part, key]) => [part, await origin(key)]))) as Record<Part, Origin>
}
