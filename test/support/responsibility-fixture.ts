import { loadActor } from '../../src/auth'
import { systemActor, type GrantEdge, type Role } from '../../src/core/actor'
import { globalId } from '../../src/core/ids'
import type { Origin } from '../../src/core/request'
import { runCommand } from '../../src/database/command'
import type { Database } from '../../src/database/database'
import { EvidenceService } from '../../src/domain/evidence'
import { OperatingFlowService, PowerService } from '../../src/domain/power'
import {
  DutyItemService, DutyProgressService, JointPublicationService, ResponsibilityListService, type ListKind, type Responsibility,
} from '../../src/domain/responsibility'
import { ControlService, RiskPointService } from '../../src/domain/risk'
import type { TestDatabase } from './database'
import { originOf } from './registers-fixture'

export interface Office {
  id: string
  path: string
  /** Global id of the unit. */
  ref: string
}

/** A bureau, the group dispatched to it and the commission that leads the group, a bureau next door and one in the neighbouring county. */
export interface Desks {
  county: Office
  commission: Office
  group: Office
  bureau: Office
  nextDoor: Office
  neighbour: Office
  /** Global ids of appointments at the bureau. `past` ended long ago, `elsewhere` is next door. */
  secretary: string
  member: string
  staff: string
  past: string
  elsewhere: string
  /** The post of the group's leader, at the group. */
  groupHead: string
  position: string
  people: Record<'editor' | 'approver' | 'secretary' | 'member' | 'groupEditor' | 'groupLeader' | 'groupOfficer' | 'supervisor' | 'stranger' | 'insider' | 'decider' | 'secretariat' | 'representative' | 'tool', Origin>
}

type Place = 'county' | 'group' | 'bureau' | 'neighbour'
/** Grants by staff number: roles over a place, or over what the group is dispatched to. */
const PEOPLE: Record<keyof Desks['people'], [readonly Role[], Place, GrantEdge?][]> = {
  editor: [[['UNIT_EDITOR'], 'bureau']],
  approver: [[['UNIT_APPROVER'], 'bureau']],
  secretary: [[['DUTY_OWNER', 'UNIT_APPROVER'], 'bureau']],
  member: [[['DUTY_OWNER'], 'bureau']],
  groupEditor: [[['UNIT_EDITOR', 'SUPERVISOR'], 'group'], [['SUPERVISOR'], 'group', 'DISPATCHED']],
  groupLeader: [[['COMMISSION_APPROVER', 'DUTY_OWNER'], 'group'], [['COMMISSION_APPROVER'], 'group', 'DISPATCHED']],
  groupOfficer: [[['SUPERVISOR'], 'group'], [['SUPERVISOR'], 'group', 'DISPATCHED']],
  supervisor: [[['SUPERVISOR', 'COMMISSION_APPROVER'], 'county']],
  stranger: [[['UNIT_EDITOR', 'UNIT_APPROVER', 'COMMISSION_APPROVER', 'SUPERVISOR', 'DUTY_OWNER'], 'neighbour']],
  decider: [[['ACCOUNTABILITY_DECIDER'], 'county']],
  secretariat: [[['HEARING_SECRETARIAT'], 'county']],
  representative: [[['ACCOUNTABILITY_REPRESENTATIVE'], 'county']],
  tool: [[['REPORTING_CLIENT'], 'county']],
  insider: [[['UNIT_EDITOR', 'UNIT_APPROVER', 'COMMISSION_APPROVER', 'SUPERVISOR', 'DUTY_OWNER'], 'bureau'], [['UNIT_EDITOR', 'COMMISSION_APPROVER', 'SUPERVISOR', 'DUTY_OWNER'], 'group']],
}

export async function desks(db: Database): Promise<Desks> {
  const places = await territory(db)
  const people = await Promise.all(Object.keys(PEOPLE).map(async staffNo => [staffNo, originOf((await loadActor(db, { staffNo }))!)] as const))
  return { ...places, people: Object.fromEntries(people) as Desks['people'] }
}

