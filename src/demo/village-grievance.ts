import { DateTime } from 'luxon'
import { today } from '../core/day'
import { globalId } from '../core/ids'
import type { Origin } from '../core/request'
import type { Database } from '../database/database'
import { insideRealms } from '../database/realms'
import { ClueHandlingService, ClueIntakeService, ClueTransferService, ClueWork, RestitutionService, VerificationService } from '../domain/clue'
import { castOf } from './cast'
import type { DemoStep } from './step'

const CAST = { village: 'yangpan-village-supervisor', head: 'sandui-township-commission', officer: 'sandui-township-officer' } as const
const ELAPSED = 38
const ago = (days: number): string => DateTime.fromISO(today(), { zone: 'utc' }).minus({ days }).toISODate()!

/**
 * S-2: a villager of Yangpan is owed 1.02 mu of compensated land by a slip of the pen. The village supervisor takes the grievance in and passes it up;
 * township and village verify it together; it is told, restored and closed. Every command has a key, so that an interrupted run goes on.
 */
export const villageGrievance: DemoStep = {
  name: 'village-grievance',
  title: 'A grievance in Yangpan village',
  isDone: async db => (await db.rows<{ done: boolean }>(`SELECT EXISTS (SELECT FROM state_transition WHERE subject_type = 'Clue' AND command = 'closeClue') AS done`))[0]!.done,
  run: async ({ db, tell }) => {
    const story = new Grievance(db, await castOf(db, CAST))
    await story.receive()
    tell(0.3)
    await story.verify()
    tell(0.7)
    await story.settle()
    tell(1)
  },
}

const keyed = (step: string): { idempotencyKey: string } => ({ idempotencyKey: `demo-s2-${step}` })

class Grievance {
  private readonly intake: ClueIntakeService
  private readonly handling: ClueHandlingService
  private readonly transfers: ClueTransferService
  private readonly verifications: VerificationService
  private readonly restitutions: RestitutionService
  private clue = ''

  constructor(private readonly db: Database, private readonly cast: Record<keyof typeof CAST, Origin>) {
    const work = new ClueWork(db)
    this.intake = new ClueIntakeService(work)
    this.handling = new ClueHandlingService(work)
    this.transfers = new ClueTransferService(work)
    this.verifications = new VerificationService(work)
    this.restitutions = new RestitutionService(work)
  }

  async receive(): Promise<void> {
    const { village, head } = this.cast
    const { rowId } = await this.intake.receive(village, {
      ...keyed('receive'), unitId: await this.unit('510802105203'), channel: 'VILLAGE_OFFICER', nature: 'CLAIM_GRIEVANCE', anonymity: 'NAMED', receivedOn: ago(ELAPSED), isSynthetic: true,
      reporter: { name: '羊盘村村民（示例）' }, summary: '反映土地补偿面积登记有误，少计 1.02 亩（示例）。', subjectUnitIds: [await this.unit('510802105')], subjectPersonIds: [],
    })
    this.clue = globalId('clue', rowId)
    await this.intake.register(village, { ...keyed('register'), id: this.clue })
    await this.transfers.transfer(village, { ...keyed('transfer'), id: this.clue, reason: '补偿面积由镇核定，请镇纪委办理（示例）。' })
    await this.transfers.accept(head, { ...keyed('accept'), id: globalId('cltr', await this.last('clue_transfer')) })
  }

  async verify(): Promise<void> {
    const { village, head, officer } = this.cast
    const person = ({ actor }: Origin): string => globalId('person', actor.personId!)
    await this.handling.assign(head, { ...keyed('assign'), id: this.clue, personId: person(officer) })
    await this.handling.decideHandling(head, { ...keyed('decide'), id: this.clue, handling: 'PRELIMINARY_VERIFICATION', opinion: '事项具体，由镇村联合核实（示例）。' })
    const id = globalId('ver', await this.verifications.plan(officer, {
      ...keyed('plan'), clueId: this.clue, mode: 'TOWNSHIP_PLUS_VILLAGE', plan: '核对补偿台账，实地丈量（示例）。', plannedFrom: ago(ELAPSED - 5), plannedTo: ago(10),
      team: [{ personId: person(officer), isLead: true, isAkin: false }, { personId: person(village), isLead: false, isAkin: false }],
    }))
    await this.verifications.submit(officer, { ...keyed('submit'), id })
    await this.verifications.approve(head, { ...keyed('approve'), id, contentHash: await this.last('verification', 'content_hash') })
    await this.verifications.recordMeasure(village, { ...keyed('measure'), id, text: '与村民一同实地丈量（示例）。' })
    await this.verifications.conclude(officer, { ...keyed('conclude'), id, outcome: 'FOUNDED_CLERICAL', report: '登记笔误，少计 1.02 亩（示例）。' })
  }

  async settle(): Promise<void> {
    const { village, head, officer } = this.cast
    await this.handling.dispose(head, { ...keyed('dispose'), id: this.clue, dispositions: ['RESTITUTION'] })
    await this.handling.feedback(village, { ...keyed('feedback'), id: this.clue, text: '已当面告知核实结果，本人认可（示例）。' })
    const id = globalId('rest', await this.restitutions.order(officer, {
      ...keyed('order'), clueId: this.clue, kind: 'BACK_PAYMENT', quantity: '1.02', measure: 'MU', beneficiary: '羊盘村村民（示例）', basis: '核实报告（示例）。', isSynthetic: true,
    }))
    await this.restitutions.recordPayment(officer, { ...keyed('pay'), id, paidOn: ago(1), proof: '补登面积凭证（示例）。' })
    await this.restitutions.verify(head, { ...keyed('verify'), id })
    await this.handling.confirmRestitution(head, { ...keyed('confirm'), id: this.clue })
    await this.handling.close(head, { ...keyed('close'), id: this.clue })
  }

  private async unit(code: string): Promise<string> {
    return globalId('unit', (await this.db.rows<{ id: string }>('SELECT id FROM unit WHERE code = $1', [code]))[0]!.id)
  }

  /** The newest transfer or verification of the clue. */
  private last(table: 'clue_transfer' | 'verification', column: 'id' | 'content_hash' = 'id'): Promise<string> {
    return insideRealms(this.db.reads, ['CLUES'], async client =>
      (await client.query<{ value: string }>(`SELECT ${column} AS value FROM ${table} WHERE clue_id = $1 ORDER BY id DESC LIMIT 1`, [this.clue.slice('clue_'.length)])).rows[0]!.value)
  }
}
