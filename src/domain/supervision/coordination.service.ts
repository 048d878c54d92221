import { holds, type Actor, type Role } from '../../core/actor'
import { globalId, rowIdOf } from '../../core/ids'
import type { RequestContext } from '../../core/request'
import type { Database } from '../../database/database'
import type { Unit } from '../unit'
import { ACTIVITY, overlapping, type Overlapping } from './activity.repository'
import { bodiesById, bodiesNear, type Body } from './bodies'
import type { SupervisionBodiesArgs, SupervisionBody, SupervisionOverlapsArgs } from './coordination.types'
import { supervisionActivityMachine } from './supervision-activity.states'
import type { OverlapAnswer, SupervisionOverlap } from './supervision-activity.types'

/** Who speaks for a body towards others. */
const SPEAKERS: readonly Role[] = ['SUPERVISOR', 'COMMISSION_APPROVER', 'TOWNSHIP_COMMISSION']

/** What bodies are told of each other beyond their registers, so that they can act together. */
export class CoordinationService {
  constructor(private readonly db: Database) {}

  /**
   * Coordination is the purpose of telling it, so it is told across scopes, and only to those who must answer: who, where, about what, when.
   */
  async overlaps(ctx: RequestContext, { activityId, withinDays }: SupervisionOverlapsArgs): Promise<SupervisionOverlap[] | null> {
    const id = rowIdOf(ACTIVITY.prefix, activityId)
    const [lead] = id === null ? [] : await this.db.rows<{ path: string }>('SELECT u.path FROM supervision_activity a JOIN unit u ON u.id = a.unit_id WHERE a.id = $1', [id])
    if (!lead || !holds(ctx.actor, supervisionActivityMachine.commands.answerSupervisionOverlap.roles, lead.path)) return null
    return Promise.all((await overlapping(this.db, id!, withinDays)).map(async o => toldOf(o, (await ctx.read.many('Unit', o.unit_ids)).filter(u => u !== null) as Unit[])))
  }

  async bodies({ actor }: RequestContext, { unitId, ...asked }: SupervisionBodiesArgs): Promise<SupervisionBody[] | null> {
    const from = await this.spokenFor(actor, unitId)
    return from && (await bodiesNear(this.db, from, asked)).map(b => ({ unitId: globalId('unit', b.id), nameZh: b.name_zh, kind: b.kind }))
  }

  private async spokenFor(actor: Actor, unitId: string): Promise<Body | null> {
    const id = rowIdOf('unit', unitId)
    const [body] = id === null ? [] : await bodiesById(this.db, [id])
    return body && holds(actor, SPEAKERS, body.path) ? body : null
  }
}

const toldOf = (o: Overlapping, objectUnits: Unit[]): SupervisionOverlap => ({
  otherActivityId: globalId(ACTIVITY.prefix, o.id), leadUnitId: globalId('unit', o.lead_unit_id), leadNameZh: o.lead_name_zh, leadKind: o.lead_kind, objectUnits, matterCodes: [...o.matter_codes],
  plannedFrom: o.planned_from, plannedTo: o.planned_to, state: o.state, needsAnswer: o.overlaps, proposals: proposalsFor(o), answer: o.answer,
})

/** What is over has a result to use; what is not can be done together. */
function proposalsFor({ state }: Overlapping): OverlapAnswer[] {
  if (state === 'PLANNED' || state === 'COORDINATED') return ['JOINT_ACTION', 'OWN_VISIT']
  return state === 'IN_PROGRESS' ? ['JOINT_ACTION', 'RESULT_REUSE', 'OWN_VISIT'] : ['RESULT_REUSE', 'OWN_VISIT']
}