function territory(db: Database): Promise<Omit<Desks, 'people'>> {
  return runCommand(db, originOf(systemActor('test')), 'test', {}, async tx => {
    const office = (code: string, kind: string, parent: Office | null): Office => {
      const path = `${parent?.path ?? '/'}${code}/`
      const id = tx.insert('unit', {
        code, name_zh: `单位${code}`, name_pinyin: 'dan wei', name_initials: 'dw', kind, division_code: code.slice(0, 6), parent_id: parent?.id ?? null, path,
        depth: path.split('/').length - 2, valid_from: '2020-01-01',
      })
      return { id, path, ref: globalId('unit', id) }
    }
    const city = office('510800', 'PARTY_COMMITTEE', null)
    const county = office('510821', 'PARTY_COMMITTEE', city)
    const commission = office('510821-CCDI', 'COMMISSION_COUNTY', county)
    const places = {
      county, commission, group: office('510821-DG-HEALTH', 'DISPATCHED_GROUP', commission), bureau: office('510821-HEALTH', 'GOVERNMENT_DEPARTMENT', county),
      nextDoor: office('510821-EDUCATION', 'GOVERNMENT_DEPARTMENT', county), neighbour: office('510824-HEALTH', 'GOVERNMENT_DEPARTMENT', office('510824', 'PARTY_COMMITTEE', city)),
    }
    tx.insert('unit_relation', { from_unit_id: places.group.id, to_unit_id: places.bureau.id, kind: 'DISPATCHED', valid_from: '2020-01-01' })
    await tx.flush()
    const person = (unit: Office, staff_no: string): string => tx.insert('person', { unit_id: unit.id, display_name: '岗位人员', staff_no })
    const post = (unit: Office, code: string): string => tx.insert('position', { unit_id: unit.id, code, name_zh: code, power_bearing: true })
    const appoint = (person_id: string, unit: Office, position_id: string, role: string, valid_from = '2020-01-01', valid_to: string | null = null): string =>
      globalId('appt', tx.insert('appointment', { unit_id: unit.id, person_id, position_id, role, valid_from, valid_to }))
    const ids = Object.fromEntries(Object.keys(PEOPLE).map(name => [name, person(places.bureau, name)]))
    const head = post(places.bureau, 'head')
    const deputy = post(places.bureau, 'deputy')
    await tx.flush()
    for (const [name, grants] of Object.entries(PEOPLE)) {
      for (const [roles, place, edge] of grants) {
        for (const role of roles) tx.insert('role_grant', { person_id: ids[name]!, role, unit_id: places[place].id, edge: edge ?? 'TERRITORIAL', valid_from: '2020-01-01' })
      }
    }
    const result = {
      ...places, position: globalId('pos', head),
      secretary: appoint(ids['secretary']!, places.bureau, head, 'PARTY_GROUP_SECRETARY'),
      member: appoint(ids['member']!, places.bureau, deputy, 'TEAM_MEMBER'),
      staff: appoint(ids['editor']!, places.bureau, deputy, 'STAFF'),
      past: appoint(ids['editor']!, places.bureau, head, 'TEAM_MEMBER', '2020-01-01', '2021-01-01'),
      groupHead: appoint(ids['groupLeader']!, places.group, post(places.group, 'head'), 'GROUP_LEADER'),
      elsewhere: appoint(person(places.nextDoor, 'elsewhere'), places.nextDoor, post(places.nextDoor, 'head'), 'PARTY_GROUP_SECRETARY'),
    }
    await tx.flush()
    return result
  })
}

/** The work of a unit-year through the product's own commands, in as few words as a test wants. */
export class Office4321 {
  readonly powers: PowerService
  readonly flows: OperatingFlowService
  readonly points: RiskPointService
  readonly controls: ControlService
  readonly lists: ResponsibilityListService
  readonly items: DutyItemService
  readonly progress: DutyProgressService
  readonly publication: JointPublicationService
  readonly evidence: EvidenceService
  private n = 0
  private year = 2000

