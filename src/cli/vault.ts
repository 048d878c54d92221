import { CLOSED_REALMS } from '../core/actor'
import { Database } from '../database/database'
import { StartError } from '../database/start-error'
import { DiskEvidenceStore, sealOldEvidence } from '../domain/evidence'
import { keyStatus, loadKeyEncryptionKeys, rewrapKeys, rotateDataKeys, Vault } from '../vault'
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

/** `plumbline vault seal-evidence`: what was SENSITIVE before there was a vault. Beside running servers; run again, it finds nothing. */
export async function sealEvidence(): Promise<void> {
  await withFoundation(async ({ config, ownerUrl }) => {
    const owner = new Database(ownerUrl, { readConnections: 1, writeConnections: 1 })
    try {
      await Vault.open(owner, await loadKeyEncryptionKeys({ ...config.vault, production: config.production, dataDirectory: config.dataDirectory }))
      const { sealed, left } = await sealOldEvidence(owner, commandLine(), await DiskEvidenceStore.open(config.evidence.directory))
      console.log(`${sealed} pieces of sensitive evidence sealed.`)
      if (left.length) throw new StartError(`Not sealed, for the file or the plugin of the subject is not there: ${left.join(', ')}`)
    } finally {
      await owner.close()
    }
  })
}
