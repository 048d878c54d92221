import { openDatabase } from '../foundation'
import { readConfig } from '../config'
import { migrate, pendingMigrations, revert } from '../database/migrate'

/** `plumbline migrate [--check | --revert]`. Taking back is for when no Plumbline runs: on the embedded database it is refused then. */
export async function migrateCommand(o: { check?: boolean; revert?: boolean }): Promise<void> {
  const { ownerUrl, close } = await openDatabase(readConfig(), { join: !o.revert })
  try {
    if (o.check) await check(ownerUrl)
    else if (o.revert) console.log(`Taken back: ${(await revert(ownerUrl)) ?? 'nothing, no migration has run'}`)
    else {
      const ran = await migrate(ownerUrl)
      console.log(ran.length ? `Ran:\n  ${ran.join('\n  ')}` : 'Up to date.')
    }
  } finally {
    await close()
  }
}

async function check(url: string): Promise<void> {
  const pending = await pendingMigrations(url)
  console.log(pending.length ? `Pending:\n  ${pending.join('\n  ')}` : 'Up to date.')
  if (pending.length) process.exitCode = 1
}
