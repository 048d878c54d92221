import { globalId } from '../core/ids'
import type { Realm, Role } from '../core/actor'
import { ServiceAccountService, SERVICE_ACCOUNT_PREFIX, type IssuedKey } from '../auth'
import { AppError } from '../core/errors'
import type { Database } from '../database/database'
import { StartError } from '../database/start-error'
import { commandLine, withFoundation } from './session'
import { table } from './terminal'

/** `plumbline service-account issue 510821 monthly-report --name 月度报表 --purpose 县统计系统 --expires 2027-06-30`: prints the key, and it alone, on the output. */
export async function issueServiceAccount(unitCode: string, code: string, o: { name: string; purpose: string; role: string; realm: string; expires: string }): Promise<void> {
  await withFoundation(async ({ db }) => {
    const unitId = await unitIdOf(db, unitCode)
    const issued = await told(new ServiceAccountService(db).issue(commandLine(), {
      unitId, code, nameZh: o.name, purpose: o.purpose, role: o.role as Role, realm: o.realm as Realm, keyExpiresOn: o.expires,
    }))
    show(issued, `${code} of ${unitCode} is ${o.role} until ${o.expires}.`)
  })
}

export async function rotateServiceAccountKey(unitCode: string, code: string, o: { expires: string; overlap: string }): Promise<void> {
  const overlapHours = Number(o.overlap)
  if (!Number.isInteger(overlapHours) || overlapHours < 0 || overlapHours > 168) throw new StartError('--overlap must be a whole number of hours from 0 to 168.')
  await withFoundation(async ({ db }) => {
    const id = await accountIdOf(db, unitCode, code)
    const issued = await told(new ServiceAccountService(db).rotateKey(commandLine(), { id, keyExpiresOn: o.expires, overlapHours }))
    show(issued, overlapHours ? `The earlier keys work for ${overlapHours} hours more.` : 'The earlier keys no longer work.')
  })
}

export async function revokeServiceAccount(unitCode: string, code: string): Promise<void> {
  await withFoundation(async ({ db }) => {
    await told(new ServiceAccountService(db).revoke(commandLine(), { id: await accountIdOf(db, unitCode, code) }))
    console.log(`${code} of ${unitCode} is revoked, with all its keys.`)
  })
}

export async function listServiceAccounts(): Promise<void> {
  await withFoundation(async ({ db }) => {
    const rows = await db.rows<{ unit: string; code: string; role: string; state: string; ends: string; used: string }>(`
      SELECT u.code AS unit, a.code, a.role, CASE WHEN a.revoked_at IS NOT NULL THEN 'revoked' WHEN max(k.expires_at) > now() THEN 'works' ELSE 'ended' END AS state,
        coalesce(to_char(max(k.expires_at) AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD'), '') AS ends,
        coalesce(to_char(max(k.last_used_at) AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI'), 'never') AS used
      FROM service_account a JOIN unit u ON u.id = a.unit_id LEFT JOIN service_account_key k ON k.service_account_id = a.id AND k.revoked_at IS NULL
      GROUP BY u.code, a.id ORDER BY u.code, a.code LIMIT 10000`)
    console.log(table(['Unit', 'Account', 'Role', 'State', 'Key ends', 'Last used'], rows.map(r => [r.unit, r.code, r.role, r.state, r.ends, r.used])))
  })
}

/** The key alone on the output, so that a script can take it; the rest is for people. */
function show({ secret }: IssuedKey, sentence: string): void {
  console.error(`${sentence} This key is shown once and kept nowhere:`)
  console.log(secret)
}

/** What is wrong with the values is a sentence, not a stack. */
const told = <T>(work: Promise<T>): Promise<T> => work.catch((error: unknown) => {
  throw error instanceof AppError ? new StartError(error.message) : error
})

async function unitIdOf(db: Database, code: string): Promise<string> {
  const [unit] = await db.rows<{ id: string }>('SELECT id FROM unit WHERE code = $1', [code])
  if (!unit) throw new StartError(`There is no unit with the code ${code}.`)
  return unit.id
}

async function accountIdOf(db: Database, unitCode: string, code: string): Promise<string> {
  const unitId = await unitIdOf(db, unitCode)
  const [account] = await db.rows<{ id: string }>('SELECT id FROM service_account WHERE unit_id = $1 AND code = $2', [unitId, code])
  if (!account) throw new StartError(`${unitCode} has no service account ${code}.`)
  return globalId(SERVICE_ACCOUNT_PREFIX, account.id)
}
