import { AppError, badInput, notFound } from '../core/errors'
import { rowIdOf } from '../core/ids'
import type { Origin } from '../core/request'
import { runCommand } from '../database/command'
import type { Database } from '../database/database'
import { locateUnit } from '../database/locate'
import type { Transaction } from '../database/transaction'
import { CodeList } from '../domain/code-list'
import { belongsTo } from '../domain/indicator'
import { mayDraft, supervises } from '../domain/responsibility'
import { Adoption, type Added } from './adoption'
import { adoptingUnit, claimAdoption, supervisorsOf, type AdoptingUnit } from './adoption.repository'
import type { AdoptCatalogInput } from './catalog.inputs'
import { itemsOfRelease, releaseById, releaseInUse, type ReleaseRow } from './catalog.repository'

export type SkipReason = 'NOT_YOURS' | 'NO_SUPERVISOR' | 'POWERS_NOT_ADOPTED'
export interface Adopted {
  unitId: string
  releaseId: string
  audience: string
  added: Added
  alreadyAdopted: number
  skipped: { part: 'UNIT' | 'FOCUSES'; count: number; reason: SkipReason }[]
  listIds: string[]
}

/**
 * Adopts a catalog: what is the unit's (posts, powers, flows, risk points, controls, duties) with an editor of the unit, focuses with an editor of
 * the body that supervises it. Whoever is only one of them adopts that part.
 */
export class AdoptionService {
  constructor(private readonly db: Database) {}

  adopt(origin: Origin, input: AdoptCatalogInput): Promise<Adopted> {
    return runCommand(this.db, origin, 'adoptCatalog', input, async tx => {
      const { id } = await locateUnit(tx, input.unitId, 'unitId')
      await claimAdoption(tx, id)
      const unit = await adoptingUnit(tx, id)
      const release = await releaseOf(tx, input)
      const audience = audienceOf(release, unit, input.audience)
      const items = (await itemsOfRelease(tx, release.id)).filter(i => i.retired_in === null && (!i.audience_codes.length || i.audience_codes.includes(audience.code)))
      const editor = mayDraft(tx, unit.path)
      const supervisor = await supervisorOf(tx, unit, input.supervisorUnitId)
      if (!editor && !supervisor?.mine) throw forbidden()
      const adoption = new Adoption(tx, unit, release, items, input.year)
      await adoption.lookUp()
      if (editor) {
        await adoption.registers(audience.sectorCodes.find(s => unit.sector_codes.includes(s)) ?? null)
        await adoption.duties()
      }
      const waiting = supervisor?.mine ? await adoption.focuses(supervisor) : 0
      adoption.finish()
      const skipped: Adopted['skipped'] = []
      if (!editor) skipped.push({ part: 'UNIT', count: items.filter(i => !['FOCUS', 'POSITION', 'INDICATOR'].includes(i.kind) && !(i.kind in CodeList)).length, reason: 'NOT_YOURS' })
      const focuses = items.filter(i => i.kind === 'FOCUS').length
      if (focuses && !supervisor) skipped.push({ part: 'FOCUSES', count: focuses, reason: 'NO_SUPERVISOR' })
      else if (focuses && !supervisor!.mine) skipped.push({ part: 'FOCUSES', count: focuses, reason: 'NOT_YOURS' })
      else if (waiting) skipped.push({ part: 'FOCUSES', count: waiting, reason: 'POWERS_NOT_ADOPTED' })
      return { unitId: unit.id, releaseId: release.id, audience: audience.code, added: adoption.added, alreadyAdopted: adoption.alreadyAdopted, skipped, listIds: adoption.lists }
    })
  }
}

async function releaseOf(tx: Transaction, input: AdoptCatalogInput): Promise<ReleaseRow> {
  if ((input.releaseId == null) === (input.pluginCode == null)) throw badInput('pluginCode', 'one-of', 'Name the plugin or a release, one of the two.')
  if (input.pluginCode != null) return await releaseInUse(tx, input.pluginCode) ?? absent('pluginCode')
  const id = rowIdOf('crel', input.releaseId)
  return (id === null ? null : await releaseById(tx, id)) ?? absent('releaseId')
}

function absent(path: string): never {
  throw notFound(path)
}

function audienceOf(release: ReleaseRow, unit: AdoptingUnit, wanted: string | null | undefined): ReleaseRow['audiences'][number] {
  const fitting = release.audiences.filter(a => belongsTo(a, unit))
  if (wanted != null) {
    if (!release.audiences.some(a => a.code === wanted)) throw badInput('audience', 'known', `The catalog has no audience ${wanted}.`)
    return fitting.find(a => a.code === wanted) ?? unfit(`This unit does not belong to the audience ${wanted}: its kind, sector or level is another.`)
  }
  if (fitting.length > 1) throw badInput('audience', 'required', `The unit belongs to several audiences; name one of ${fitting.map(a => a.code).join(', ')}.`)
  return fitting[0] ?? unfit(`The catalog is not written for this unit. It is for: ${release.audiences.map(a => a.code).join(', ')}.`)
}

function unfit(message: string): never {
  throw badInput('unitId', 'audience', message)
}

/** The body whose list the focuses go to: the one named, or the first in force of which the actor is an editor. Null: nobody supervises the unit. */
async function supervisorOf(tx: Transaction, unit: AdoptingUnit, named: string | null | undefined): Promise<{ id: string; path: string; mine: boolean } | null> {
  if (named != null) {
    const body = await locateUnit(tx, named, 'supervisorUnitId')
    if (!(await supervises(tx, body.id, unit.id))) throw badInput('supervisorUnitId', 'supervises', 'This body does not supervise the unit.')
    return { id: body.id, path: body.path, mine: mayDraft(tx, body.path) }
  }
  const bodies = (await supervisorsOf(tx, unit.id)).map(b => ({ ...b, mine: mayDraft(tx, b.path) }))
  return bodies.find(b => b.mine) ?? bodies[0] ?? null
}

const forbidden = (): AppError => new AppError('FORBIDDEN', 'adoptCatalog needs the role UNIT_EDITOR on this unit or on the body that supervises it.', {
  messageKey: 'roleMissing', messageValues: { command: 'adoptCatalog', roles: 'UNIT_EDITOR' },
})
