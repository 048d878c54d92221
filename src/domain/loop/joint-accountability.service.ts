import { badInput, notFound, type Violation } from '../../core/errors'
import { rowIdOf } from '../../core/ids'
import type { Origin } from '../../core/request'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import type { Transaction, Values } from '../../database/transaction'
import { decisionsFrom, TAKEN_EFFECT, WAITING } from '../accountability'
import { gate } from '../gate'
import { moment, type CycleRow, type Responsibility } from '../responsibility'
import './loop.constraints'
import type { CycleCommandInput, ProposeCycleAccountabilityInput, RecordCycleFaultInput } from './loop.inputs'
import { FOUR, holdCycle, itemOfYear, lockStandings, moveCycle, putStandings, type Standing } from './loop.repository'

const NOTHING_PROPOSED: Values = {
  accountability_proposed_by: null, accountability_proposed_at: null, accountability_responsibility: null, accountability_source_kind: null, accountability_source_id: null, accountability_reason: null,
}
const NOT_OPENED: Values = { accountability_from: null, accountability_opened_by: null, accountability_opened_at: null }

/** Failure and accountability (失责问责): one of the four failed, all four are looked at together (同追). Each command answers the row id of the unit-year. */
export class JointAccountabilityService {
  constructor(private readonly db: Database) {}

  propose(origin: Origin, input: ProposeCycleAccountabilityInput): Promise<string> {
    return runCommand(this.db, origin, 'proposeCycleAccountability', input, async tx => {
      const held = await holdCycle(tx, 'proposeCycleAccountability', input)
      if (held.cycle.accountability_proposed_by !== null) gate([{ path: 'id', rule: 'SM-2', message: 'Accountability is proposed already.' }])
      const source = await failureOf(tx, held.cycle, input.sourceId)
      if (source.responsibility !== null && source.responsibility !== input.responsibility) throw badInput('responsibility', 'SM-2', `What is named is a duty of ${source.responsibility}.`)
      moveCycle(tx, held, 'accountabilityProposed', {
        changes: {
          accountability_proposed_by: origin.actor.ref, accountability_proposed_at: await moment(tx), accountability_responsibility: input.responsibility,
          accountability_source_kind: source.kind, accountability_source_id: source.id, accountability_reason: input.opinion.trim(),
        },
        about: input.responsibility, opinion: input.opinion,
      })
      return held.cycle.id
    })
  }

  decline(origin: Origin, input: CycleCommandInput): Promise<string> {
    return runCommand(this.db, origin, 'declineCycleAccountability', input, async tx => {
      const held = await holdCycle(tx, 'declineCycleAccountability', input)
      requireProposed(held.cycle)
      moveCycle(tx, held, 'accountabilityDeclined', { changes: NOTHING_PROPOSED, opinion: input.opinion })
      return held.cycle.id
    })
  }

  open(origin: Origin, input: CycleCommandInput): Promise<string> {
    return runCommand(this.db, origin, 'openCycleAccountability', input, async tx => {
      const held = await holdCycle(tx, 'openCycleAccountability', input)
      requireProposed(held.cycle)
      await putStandings(tx, held.cycle, new Map())
      moveCycle(tx, held, 'accountabilityOpened', {
        changes: { accountability_from: held.cycle.state, accountability_opened_by: origin.actor.ref, accountability_opened_at: await moment(tx) }, opinion: input.opinion,
        about: held.cycle.accountability_responsibility,
      })
      return held.cycle.id
    })
  }

  recordFault(origin: Origin, input: RecordCycleFaultInput): Promise<string> {
    return runCommand(this.db, origin, 'recordCycleFault', input, async tx => {
      const held = await holdCycle(tx, 'recordCycleFault', input)
      if (input.fault === 'NOT_AT_FAULT') {
        const against = (await decisionsFrom(tx, [held.cycle.id], [...WAITING, ...TAKEN_EFFECT])).filter(d => d.responsibility === input.responsibility)
        if (against.length) gate([{ path: 'fault', rule: 'SM-2', message: `${against.length} decision(s) on accountability say otherwise; they are withdrawn, rejected or revoked first.` }])
      }
      await putStandings(tx, held.cycle, new Map([[input.responsibility, { fault: input.fault, fault_reason: input.reason }]]))
      moveCycle(tx, held, 'faultRecorded', { about: input.responsibility })
      return held.cycle.id
    })
  }

