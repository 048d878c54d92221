import { today } from '../../core/day'
import { badInput } from '../../core/errors'
import type { Origin } from '../../core/request'
import { begin } from '../../core/states'
import { runCommand } from '../../database/command'
import { explainConstraints } from '../../database/constraints'
import type { Database } from '../../database/database'
import { locateUnit } from '../../database/locate'
import { enter, next } from '../../database/moves'
import { sidePaths } from '../../database/sides'
import { type Transaction, type Values } from '../../database/transaction'
import { gate } from '../gate'
import { findPerson } from '../person'
import { remembered } from '../remembered'
import { holdSource, locateSource } from '../sources'
import { accountabilityEvents } from './accountability.events'
import type { AccountabilityCommandInput, DecideAccountabilityInput, EditAccountabilityProposalInput, ProposeAccountabilityInput } from './accountability.inputs'
import { answersForYear, hasAuthority, locateDecision, PURSUED, type AccountabilitySource, type DecisionRow } from './accountability.repository'
import { accountabilityDecisionMachine } from './accountability-decision.states'
import { ON_UNITS, type SanctionKind } from './sanction-kinds'

explainConstraints({
  accountability_decision_subject_check: { code: 'BAD_INPUT', rule: 'form', path: 'form', message: 'A sanction of a person belongs to one of the four forms, one of a unit to none.' },
  accountability_decision_cycle_check: { code: 'BAD_INPUT', rule: 'SM-2', path: 'responsibility', message: 'A decision in a unit-year says for which of the four it is.' },
  accountability_decision_basis_check: { code: 'BAD_INPUT', rule: 'INV-35', path: 'basis', message: 'A decision cites its basis.' },
})

type Command = keyof typeof accountabilityDecisionMachine.commands
type Step = (tx: Transaction, decision: DecisionRow) => Promise<Values> | Values

/** Commands on accountability. Each answers the row id of the decision. */
export class AccountabilityService {
  constructor(private readonly db: Database) {}

  propose(origin: Origin, input: ProposeAccountabilityInput): Promise<string> {
    return runCommand(this.db, origin, 'proposeAccountability', input, async tx => {
      const proposing = await locateUnit(tx, input.proposingUnitId, 'proposingUnitId')
      const { unitId, personId } = await subjectOf(tx, input)
      const deciding = await locateUnit(tx, input.decidingUnitId, 'decidingUnitId')
      const parties = { proposing_unit_id: proposing.id, deciding_unit_id: deciding.id }
      const state = begin(accountabilityDecisionMachine, 'proposeAccountability', { actor: origin.actor, path: proposing.path, sides: await sidePaths(tx, accountabilityDecisionMachine, parties) })
      requireFitting(input, personId === null)
      await requireAuthority(tx, deciding.id, unitId)
      const source = await sourceOf(tx, input, { unitId, personId })
      const id = tx.insert('accountability_decision', {
        unit_id: unitId, person_id: personId, ...parties, kind: input.kind, form: input.form ?? null, responsibility: input.responsibility ?? null, basis: input.basis, state, ...source,
        edited_by: [origin.actor.ref], is_synthetic: input.isSynthetic,
      })
      tell(tx, { id, unit_id: unitId, ...parties }, 'proposed')
      return id
    })
  }

  edit(origin: Origin, input: EditAccountabilityProposalInput): Promise<string> {
    return this.move(origin, 'editAccountabilityProposal', input, null, (_, decision) => {
      const { kind, form, responsibility, basis } = input
      requireFitting({ kind: kind ?? decision.kind, form: form === undefined ? decision.form : form, basis: basis ?? ' - ' }, decision.person_id === null)
      return {
        ...(kind != null && { kind }), ...(form !== undefined && { form }), ...(responsibility !== undefined && { responsibility }), ...(basis != null && { basis }),
        ...remembered(decision, 'edited_by', origin.actor),
      }
    })
  }

  resubmit(origin: Origin, input: AccountabilityCommandInput): Promise<string> {
    return this.move(origin, 'resubmitAccountabilityProposal', input, 'proposed', () => ({}))
  }

  withdraw(origin: Origin, input: AccountabilityCommandInput): Promise<string> {
    return this.move(origin, 'withdrawAccountabilityProposal', input, 'withdrawn', () => ({}))
  }

  return(origin: Origin, input: AccountabilityCommandInput): Promise<string> {
    return this.move(origin, 'returnAccountabilityProposal', input, 'returned', () => ({}))
  }

  decide(origin: Origin, input: DecideAccountabilityInput): Promise<string> {
    return this.move(origin, 'decideAccountability', input, 'decided', async (tx, decision) => {
      await requireAuthority(tx, decision.deciding_unit_id, decision.unit_id)
      if (decision.source_kind !== null) await requirePursued(tx, { kind: decision.source_kind, id: decision.source_id! }, 'id')
      return { decided_by: origin.actor.ref, decided_on: today() }
    })
  }

