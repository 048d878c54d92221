import { AdoptionService } from '../catalog'
import { globalId } from '../core/ids'
import type { Origin } from '../core/request'
import type { Database } from '../database/database'
import { EvidenceService } from '../domain/evidence'
import { OperatingFlowService, PowerService } from '../domain/power'
import { DutyItemService, DutyProgressService, JointPublicationService, ResponsibilityListService, type ListKind } from '../domain/responsibility'
import { ControlService, RiskPointService } from '../domain/risk'
import { castOf } from './cast'
import type { DemoStep } from './step'

const UNIT = '510821-HEALTH'
const YEAR = 2020
const CATALOGS = ['health-procurement', 'medical-insurance']
const CAST = {
  editor: 'wangcang-health-editor', approver: 'wangcang-health-approver', member: 'wangcang-health-duty-owner',
  groupEditor: 'wangcang-health-group-supervisor', groupLeader: 'wangcang-health-group-leader', commission: 'wangcang-commission-supervisor',
} as const
type Cast = Record<keyof typeof CAST, Origin>

/**
 * S-1: the year of the Wangcang health bureau and the group dispatched to it, by the commands that its people would give: catalogs are
 * adopted, duties assigned, risks rated, controls put to work, the three lists approved and published together, and the first duties done.
 * Each part looks for what is left to do, so that an interrupted run is gone on with. Without the two catalogs there is nothing to do.
 */
export const wangcangYear: DemoStep = {
  name: 'wangcang-year',
  title: 'A year of the Wangcang health bureau',
  isDone: async db => !(await catalogsAreThere(db)) || (await idsOf(db, `SELECT i.id FROM duty_item i ${OF_YEAR} AND i.state = 'VERIFIED'`, [UNIT, YEAR])).length > 0,
  run: async ({ db, tell }) => {
    const year = new BureauYear(db, await castOf(db, CAST), (await idsOf(db, 'SELECT id FROM unit WHERE code = $1', [UNIT]))[0]!)
    const parts = [year.adopt, year.assign, year.rate, year.operate, year.confirmPowers, year.putFlowsInForce, year.rateAgain, year.approve, year.publish, year.perform]
    for (const [i, part] of parts.entries()) {
      await part.call(year)
      tell((i + 1) / parts.length)
    }
  },
}

const OF_YEAR = 'JOIN responsibility_list l ON l.id = i.list_id JOIN unit u ON u.id = i.unit_id WHERE u.code = $1 AND l.year = $2'
const idsOf = async (db: Database, text: string, values: readonly unknown[]): Promise<string[]> => (await db.rows<{ id: string }>(text, values)).map(r => r.id)

async function catalogsAreThere(db: Database): Promise<boolean> {
  const rows = await db.rows(`SELECT FROM catalog_release WHERE state = 'PUBLISHED' AND plugin_code = ANY($1::text[])`, [CATALOGS])
  return rows.length === CATALOGS.length
}

interface Rated { id: string; likelihood: number; impact: number }

class BureauYear {
  private readonly unitId: string
  constructor(private readonly db: Database, private readonly cast: Cast, unitRow: string) {
    this.unitId = globalId('unit', unitRow)
  }

  /** The bureau copies what is its own, the group the focuses of its list. */
  async adopt(): Promise<void> {
    const catalogs = new AdoptionService(this.db)
    for (const who of [this.cast.editor, this.cast.groupEditor]) for (const pluginCode of CATALOGS) await catalogs.adopt(who, { unitId: this.unitId, pluginCode, year: YEAR })
  }

  /** Duties of the secretary go to the secretary, those of members around the team. */
  async assign(): Promise<void> {
    const items = new DutyItemService(this.db)
    for (const [responsibility, role] of [['SECRETARY_FIRST', 'PARTY_GROUP_SECRETARY'], ['MEMBER_DUAL_DUTY', 'TEAM_MEMBER']]) {
      const open = await this.db.rows<{ id: string; row_version: number }>(
        `SELECT i.id, i.row_version FROM duty_item i ${OF_YEAR} AND l.state = 'DRAFT' AND i.responsibility = $3 AND i.responsible_appointment_id IS NULL ORDER BY i.seq`, [UNIT, YEAR, responsibility])
      const holders = await this.db.rows<{ id: string }>(
        `SELECT a.id FROM appointment a JOIN unit u ON u.id = a.unit_id JOIN position p ON p.id = a.position_id WHERE u.code = $1 AND a.role = $2 AND a.valid_to IS NULL ORDER BY p.code`, [UNIT, role])
      for (const [i, item] of open.entries()) {
        await items.edit(this.cast.editor, { id: globalId('duty', item.id), rowVersion: item.row_version, responsibleAppointmentId: globalId('appt', holders[i % holders.length]!.id) })
      }
    }
  }

  /** As the catalogs suggest. */
  async rate(): Promise<void> {
    const points = await this.db.rows<Rated>(`
      SELECT r.id, coalesce((c.payload #>> '{suggested,likelihood}')::int, 3) AS likelihood, coalesce((c.payload #>> '{suggested,impact}')::int, 3) AS impact
      FROM risk_point r JOIN unit u ON u.id = r.unit_id LEFT JOIN catalog_item c ON c.code = r.catalog_code AND c.version = r.catalog_version
      WHERE u.code = $1 AND r.state = 'IDENTIFIED' ORDER BY r.id`, [UNIT])
    await this.rateAll('INHERENT', points, '按目录建议值评定')
  }