  constructor(readonly t: TestDatabase, readonly d: Desks) {
    this.powers = new PowerService(t.db)
    this.flows = new OperatingFlowService(t.db)
    this.points = new RiskPointService(t.db)
    this.controls = new ControlService(t.db)
    this.lists = new ResponsibilityListService(t.db)
    this.items = new DutyItemService(t.db)
    this.progress = new DutyProgressService(t.db)
    this.publication = new JointPublicationService(t.db)
    this.evidence = new EvidenceService(t.db)
  }

  unique = (what: string): string => `${what}-${++this.n}`
  /** A year that no other test of the file has used. */
  nextYear = (): number => ++this.year

  async row(table: string, id: string): Promise<Record<string, unknown>> {
    return (await this.t.owner.query(`SELECT * FROM ${table} WHERE id = $1`, [id.slice(-36)])).rows[0]
  }

  async state(table: string, id: string): Promise<unknown> {
    return (await this.row(table, id))?.['state']
  }

  async power(o: { significance?: 'MAJOR' | 'GENERAL'; points?: number; controls?: number; flow?: boolean; rated?: boolean; confirmed?: boolean } = {}): Promise<string> {
    const { editor, approver } = this.d.people
    const power = globalId('pw', await this.powers.propose(editor, {
      unitId: this.d.bureau.ref, code: this.unique('power'), nameZh: '药械采购', category: 'PROCUREMENT', significance: o.significance ?? 'MAJOR', legalBasis: [], positionIds: [this.d.position],
    }))
    for (let i = 0; i < (o.points ?? 1); i++) await this.point(power, o)
    if (o.flow ?? true) await this.putFlowInForce(power)
    if (o.confirmed ?? true) await this.powers.confirm(approver, { id: power })
    return power
  }

  async point(powerId: string, o: { controls?: number; rated?: boolean } = {}): Promise<string> {
    return globalId('rp', await this.points.identify(this.d.people.editor, {
      powerId, code: this.unique('risk'), description: '设置倾向性参数', category: 'PROCESS', ownerPositionId: this.d.position,
      inherent: (o.rated ?? true) ? { likelihood: 4, impact: 5 } : null,
      controls: Array.from({ length: o.controls ?? 1 }, () => ({
        code: this.unique('control'), description: '双人复核', nature: 'PREVENTIVE' as const, mode: 'MANUAL' as const, frequency: 'PER_TRANSACTION' as const, ownerPositionId: this.d.position,
      })),
    }))
  }

  async putFlowInForce(powerId: string): Promise<void> {
    const { editor, approver } = this.d.people
    const flow = globalId('flow', await this.flows.draft(editor, {
      powerId, steps: ['APPLY', 'DECIDE'].map((kind, i) => ({ nameZh: `环节${i + 1}`, kind: kind as 'APPLY', positionId: this.d.position, collectiveDecision: false })),
    }))
    await this.flows.review(approver, { id: flow })
    await this.flows.publish(approver, { id: flow })
  }

  async draft(kind: ListKind, year: number): Promise<string> {
    const supervision = kind === 'SUPERVISION_RESPONSIBILITY'
    return globalId('list', await this.lists.draft(this.editorOf(kind), { unitId: this.d.bureau.ref, kind, year, ownerUnitId: supervision ? this.d.group.ref : null }))
  }

  editorOf = (kind: ListKind): Origin => (kind === 'SUPERVISION_RESPONSIBILITY' ? this.d.people.groupEditor : this.d.people.editor)
  approverOf = (kind: ListKind): Origin => (kind === 'SUPERVISION_RESPONSIBILITY' ? this.d.people.groupLeader : this.d.people.approver)

