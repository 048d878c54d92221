import { GrantService, loadActor } from '../auth'
import { today } from '../core/day'
import { globalId } from '../core/ids'
import type { Origin } from '../core/request'
import type { Database } from '../database/database'
import { AccountabilityService } from '../domain/accountability'
import { EvidenceService } from '../domain/evidence'
import { LetterItemService, LetterService } from '../domain/letter'
import { AppointmentService, PersonService } from '../domain/person'
import { PositionService } from '../domain/position'
import { RectificationService } from '../domain/rectification'
import { ADDRESSEES, DECISIONS, type Addressee } from './cangxi-texts'
import type { DemoStep } from './step'

const COUNTY = '510824'
const ISSUER = `${COUNTY}-CCDI`
const SUPERVISOR = 'S136'
const SECRETARY = 'S134'
const SINCE = '2020-01-01'

/**
 * S-5: what Cangxi made of its first round of portraits: six letters with 26 recommendations, 23 of them mended as rectification tasks, twelve
 * people held to account. Every command has a key, so that an interrupted run is gone on with: what was done answers as it did.
 */
export const cangxiResults: DemoStep = {
  name: 'cangxi-results',
  title: 'Results in Cangxi: letters, rectifications, accountability',
  isDone: async db => (await db.rows<{ n: number }>(`SELECT count(*)::int AS n FROM accountability_decision d JOIN unit u ON u.id = d.proposing_unit_id WHERE u.code = $1 AND d.state = 'EFFECTIVE'`, [ISSUER]))[0]!.n >= DECISIONS.length,
  run: async ({ db, origin, tell }) => {
    const results = new CangxiResults(db, origin)
    await results.grant(SUPERVISOR, 'SUPERVISOR', COUNTY)
    const [supervisor, secretary] = [await results.as(SUPERVISOR), await results.as(SECRETARY)]
    const heads = await Promise.all(ADDRESSEES.map(a => results.staff(a)))
    tell(0.2)
    await Promise.all(ADDRESSEES.map((addressee, i) => results.letter(addressee, { supervisor, secretary, head: heads[i]! })))
    tell(0.8)
    await results.holdToAccount(supervisor, secretary)
    tell(1)
  },
}

interface Desk { readonly supervisor: Origin; readonly secretary: Origin; readonly head: Head }
/** Who answers for the unit: the secretary of its Party group. */
interface Head { readonly origin: Origin; readonly appointmentId: string }

class CangxiResults {
  private readonly dueOn = `${Number(today().slice(0, 4)) + 1}-06-30`

  constructor(private readonly db: Database, private readonly demo: Origin) {}

  async as(staffNo: string): Promise<Origin> {
    return { actor: (await loadActor(this.db, { staffNo }))!, requestId: 'demo', address: null }
  }

  async grant(staffNo: string, role: 'SUPERVISOR' | 'UNIT_APPROVER' | 'DUTY_OWNER', unitCode: string): Promise<void> {
    const given = await this.db.rows(
      'SELECT FROM role_grant g JOIN person p ON p.id = g.person_id JOIN unit u ON u.id = g.unit_id WHERE p.staff_no = $1 AND g.role = $2 AND u.code = $3', [staffNo, role, unitCode])
    if (given.length) return
    await new GrantService(this.db).grantRole(this.demo, { personId: await this.id('person', 'staff_no', staffNo), unitId: await this.id('unit', 'code', unitCode), role, edge: 'TERRITORIAL', validFrom: SINCE })
  }

  /** Posts and people of the addressee as far as the city's data has none, and what its secretary may do. */
  async staff({ unit, staffNo, posts }: Addressee): Promise<Head> {
    const unitId = await this.unit(unit)
    for (const [n, nameZh] of posts.entries()) {
      const key = `demo-cangxi-${unit}-${n}`
      const positionId = globalId('pos', await new PositionService(this.db).create(this.demo, { unitId, code: n === 0 ? 'PARTY-GROUP-SECRETARY' : `DEPUTY-${n}`, nameZh, powerBearing: true, idempotencyKey: `${key}-post` }))
      const personId = globalId('person', await new PersonService(this.db).register(this.demo, { unitId, displayName: `岗位人员${staffNo}${n}`, staffNo: `${staffNo}-${n}`, idempotencyKey: `${key}-person` }))
      await new AppointmentService(this.db).appoint(this.demo, { personId, positionId, role: n === 0 ? 'PARTY_GROUP_SECRETARY' : 'TEAM_MEMBER', validFrom: SINCE, idempotencyKey: `${key}-appointment` })
    }
    const head = posts.length ? `${staffNo}-0` : staffNo
    for (const role of ['UNIT_APPROVER', 'DUTY_OWNER'] as const) await this.grant(head, role, unit)
    const [appointment] = await this.db.rows<{ id: string }>(`
      SELECT a.id FROM appointment a JOIN person p ON p.id = a.person_id WHERE p.staff_no = $1 AND a.role = 'PARTY_GROUP_SECRETARY' AND a.valid_to IS NULL`, [head])
    return { origin: await this.as(head), appointmentId: globalId('appt', appointment!.id) }
  }

