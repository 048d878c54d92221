import { DateTime } from 'luxon'
import { holds, type Realm, type Role } from '../core/actor'
import { today } from '../core/day'
import { AppError, badInput, notFound } from '../core/errors'
import { newId, rowIdOf } from '../core/ids'
import type { Origin } from '../core/request'
import { runCommand } from '../database/command'
import { explainConstraints } from '../database/constraints'
import type { Database } from '../database/database'
import { checkVersion, type StoredRow, type Transaction } from '../database/transaction'
import { serviceAccountEvents } from './auth.events'
import { ADMINISTRATORS, administeredUnit, requireDownwards, type AdministeredUnit } from './delegation'
import { rightsChanged } from './rights'
import { fitsMachines, serviceRef } from './service-account.repository'
import { newServiceKey } from './service-key'

explainConstraints({
  service_account_code_key: { code: 'CONFLICT', rule: 'unique', path: 'code', message: 'The unit already has a service account with this code.' },
  service_account_code_check: { code: 'BAD_INPUT', rule: 'format', path: 'code', message: 'A code has 2 to 63 small letters, digits, points and hyphens.' },
})

export const SERVICE_ACCOUNT_PREFIX = 'svc'
export const SERVICE_KEY_PREFIX = 'svckey'

/** A key ends at the latest after this time: whoever uses it is heard of once a year. */
export const KEY_MAX_DAYS = 366
export const OVERLAP_MAX_HOURS = 168
/** Keys of one account that work at once. */
const MOST_KEYS = 5

interface Command { readonly idempotencyKey?: string | null }
export interface IssueServiceAccountInput extends Command {
  /** Row id: the unit whose subtree the account may see. */
  readonly unitId: string
  readonly code: string
  readonly nameZh: string
  readonly purpose: string
  readonly role: Role
  readonly realm: Realm
  /** First day on which the key no longer works. */
  readonly keyExpiresOn: string
}
export interface RotateServiceAccountKeyInput extends Command {
  readonly id: string
  readonly keyExpiresOn: string
  /** For how long the earlier keys still work, so that tools can be changed over; 0: not a moment longer. */
  readonly overlapHours: number
}
export interface RevokeServiceAccountKeyInput extends Command { readonly id: string }
export interface RevokeServiceAccountInput extends Command { readonly id: string; readonly rowVersion?: number | null }

/** What a command keeps under its idempotency key: never the key of the account itself. */
interface Kept { readonly id: string; readonly keyId: string }
export interface IssuedKey extends Kept {
  /** The key, this one time. Null in a repetition: the first answer told it, and it is kept nowhere. */
  readonly secret: string | null
}

type AccountRow = StoredRow & { unit_id: string; role: Role; revoked_at: string | null }
type KeyRow = StoredRow & { service_account_id: string; expires_at: string; revoked_at: string | null }

/** Accounts of tools: issued, given new keys and revoked by administrators of the unit, downwards only. Every command is audited without the key. */
export class ServiceAccountService {
  constructor(private readonly db: Database) {}

  issue(origin: Origin, input: IssueServiceAccountInput): Promise<IssuedKey> {
    return this.withSecret(origin, 'issueServiceAccount', input, async (tx, key) => {
      if (!fitsMachines(input.role, input.realm)) throw badInput('role', 'machineRole', 'A service account cannot be given this role in this realm.')
      const unit = await administeredUnit(tx, input.unitId)
      const id = tx.insert('service_account', { unit_id: unit.id, code: input.code, name_zh: input.nameZh, purpose: input.purpose, role: input.role, realm: input.realm })
      await this.addKey(tx, { accountId: id, unit, role: input.role, expiresOn: input.keyExpiresOn }, key)
      tx.emit(serviceAccountEvents.issued, { subjectId: id, unitId: unit.id, payload: { role: input.role, realm: input.realm } })
      return id
    })
  }

  rotateKey(origin: Origin, input: RotateServiceAccountKeyInput): Promise<IssuedKey> {
    return this.withSecret(origin, 'rotateServiceAccountKey', input, async (tx, key) => {
      const account = await findAccount(tx, input.id)
      requireLive(account)
      const unit = await administeredUnit(tx, account.unit_id)
      await endKeys(tx, account.id, input.overlapHours)
      await this.addKey(tx, { accountId: account.id, unit, role: account.role, expiresOn: input.keyExpiresOn }, key)
      rightsChanged(tx, serviceRef(account.id))
      tx.emit(serviceAccountEvents.keyRotated, { subjectId: account.id, unitId: unit.id })
      return account.id
    })
  }