  async item(listId: string, responsibility: Responsibility, o: { code?: string; who?: string | null; powers?: string[]; points?: string[]; dueOn?: string } = {}): Promise<string> {
    const who = { SECRETARY_FIRST: this.d.secretary, MEMBER_DUAL_DUTY: this.d.member, COMMITTEE_MAIN: null, COMMISSION_SUPERVISORY: null }[responsibility]
    return globalId('duty', await this.items.add(this.editorOf(responsibility === 'COMMISSION_SUPERVISORY' ? 'SUPERVISION_RESPONSIBILITY' : 'MAIN_RESPONSIBILITY'), {
      listId, code: o.code ?? this.unique('item'), responsibility, content: '专题研究全面从严治党工作', isPriorityTask: false,
      responsibleAppointmentId: o.who === undefined ? who : o.who, dueOn: o.dueOn ?? null, targetPowerIds: o.powers ?? [], targetRiskPointIds: o.points ?? [],
    }))
  }

  /** A list of this kind with the content that its gates ask for. */
  async filled(kind: ListKind, year: number, powers: readonly string[] = []): Promise<string> {
    const list = await this.draft(kind, year)
    if (kind === 'MAIN_RESPONSIBILITY') for (const r of ['COMMITTEE_MAIN', 'SECRETARY_FIRST', 'MEMBER_DUAL_DUTY'] as const) await this.item(list, r)
    if (kind === 'SUPERVISION_RESPONSIBILITY') await this.item(list, 'COMMISSION_SUPERVISORY', { powers: powers.slice(0, 1) })
    if (kind === 'POWER_RISK_CONTROL') await this.lists.setPowers(this.d.people.editor, { id: list, rowVersion: 1, powerIds: [...powers] })
    return list
  }

  async approved(kind: ListKind, year: number, powers: readonly string[] = []): Promise<string> {
    const list = await this.filled(kind, year, powers)
    await this.approve(kind, list)
    return list
  }

  async approve(kind: ListKind, list: string): Promise<void> {
    await this.lists.submit(this.editorOf(kind), { id: list })
    await this.lists.approve(this.approverOf(kind), { id: list })
  }

  /** Three approved lists of a fresh year. */
  async readyYear(): Promise<Year> {
    const year = this.nextYear()
    const powers = [await this.power()]
    const main = await this.approved('MAIN_RESPONSIBILITY', year)
    const powerRisk = await this.approved('POWER_RISK_CONTROL', year, powers)
    const supervision = await this.approved('SUPERVISION_RESPONSIBILITY', year, powers)
    return { year, powers, main, powerRisk, supervision, cycle: await this.cycle(year) }
  }

  async cycle(year: number): Promise<string> {
    return globalId('cycle', (await this.t.owner.query('SELECT id FROM accountability_cycle WHERE unit_id = $1 AND year = $2', [this.d.bureau.id, year])).rows[0].id)
  }

  async publish(cycle: string): Promise<void> {
    await this.publication.confirm(this.d.people.approver, { id: cycle, as: 'UNIT' })
    await this.publication.confirm(this.d.people.groupLeader, { id: cycle, as: 'COMMISSION' })
  }

  async publishedYear(): Promise<Year> {
    const y = await this.readyYear()
    await this.publish(y.cycle)
    return y
  }

  /** A piece of evidence for a duty, by somebody who may attach it. */
  async prove(by: Origin, subjectId: string): Promise<string> {
    return globalId('ev', await this.evidence.attachLink(by, { subjectId, title: '会议纪要', url: 'https://files.example/minutes', sensitivity: 'INTERNAL', collectedAt: '2020-06-01T00:00:00.000Z' }))
  }

  async itemsOf(list: string): Promise<Record<string, unknown>[]> {
    return (await this.t.owner.query('SELECT * FROM duty_item WHERE list_id = $1 ORDER BY seq', [list.slice(-36)])).rows
  }
}

export interface Year {
  year: number
  powers: string[]
  main: string
  powerRisk: string
  supervision: string
  cycle: string
}