  drop(origin: Origin, input: CycleCommandInput): Promise<string> {
    return runCommand(this.db, origin, 'dropCycleAccountability', input, async tx => {
      const held = await holdCycle(tx, 'dropCycleAccountability', input, cycle => cycle.accountability_from!)
      const standing = await decisionsFrom(tx, [held.cycle.id], TAKEN_EFFECT)
      if (standing.length) gate([{ path: 'id', rule: 'SM-2', message: `${standing.length} decision(s) on accountability have taken effect.` }])
      await putStandings(tx, held.cycle, new Map(FOUR.map(r => [r, { fault: null, fault_reason: null }])))
      moveCycle(tx, held, 'accountabilityDropped', { changes: { ...NOTHING_PROPOSED, ...NOT_OPENED }, opinion: input.opinion })
      return held.cycle.id
    })
  }

  decide(origin: Origin, input: CycleCommandInput): Promise<string> {
    return runCommand(this.db, origin, 'decideCycleAccountability', input, async tx => {
      const held = await holdCycle(tx, 'decideCycleAccountability', input)
      const standings = await lockStandings(tx, held.cycle)
      gate([...openOf(standings), ...await contradicted(tx, held.cycle, standings)])
      moveCycle(tx, held, 'closed', { changes: { closed_at: await moment(tx) }, opinion: input.opinion })
      return held.cycle.id
    })
  }
}

/** Those of the four for which nothing is found yet. */
const openOf = (standings: readonly Standing[]): Violation[] => standings.filter(s => s.fault === null)
  .map(s => ({ path: `responsibilities.${s.responsibility}`, rule: 'SM-2', message: `${s.responsibility} is found neither at fault nor not at fault.` }))

/** Proposals that nobody has decided, and decisions on one of the four that is not at fault. */
async function contradicted(tx: Transaction, cycle: CycleRow, standings: readonly Standing[]): Promise<Violation[]> {
  const decisions = await decisionsFrom(tx, [cycle.id], [...WAITING, ...TAKEN_EFFECT])
  const waiting = decisions.filter(d => WAITING.includes(d.state)).length
  const faultless = standings.filter(s => s.fault === 'NOT_AT_FAULT' && decisions.some(d => d.responsibility === s.responsibility))
  return [
    ...waiting ? [{ path: 'accountabilityDecisions', rule: 'SM-2', message: `${waiting} proposal(s) of accountability wait to be decided.` }] : [],
    ...faultless.map(s => ({ path: `responsibilities.${s.responsibility}`, rule: 'SM-2', message: `${s.responsibility} is found not at fault, and a decision says otherwise.` })),
  ]
}

function requireProposed(cycle: CycleRow): void {
  if (cycle.accountability_proposed_by === null) gate([{ path: 'id', rule: 'SM-2', message: 'No accountability is proposed.' }])
}

/** What failed: a duty of the year that was returned, is late, or was not done when the year was evaluated. */
async function failureOf(tx: Transaction, cycle: CycleRow, id: string): Promise<{ kind: string; id: string; responsibility: Responsibility | null }> {
  const rowId = rowIdOf('duty', id)
  const item = rowId === null ? null : await itemOfYear(tx, cycle, rowId)
  if (!item) throw notFound('sourceId')
  const undone = cycle.state === 'EVALUATED' && item.state !== 'VERIFIED' && item.state !== 'WAIVED'
  if (!item.late && item.state !== 'RETURNED' && !undone) gate([{ path: 'sourceId', rule: 'SM-2', message: `The duty is ${item.state} and not late; nothing failed.` }])
  return { kind: 'DUTY_ITEM', id: item.id, responsibility: item.responsibility }
}
