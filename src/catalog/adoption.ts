import { newId } from '../core/ids'
import type { Transaction, Values } from '../database/transaction'
import { draftForContent, putItems, showPowers, type NewItem } from '../domain/responsibility'
import type { ItemKind } from '../sdk/catalog-shape'
import { adoptions, positionsByCode, stepsOf, type AdoptingUnit } from './adoption.repository'
import type { ItemRow, ReleaseRow } from './catalog.repository'
import { localCode, slugOf } from './codes'
import { fieldHashes } from './field-hashes'

export interface Added { positions: number; powers: number; flows: number; flowSteps: number; riskPoints: number; controls: number; dutyItems: number; focuses: number }
export interface Step { seq: number; nameZh: string; nameEn: string; kind: string; position?: string; timeLimitWorkingDays?: number; collectiveDecision: boolean }

const LOCAL: Readonly<Partial<Record<ItemKind, string>>> = { POSITION: 'Position', POWER: 'Power', FLOW: 'OperatingFlow', RISK: 'RiskPoint', CONTROL: 'Control', DUTY: 'DutyItem', FOCUS: 'DutyItem' }

/**
 * Copies items of one release into the registers of one unit, in one transaction and with one statement a table. What was adopted before,
 * from this or another release, is left as it is; new items find their parents among the copies.
 */
export class Adoption {
  readonly added: Added = { positions: 0, powers: 0, flows: 0, flowSteps: 0, riskPoints: 0, controls: 0, dutyItems: 0, focuses: 0 }
  readonly lists: string[] = []
  alreadyAdopted = 0
  /** Row ids of the unit's copies, by permanent code. */
  private readonly local = new Map<string, string>()
  private readonly withdrawn = new Map<string, { id: string; row_version: number }>()
  private readonly ledger: Values[] = []

  constructor(private readonly tx: Transaction, private readonly unit: AdoptingUnit, private readonly release: ReleaseRow, private readonly items: readonly ItemRow[], private readonly year: number) {}

  async lookUp(): Promise<void> {
    for (const row of await adoptions(this.tx, this.unit.id, this.items.map(i => i.code), this.year)) {
      if (row.withdrawn) this.withdrawn.set(row.item_code, row)
      else this.local.set(row.item_code, row.local_id)
    }
    this.alreadyAdopted = this.items.filter(i => this.local.has(i.code) && i.kind !== 'POSITION').length
  }

  /** Posts, powers with their flows, risk points with their controls; and the powers on the unit's power-risk-control list of the year. */
  async registers(sectorCode: string | null): Promise<void> {
    const fresh = this.fresh('POWER', 'FLOW', 'RISK', 'CONTROL')
    await this.positions(fresh)
    const powers = fresh.filter(i => i.kind === 'POWER')
    this.insert('power', powers, i => ({
      name_zh: i.payload['nameZh'], name_en: i.payload['nameEn'], description_zh: i.payload['descriptionZh'] ?? null, category: i.payload['category'], significance: i.payload['significance'],
      legal_basis: i.legal_basis,
    }), i => ({ code: this.code(i), sector_code: sectorCode, state: 'PROPOSED' }))
    this.tx.linkMany('power_position', powers.flatMap(i => (i.payload['positions'] as string[]).map(p => ({ power_id: this.local.get(i.code)!, position_id: this.local.get(p)!, unit_id: this.unit.id }))))
    const steps = this.flows(fresh.filter(i => i.kind === 'FLOW'))
    await this.risks(fresh.filter(i => i.kind === 'RISK'), steps)
    this.controls(fresh.filter(i => i.kind === 'CONTROL'))
    Object.assign(this.added, { powers: powers.length, riskPoints: fresh.filter(i => i.kind === 'RISK').length, controls: fresh.filter(i => i.kind === 'CONTROL').length })
    if (!powers.length) return
    const list = await draftForContent(this.tx, { unitId: this.unit.id, ownerUnitId: this.unit.id, kind: 'POWER_RISK_CONTROL', year: this.year }, this.unit.path)
    await showPowers(this.tx, list, powers.map(p => this.local.get(p.code)!))
    this.lists.push(list.id)
  }

  async duties(): Promise<void> {
    const fresh = this.fresh('DUTY')
    if (!fresh.length) return
    await this.put('MAIN_RESPONSIBILITY', this.unit, fresh, i => ({ responsibility: i.payload['responsibility'] as NewItem['responsibility'] }))
    this.added.dutyItems = fresh.length
  }