  reject(origin: Origin, input: AccountabilityCommandInput): Promise<string> {
    return this.move(origin, 'rejectAccountabilityProposal', input, 'rejected', () => ({}))
  }

  receiveAppeal(origin: Origin, input: AccountabilityCommandInput): Promise<string> {
    return this.move(origin, 'receiveAccountabilityAppeal', input, 'appealed', () => ({ appealed_on: today() }))
  }

  uphold(origin: Origin, input: AccountabilityCommandInput): Promise<string> {
    return this.move(origin, 'upholdAccountabilityDecision', input, 'upheld', () => ({}))
  }

  revoke(origin: Origin, input: AccountabilityCommandInput): Promise<string> {
    return this.move(origin, 'revokeAccountabilityDecision', input, 'revoked', () => ({}))
  }

  private move(origin: Origin, command: Command, input: AccountabilityCommandInput | EditAccountabilityProposalInput, happened: keyof typeof accountabilityEvents | null, step: Step): Promise<string> {
    return runCommand(this.db, origin, command, input, async tx => {
      const decision = await locateDecision(tx, input.id)
      const opinion = 'opinion' in input ? input.opinion : null
      const to = await next(tx, accountabilityDecisionMachine, command, decision, { ...input, opinion })
      enter(tx, { table: 'accountability_decision', type: 'AccountabilityDecision' }, decision, to, { changes: await step(tx, decision), opinion })
      if (happened) tell(tx, decision, happened)
      return decision.id
    })
  }
}

function tell(tx: Transaction, d: Pick<DecisionRow, 'id' | 'unit_id' | 'proposing_unit_id' | 'deciding_unit_id'>, happened: keyof typeof accountabilityEvents): void {
  tx.emit(accountabilityEvents[happened], { subjectId: d.id, unitId: d.unit_id, payload: { proposingUnitId: d.proposing_unit_id, decidingUnitId: d.deciding_unit_id } })
}

/** Whom it is about: a person, by the unit that keeps their record, or a unit. */
async function subjectOf(tx: Transaction, { personId, unitId }: ProposeAccountabilityInput): Promise<{ unitId: string; personId: string | null }> {
  if ((personId == null) === (unitId == null)) throw badInput('personId', 'oneSubject', 'It is about either a person or a unit.')
  if (unitId != null) return { unitId: (await locateUnit(tx, unitId, 'unitId')).id, personId: null }
  const person = await findPerson(tx, personId!, 'personId', 'SHARE')
  return { unitId: person.unit_id, personId: person.id }
}

/** What a proposal follows from: it must be pursued, and a year's is about those who answer for the year, on one of the four. */
async function sourceOf(tx: Transaction, input: ProposeAccountabilityInput, about: { unitId: string; personId: string | null }): Promise<Values> {
  const source = await locateSource(tx, input.sourceId, 'sourceId', Object.keys(PURSUED) as AccountabilitySource[])
  if (source.kind === 'OTHER' || source.id === null) return {}
  const { kind, id } = source
  await requirePursued(tx, { kind, id }, 'sourceId')
  if (kind === 'CYCLE') {
    if (input.responsibility == null) throw badInput('responsibility', 'SM-2', 'A decision in a unit-year says for which of the four it is.')
    if (!(await answersForYear(tx, id, about.unitId, about.personId))) throw badInput('sourceId', 'SM-2', 'The unit-year is not one for which this unit or person answers.')
  }
  return { source_kind: kind, source_id: id }
}

async function requirePursued(tx: Transaction, source: { kind: AccountabilitySource; id: string }, path: string): Promise<void> {
  const state = await holdSource(tx, source)
  if (state !== PURSUED[source.kind]) gate([{ path, rule: source.kind === 'CYCLE' ? 'SM-2' : 'SM-14', message: `What it follows from is ${state}: it is not pursued.` }])
}

function requireFitting({ kind, form, basis }: { kind: SanctionKind; form?: string | null; basis: string }, ofUnit: boolean): void {
  if (ofUnit && !ON_UNITS.includes(kind)) throw badInput('kind', 'ofUnits', `A unit is held to account by ${ON_UNITS.join(', ')}.`)
  if ((form == null) !== ofUnit) throw badInput('form', 'form', 'A sanction of a person belongs to one of the four forms, one of a unit to none.')
  if (!basis.trim()) throw badInput('basis', 'INV-35', 'A decision cites its basis.')
}

async function requireAuthority(tx: Transaction, decidingUnitId: string, unitId: string): Promise<void> {
  if (!(await hasAuthority(tx, decidingUnitId, unitId))) throw badInput('decidingUnitId', 'INV-35', 'This body has no authority over the unit and its people.')
}