  /** Drawn up, signed, sent, answered; what is adopted is mended as far as the fixture says. */
  async letter({ unit, nameZh, items }: Addressee, { supervisor, secretary, head }: Desk): Promise<void> {
    const letters = new LetterService(this.db)
    const answers = new LetterItemService(this.db)
    const key = (what: string): { idempotencyKey: string } => ({ idempotencyKey: `demo-cangxi-${unit}-${what}` })
    const id = globalId('letter', await letters.draft(supervisor, {
      issuerUnitId: await this.unit(ISSUER), addresseeUnitId: await this.unit(unit), title: `关于${nameZh}政治生态突出问题的纪检监察建议书`, replyWithin: 15, isSynthetic: true,
      basis: '上半年政治生态画像反映，该单位在重大权力运行监督、作风建设等方面存在薄弱环节。', ...key('letter'),
    }))
    const itemIds: string[] = []
    for (const [n, { content }] of items.entries()) itemIds.push(globalId('rec', await letters.addItem(supervisor, { letterId: id, content, ...key(`item-${n}`) })))
    await letters.submit(supervisor, { id, ...key('submit') })
    await letters.sign(secretary, { id, ...key('sign') })
    await letters.issue(supervisor, { id, ...key('issue') })
    await letters.acknowledge(head.origin, { id, ...key('acknowledge') })
    for (const [n, item] of items.entries()) {
      const named = { id: itemIds[n]!, ...key(`answer-${n}`) }
      if (item.declined !== undefined) await answers.decline(head.origin, { ...named, opinion: item.declined })
      else await answers.adopt(head.origin, { ...named, measure: item.measure!, responsibleAppointmentId: head.appointmentId, dueOn: this.dueOn })
    }
    await letters.reply(head.origin, { id, ...key('reply') })
    for (const [n, item] of items.entries()) if (item.progress) await this.mend(itemIds[n]!, item.progress, { supervisor, secretary, head }, `${unit}-${n}`)
  }

  private async mend(itemId: string, progress: 'CLOSED' | 'RETURNED_TWICE' | 'IN_PROGRESS', { supervisor, head }: Desk, name: string): Promise<void> {
    const tasks = new RectificationService(this.db)
    const [task] = await this.db.rows<{ id: string; measure: string }>(
      `SELECT t.id, i.measure FROM rectification_task t JOIN recommendation_item i ON i.id = t.source_id WHERE t.source_id = $1 AND t.source_kind = 'RECOMMENDATION'`, [itemId.slice(-36)])
    const id = globalId('rect', task!.id)
    const named = (what: string): { id: string; idempotencyKey: string } => ({ id, idempotencyKey: `demo-cangxi-${name}-${what}` })
    await tasks.plan(head.origin, { ...named('plan'), measures: task!.measure })
    await tasks.start(head.origin, named('start'))
    if (progress === 'IN_PROGRESS') return
    await new EvidenceService(this.db).attachLink(head.origin, {
      subjectId: id, title: '整改情况报告', url: `https://files.example/${name}`, sensitivity: 'INTERNAL', collectedAt: `${today().slice(0, 4)}-01-01T00:00:00.000+08:00`, idempotencyKey: `demo-cangxi-${name}-proof`,
    })
    await tasks.submit(head.origin, named('submit'))
    if (progress === 'RETURNED_TWICE') {
      await tasks.return(supervisor, { ...named('return'), opinion: '整改不彻底，请继续整改' })
      await tasks.start(head.origin, named('start-again'))
      await tasks.submit(head.origin, named('submit-again'))
      await tasks.return(supervisor, { ...named('return-again'), opinion: '同类问题仍有发生' })
      return
    }
    await tasks.verify(supervisor, named('verify'))
    await tasks.close(supervisor, named('close'))
  }

  async holdToAccount(supervisor: Origin, secretary: Origin): Promise<void> {
    const decisions = new AccountabilityService(this.db)
    const body = await this.unit(ISSUER)
    for (const [staffNo, kind, form, responsibility] of DECISIONS) {
      const id = globalId('acct', await decisions.propose(supervisor, {
        personId: globalId('person', await this.id('person', 'staff_no', staffNo)), proposingUnitId: body, decidingUnitId: body, kind, form, responsibility, isSynthetic: true,
        basis: '履行管党治党责任不力，造成不良影响。', idempotencyKey: `demo-cangxi-${staffNo}-propose`,
      }))
      await decisions.decide(secretary, { id, rowVersion: 1, idempotencyKey: `demo-cangxi-${staffNo}-decide` })
    }
  }

  private async unit(code: string): Promise<string> {
    return globalId('unit', await this.id('unit', 'code', code))
  }

  private async id(table: 'unit' | 'person', column: 'code' | 'staff_no', value: string): Promise<string> {
    return (await this.db.rows<{ id: string }>(`SELECT id FROM ${table} WHERE ${column} = $1`, [value]))[0]!.id
  }
}
