import { CLOSED_REALMS } from '../core/actor'
import { keyStatus, rewrapKeys, rotateDataKeys } from '../vault'
import { commandLine, withFoundation } from './session'
import { table } from './terminal'

/** `plumbline vault status`: no value is opened for it. */
export async function vaultStatus(): Promise<void> {
  await withFoundation(async ({ db }) => {
    const keys = await keyStatus(db, CLOSED_REALMS)
    const rows = keys.map(k => [k.realm, k.purpose, String(k.generation), k.algorithm, k.wrapped_by, k.created_at, k.purpose === 'DATA' ? String(k.values) : ''])
    console.log(rows.length ? table(['Realm', 'Purpose', 'Generation', 'Algorithm', 'Wrapped by', 'Made', 'Values'], rows) : 'Nothing was sealed yet.')
  })
}

/** `plumbline vault rotate [--data-keys]`: beside running servers, which go on reading and sealing meanwhile. */
export async function rotateVault(o: { dataKeys?: boolean }): Promise<void> {
  await withFoundation(async ({ db }) => {
    console.log(`Data keys wrapped anew: ${await rewrapKeys(db, commandLine())}`)
    if (!o.dataKeys) return
    const rotated = await rotateDataKeys(db, commandLine())
    for (const r of rotated) console.log(`${r.realm}: ${r.values} values sealed anew under generation ${r.generation}; ${r.dropped} former keys destroyed`)
    if (!rotated.length) console.log('Nothing was sealed yet.')
  })
}
