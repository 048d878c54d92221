import { purgeExpired, retentionPeriods, setRetentionPeriod } from '../database/retention'
import { StartError } from '../database/start-error'
import { commandLine, withFoundation } from './session'
import { table } from './terminal'

/** `plumbline retention`: the periods in force and what was purged by them. The audit log is never purged. */
export async function showRetention(): Promise<void> {
  await withFoundation(async ({ db }) => {
    const periods = await retentionPeriods(db)
    console.log(table(['Register', 'Days', 'Action', 'Purged', 'Last', 'Basis'], periods.map(p => [p.register, String(p.days), p.action, String(p.purged), p.last ?? '', p.basis])))
  })
}

export async function runRetention(): Promise<void> {
  await withFoundation(async ({ db }) => {
    for (const [register, n] of Object.entries(await purgeExpired(db, commandLine()))) console.log(`${register}: ${n} purged`)
  })
}

export async function setRetention(register: string, days: string, o: { basis: string }): Promise<void> {
  if (!/^\d{1,6}$/.test(days) || Number(days) < 1) throw new StartError('The period is a number of days, 1 or more.')
  if (o.basis.trim().length < 4) throw new StartError('--basis must name the rule by which it is kept so long.')
  await withFoundation(async ({ ownerUrl }) => {
    if (!(await setRetentionPeriod(ownerUrl, commandLine(), { register, days: Number(days), basis: o.basis.trim() }))) throw new StartError(`There is no register ${register}. \`plumbline retention\` lists them.`)
    console.log(`${register}: ${days} days from now on.`)
  })
}