  async operate(): Promise<void> {
    const controls = new ControlService(this.db)
    await together(await this.inState('control', 'ctl', 'DESIGNED'), id => controls.implement(this.cast.editor, { id }))
    await together(await this.inState('control', 'ctl', 'IMPLEMENTING'), id => controls.operate(this.cast.editor, { id }))
  }

  async confirmPowers(): Promise<void> {
    const powers = new PowerService(this.db)
    await together(await this.inState('power', 'pw', 'PROPOSED'), id => powers.confirm(this.cast.approver, { id }))
  }

  async putFlowsInForce(): Promise<void> {
    const flows = new OperatingFlowService(this.db)
    await together(await this.inState('operating_flow', 'flow', 'DRAFT'), id => flows.review(this.cast.approver, { id }))
    await together(await this.inState('operating_flow', 'flow', 'REVIEWED'), id => flows.publish(this.cast.approver, { id }))
  }

  /** What is left of each risk with its control at work. */
  async rateAgain(): Promise<void> {
    const points = await this.db.rows<Rated>(`
      SELECT r.id, greatest(r.inherent_likelihood - 1, 1) AS likelihood, r.inherent_impact AS impact FROM risk_point r JOIN unit u ON u.id = r.unit_id
      WHERE u.code = $1 AND r.state = 'RATED' AND r.residual_level IS NULL ORDER BY r.id`, [UNIT])
    await this.rateAll('RESIDUAL', points, '防控措施运行后评定')
  }

  async approve(): Promise<void> {
    const lists = new ResponsibilityListService(this.db)
    const inState = (state: string) => this.db.rows<{ id: string; kind: ListKind }>(
      `SELECT l.id, l.kind FROM responsibility_list l JOIN unit u ON u.id = l.unit_id WHERE u.code = $1 AND l.year = $2 AND l.state = $3 ORDER BY l.kind`, [UNIT, YEAR, state])
    const { editor, approver, groupEditor, groupLeader } = this.cast
    for (const { id, kind } of await inState('DRAFT')) await lists.submit(kind === 'SUPERVISION_RESPONSIBILITY' ? groupEditor : editor, { id: globalId('list', id) })
    for (const { id, kind } of await inState('UNDER_REVIEW')) await lists.approve(kind === 'SUPERVISION_RESPONSIBILITY' ? groupLeader : approver, { id: globalId('list', id) })
  }

  async publish(): Promise<void> {
    const publication = new JointPublicationService(this.db)
    const [cycle] = await this.db.rows<{ id: string; unit_confirmed_by: string | null }>(
      `SELECT c.id, c.unit_confirmed_by FROM accountability_cycle c JOIN unit u ON u.id = c.unit_id WHERE u.code = $1 AND c.year = $2 AND c.state = 'PREPARING'`, [UNIT, YEAR])
    if (!cycle) return
    const id = globalId('cycle', cycle.id)
    if (cycle.unit_confirmed_by === null) await publication.confirm(this.cast.approver, { id, as: 'UNIT' })
    await publication.confirm(this.cast.groupLeader, { id, as: 'COMMISSION' })
  }

  /** The secretary and one member begin; some duties are declared done, and one of those is found so. */
  async perform(): Promise<void> {
    const progress = new DutyProgressService(this.db)
    const evidence = new EvidenceService(this.db)
    const items = async (state: string, person: string | null): Promise<string[]> => (await idsOf(this.db, `
      SELECT i.id FROM duty_item i LEFT JOIN appointment a ON a.id = i.responsible_appointment_id ${OF_YEAR} AND i.state = $3 AND ($4::uuid IS NULL OR a.person_id = $4) ORDER BY i.seq`,
      [UNIT, YEAR, state, person])).map(id => globalId('duty', id))
    for (const [who, done] of [[this.cast.approver, 3], [this.cast.member, 1]] as const) {
      for (const id of await items('NOT_STARTED', who.actor.personId)) await progress.start(who, { id })
      for (const id of (await items('IN_PROGRESS', who.actor.personId)).slice(0, done)) {
        await evidence.attachLink(who, { subjectId: id, title: '工作台账与会议纪要', url: `https://files.example/${YEAR}/${id}`, sensitivity: 'INTERNAL', collectedAt: `${YEAR}-12-01T00:00:00.000Z` })
        await progress.claimDone(who, { id })
      }
    }
    for (const id of (await items('CLAIMED_DONE', null)).slice(0, 2)) await progress.verify(this.cast.commission, { id })
  }

  /** Global ids of the bureau's rows in this state. */
  private async inState(table: 'control' | 'power' | 'operating_flow', prefix: string, state: string): Promise<string[]> {
    return (await idsOf(this.db, `SELECT t.id FROM ${table} t JOIN unit u ON u.id = t.unit_id WHERE u.code = $1 AND t.state = $2 ORDER BY t.id`, [UNIT, state])).map(id => globalId(prefix, id))
  }

  private async rateAll(kind: 'INHERENT' | 'RESIDUAL', points: readonly Rated[], basis: string): Promise<void> {
    if (!points.length) return
    const ratings = points.map(p => ({ id: globalId('rp', p.id), kind, likelihood: p.likelihood, impact: p.impact, basis }))
    await new RiskPointService(this.db).rateMany(this.cast.editor, { ratings, onError: 'REJECT_ALL' })
  }
}

/** A few at a time: the commands are short, and each has a connection of its own. */
async function together(ids: readonly string[], work: (id: string) => Promise<unknown>): Promise<void> {
  for (let i = 0; i < ids.length; i += 8) await Promise.all(ids.slice(i, i + 8).map(work))
}