  /** Focuses go to the supervising body's list about the unit. Those whose powers or risk points the unit has not adopted wait. Returns how many wait. */
  async focuses(owner: { id: string; path: string }): Promise<number> {
    const fresh = this.fresh('FOCUS')
    const targets = (i: ItemRow): string[] => [...i.payload['powers'] as string[], ...i.payload['riskPoints'] as string[]]
    const ready = fresh.filter(i => targets(i).every(code => this.local.has(code)))
    if (ready.length) {
      await this.put('SUPERVISION_RESPONSIBILITY', owner, ready, i => ({
        responsibility: 'COMMISSION_SUPERVISORY',
        powerIds: (i.payload['powers'] as string[]).map(c => this.local.get(c)!), riskPointIds: (i.payload['riskPoints'] as string[]).map(c => this.local.get(c)!),
      }))
      this.added.focuses = ready.length
    }
    return fresh.length - ready.length
  }

  /** Writes down what was copied from where. */
  finish(): void {
    this.tx.insertMany('catalog_adoption', this.ledger)
  }

  private fresh(...kinds: ItemKind[]): ItemRow[] {
    return this.items.filter(i => kinds.includes(i.kind) && !this.local.has(i.code))
  }

  private code(item: ItemRow): string {
    return localCode(this.release.code_prefix, item.code)
  }

  /** Posts that the new items name: the unit's own with that code, or new ones. */
  private async positions(fresh: readonly ItemRow[]): Promise<void> {
    const named = new Set(fresh.flatMap(i => positionsNamedBy(i)))
    const wanted = this.items.filter(i => i.kind === 'POSITION' && named.has(i.code) && !this.local.has(i.code))
    const there = await positionsByCode(this.tx, this.unit.id, wanted.map(i => slugOf(i.code)))
    for (const item of wanted) {
      const id = there.get(slugOf(item.code))
      if (id) this.keep(item, id, {})
    }
    const missing = wanted.filter(i => !there.has(slugOf(i.code)))
    const rows = missing.map(i => ({ id: newId(), unit_id: this.unit.id, code: slugOf(i.code), name_zh: i.payload['nameZh'], name_en: i.payload['nameEn'], power_bearing: i.payload['powerBearing'], rank: null }))
    this.tx.insertMany('position', rows)
    missing.forEach((item, n) => this.keep(item, rows[n]!.id, {}))
    this.added.positions = missing.length
  }

  private flows(flows: readonly ItemRow[]): Map<string, string> {
    this.insert('operating_flow', flows, i => ({ steps: i.payload['steps'] }), i => ({ power_id: this.local.get(i.parent_code!)!, version: 1, state: 'DRAFT' }), ['steps'])
    const steps = new Map<string, string>()
    const rows = flows.flatMap(i => (i.payload['steps'] as Step[]).map(s => {
      const id = newId()
      const powerId = this.local.get(i.parent_code!)!
      steps.set(`${powerId} ${s.seq}`, id)
      return {
        id, unit_id: this.unit.id, power_id: powerId, flow_id: this.local.get(i.code)!, seq: s.seq, name_zh: s.nameZh, name_en: s.nameEn, kind: s.kind,
        position_id: s.position ? this.local.get(s.position)! : null, time_limit_working_days: s.timeLimitWorkingDays ?? null, collective_decision: s.collectiveDecision,
      }
    }))
    this.tx.insertMany('flow_step', rows)
    Object.assign(this.added, { flows: flows.length, flowSteps: rows.length })
    return steps
  }

  private async risks(risks: readonly ItemRow[], fresh: ReadonlyMap<string, string>): Promise<void> {
    const older = [...new Set(risks.map(r => this.local.get(r.parent_code!)!))].filter(p => !fresh.has(`${p} 1`))
    const steps = new Map([...(older.length ? await stepsOf(this.tx, older) : []), ...fresh])
    this.insert('risk_point', risks, i => ({
      description_zh: i.payload['descriptionZh'], description_en: i.payload['descriptionEn'], cause_zh: i.payload['causeZh'] ?? null, consequence_zh: i.payload['consequenceZh'] ?? null,
      category: i.payload['category'],
    }), i => {
      const powerId = this.local.get(i.parent_code!)!
      return {
        power_id: powerId, flow_step_id: steps.get(`${powerId} ${String(i.payload['step'])}`) ?? null, code: this.code(i),
        owner_position_id: this.local.get(i.payload['ownerPosition'] as string)!, state: 'IDENTIFIED',
      }
    })
  }