  /** One key that was lost or seen; the account and its other keys go on. Answers the row id of the account. */
  revokeKey(origin: Origin, input: RevokeServiceAccountKeyInput): Promise<string> {
    return runCommand(this.db, origin, 'revokeServiceAccountKey', input, async tx => {
      const id = rowIdOf(SERVICE_KEY_PREFIX, input.id)
      const key = id && await tx.row<KeyRow & { path: string }>('SELECT k.*, u.path FROM service_account_key k JOIN unit u ON u.id = k.unit_id WHERE k.id = $1 FOR UPDATE OF k', [id])
      if (!key || !holds(origin.actor, ADMINISTRATORS, key.path)) throw notFound('id')
      if (key.revoked_at !== null) throw revokedAlready('The key was already revoked.', 'keyAlreadyRevoked')
      tx.update('service_account_key', key, { revoked_at: await now(tx) })
      rightsChanged(tx, serviceRef(key.service_account_id))
      return key.service_account_id
    })
  }

  /** The account with all its keys, for good. */
  revoke(origin: Origin, input: RevokeServiceAccountInput): Promise<string> {
    return runCommand(this.db, origin, 'revokeServiceAccount', input, async tx => {
      const account = await findAccount(tx, input.id)
      checkVersion(account, input.rowVersion)
      requireLive(account)
      await endKeys(tx, account.id, 0)
      tx.update('service_account', account, { revoked_at: await now(tx) })
      rightsChanged(tx, serviceRef(account.id))
      tx.emit(serviceAccountEvents.revoked, { subjectId: account.id, unitId: account.unit_id })
      return account.id
    })
  }

  /** Runs a command that makes a key. Whether this run's key is the one that was kept tells a first answer from a repetition. */
  private async withSecret(origin: Origin, command: string, input: Command, work: (tx: Transaction, key: NewKey) => Promise<string>): Promise<IssuedKey> {
    let key = newKey()
    const kept = await runCommand<Kept>(this.db, origin, command, input, async tx => {
      key = newKey()
      return { id: await work(tx, key), keyId: key.id }
    })
    return { ...kept, secret: kept.keyId === key.id ? key.secret : null }
  }

  private async addKey(tx: Transaction, o: { accountId: string; unit: AdministeredUnit; role: Role; expiresOn: string }, key: NewKey): Promise<void> {
    const latest = DateTime.fromISO(today()).plus({ days: KEY_MAX_DAYS }).toISODate()!
    if (o.expiresOn <= today()) throw badInput('keyExpiresOn', 'future', 'The key must end after today.')
    if (o.expiresOn > latest) throw badInput('keyExpiresOn', 'keyMaxDays', `A key ends after at most ${KEY_MAX_DAYS} days.`)
    await requireDownwards(tx, { role: o.role, unit: o.unit, edge: 'TERRITORIAL', validFrom: today(), validTo: o.expiresOn, endPath: 'keyExpiresOn' })
    tx.insert('service_account_key', {
      id: key.id, service_account_id: o.accountId, unit_id: o.unit.id, name: key.name, hash: key.hash,
      expires_at: DateTime.fromISO(o.expiresOn, { zone: 'Asia/Shanghai' }).toUTC().toISO(),
    })
  }
}

type NewKey = ReturnType<typeof newServiceKey> & { readonly id: string }
const newKey = (): NewKey => ({ ...newServiceKey(), id: newId() })

async function findAccount(tx: Transaction, id: string): Promise<AccountRow> {
  const rowId = rowIdOf(SERVICE_ACCOUNT_PREFIX, id)
  const found = rowId && await tx.row<AccountRow & { path: string }>(
    'SELECT a.*, u.path FROM service_account a JOIN unit u ON u.id = a.unit_id WHERE a.id = $1 FOR UPDATE OF a', [rowId])
  if (!found || !holds(tx.origin.actor, ADMINISTRATORS, found.path)) throw notFound('id')
  const { path: _, ...account } = found
  return account as AccountRow
}

function requireLive(account: AccountRow): void {
  if (account.revoked_at !== null) throw revokedAlready('The service account was already revoked.', 'accountAlreadyRevoked')
}

/** Keys that still work end after these hours, or when they would have. */
async function endKeys(tx: Transaction, accountId: string, hours: number): Promise<void> {
  const live = await tx.rows<KeyRow & { cut: string | null; at: string }>(`
    SELECT k.*, least(k.expires_at, now() + make_interval(hours => $2))::text AS cut, now()::text AS at
    FROM service_account_key k WHERE k.service_account_id = $1 AND k.revoked_at IS NULL AND k.expires_at > now() ORDER BY k.id FOR UPDATE`, [accountId, hours])
  if (hours > 0 && live.length >= MOST_KEYS) {
    throw new AppError('PRECONDITION_FAILED', `An account has at most ${MOST_KEYS} keys that work at once.`, { messageKey: 'tooManyKeys', messageValues: { most: MOST_KEYS } })
  }
  for (const { cut, at, ...key } of live) tx.update('service_account_key', key as KeyRow, hours > 0 ? { expires_at: cut } : { revoked_at: at })
}

const now = async (tx: Transaction): Promise<string> => (await tx.row<{ at: string }>('SELECT now()::text AS at'))!.at
const revokedAlready = (message: string, messageKey: string): AppError => new AppError('PRECONDITION_FAILED', message, { messageKey })
