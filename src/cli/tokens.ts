import { settings } from '../config'
import { demoIdentities } from '../demo/data-files'
import { withFoundation } from './session'
import { table } from './terminal'
import { StartError } from '../database/start-error'

/** `plumbline token wangcang-health-editor`: prints the token and nothing else, so that a script can take it. */
export async function token(identity: string, o: { hours: string }): Promise<void> {
  const hours = Number(o.hours)
  if (!(hours > 0 && hours <= 24 * 30)) throw new StartError('--hours must be a number from 1 to 720.')
  const staffNo = demoIdentities().find(i => i.key === identity)?.staffNo ?? identity
  await withFoundation(async ({ authenticator, config }) => {
    if (!authenticator.canIssue) throw new StartError('In production tokens come from the configured identity provider.')
    const issued = await authenticator.issueToken(staffNo, hours * 3_600).catch((error: unknown) => {
      if ((error as { code?: string }).code !== 'NOT_FOUND') throw error
      throw new StartError(`There is no identity and no staff number ${identity}${config.demo ? '. `plumbline identities` lists the identities; the demo city must have been loaded by a start' : ''}.`)
    })
    console.log(issued)
  })
}

export function listIdentities(): void {
  console.log(table(['Identity', 'Staff number', '身份', 'Who'], demoIdentities().map(i => [i.key, i.staffNo, i.labelZh, i.labelEn])))
}

export function listSettings(): void {
  console.log(table(['Variable', 'Default', 'Meaning'], settings().map(s => [s.name, s.fallback, s.meaning])))
}