  private controls(controls: readonly ItemRow[]): void {
    this.insert('control', controls, i => ({
      description_zh: i.payload['descriptionZh'], description_en: i.payload['descriptionEn'], nature: i.payload['nature'], mode: i.payload['mode'], frequency: i.payload['frequency'],
    }), i => ({ code: this.code(i), owner_position_id: this.local.get(i.payload['ownerPosition'] as string)!, state: 'DESIGNED' }))
    this.tx.linkMany('control_risk_point', controls.map(i => ({ control_id: this.local.get(i.code)!, risk_point_id: this.local.get(i.parent_code!)!, unit_id: this.unit.id })))
  }

  /** Inserts a copy of each item: its content with a hash of each field, and what is the unit's own. `hashed`: content that has no column. */
  private insert(table: string, items: readonly ItemRow[], content: (i: ItemRow) => Values, own: (i: ItemRow) => Values, hashed: readonly string[] = []): void {
    const ids = items.map(i => { const id = newId(); this.keep(i, id, {}); return id })
    this.tx.insertMany(table, items.map((i, n) => {
      const fields = content(i)
      return {
        id: ids[n], unit_id: this.unit.id, ...Object.fromEntries(Object.entries(fields).filter(([f]) => !hashed.includes(f))), ...own(i),
        catalog_code: i.code, catalog_version: this.release.version, catalog_base: fieldHashes(fields), is_synthetic: i.is_synthetic,
      }
    }))
  }

  private async put(kind: 'MAIN_RESPONSIBILITY' | 'SUPERVISION_RESPONSIBILITY', owner: { id: string; path: string }, items: readonly ItemRow[], more: (i: ItemRow) => Pick<NewItem, 'responsibility' | 'powerIds' | 'riskPointIds'>): Promise<void> {
    const list = await draftForContent(this.tx, { unitId: this.unit.id, ownerUnitId: owner.id, kind, year: this.year }, owner.path)
    const ids = await putItems(this.tx, list, items.map(i => {
      const content = { contentZh: i.payload['contentZh'] as string, contentEn: i.payload['contentEn'] as string, dueOn: dueIn(this.year, i.payload['due'] as string | undefined), isPriorityTask: i.payload['isPriorityTask'] as boolean }
      const base = fieldHashes({ content_zh: content.contentZh, content_en: content.contentEn, due_on: i.payload['due'] ?? null, is_priority_task: content.isPriorityTask })
      return { ...content, ...more(i), code: this.code(i), origin: { catalogCode: i.code, catalogVersion: this.release.version, catalogBase: base, isSynthetic: i.is_synthetic } }
    }))
    items.forEach((item, n) => this.keep(item, ids[n]!, { year: this.year }))
    this.lists.push(list.id)
  }

  private keep(item: ItemRow, localId: string, more: { year?: number }): void {
    this.local.set(item.code, localId)
    const again = this.withdrawn.get(item.code)
    const copy = { release_id: this.release.id, adopted_version: this.release.version, base_hash: item.content_hash, local_id: localId, drift: 'IN_SYNC' }
    if (again) this.tx.update('catalog_adoption', again as { id: string; row_version: number }, copy)
    else this.ledger.push({ unit_id: this.unit.id, plugin_code: this.release.plugin_code, kind: item.kind, item_code: item.code, year: more.year ?? 0, local_type: LOCAL[item.kind], ...copy })
  }
}

/** Posts that an item names. */
function positionsNamedBy(i: ItemRow): string[] {
  const steps = (i.payload['steps'] ?? []) as Step[]
  return [...(i.payload['positions'] ?? []) as string[], ...steps.flatMap(s => (s.position ? [s.position] : [])), ...(i.payload['ownerPosition'] ? [i.payload['ownerPosition'] as string] : [])]
}

/** `02-29` falls on the 28th in other years. */
function dueIn(year: number, due: string | undefined): string | null {
  if (!due) return null
  const leap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1
  return `${year}-${due === '02-29' && !leap ? '02-28' : due}`
}

