import { badInputs, type Violation } from '../../core/errors'
import { Exact } from '../../core/decimal'
import { newId } from '../../core/ids'
import type { Origin } from '../../core/request'
import { today } from '../../core/day'
import { begin } from '../../core/states'
import { runCommand } from '../../database/command'
import { locate, type LocatedRow } from '../../database/locate'
import { enter, next } from '../../database/moves'
import type { Transaction, Values } from '../../database/transaction'
import { gate } from '../gate'
import type { ClueCommandInput } from './clue.inputs'
import { RESTITUTION } from './clue.registers'
import { clueOf, locateClue, type ClueRow } from './clue.repository'
import { dayNotLater, type ClueWork } from './clue.work'
import { restitutionMachine, type RestitutionState } from './restitution.states'
import type { EditRestitutionInput, OrderRestitutionInput, RecordRestitutionPaymentInput } from './verification.inputs'

type RestitutionRow = LocatedRow & { clue_id: string; state: RestitutionState; quantity: string | null; measure: string | null; amount: string | null; currency: string | null; recorded_by: string | null }
type Owed = Pick<RestitutionRow, 'quantity' | 'measure' | 'amount' | 'currency'>
interface On { id: string; rowVersion?: number | null; opinion?: string | null; idempotencyKey?: string | null }

/** What is owed after a clue. Each answers the row id of the restitution. */
export class RestitutionService {
  constructor(private readonly work: ClueWork) {}

  order(origin: Origin, input: OrderRestitutionInput): Promise<string> {
    return runCommand(this.work.db, origin, 'orderRestitution', input, async tx => {
      const clue = await locateClue(tx, input.clueId, 'clueId')
      const state = begin(restitutionMachine, 'orderRestitution', { actor: origin.actor, path: clue.unit_path })
      if (!['VERIFIED', 'DISPOSED', 'FED_BACK'].includes(clue.state)) gate([{ path: 'clueId', rule: 'SM-8', message: 'Something is owed on a clue that is verified or disposed of.' }])
      const owed = owedOf(input)
      const id = newId()
      tx.insert('restitution', { id, clue_id: clue.id, unit_id: clue.unit_id, kind: input.kind, ...owed, due_on: input.dueOn ?? null, is_synthetic: input.isSynthetic, state })
      await this.work.seal(tx, 'restitution', id, { beneficiary: input.beneficiary, basis: input.basis })
      return id
    })
  }

  edit(origin: Origin, input: EditRestitutionInput): Promise<string> {
    return this.on(origin, 'editRestitution', input, async (tx, row) => {
      const sealed = Object.fromEntries(Object.entries({ beneficiary: input.beneficiary, basis: input.basis }).filter((v): v is [string, string] => v[1] != null))
      if (Object.keys(sealed).length) {
        await this.work.seal(tx, 'restitution', row.id, sealed)
        tx.touch('restitution', row)
      }
      const now = (key: keyof Owed): string | null => (input[key] === undefined ? row[key] : input[key])
      return { ...owedOf({ quantity: now('quantity'), measure: now('measure'), amount: now('amount'), currency: now('currency') }), ...(input.dueOn !== undefined && { due_on: input.dueOn }) }
    })
  }

  recordPayment(origin: Origin, input: RecordRestitutionPaymentInput): Promise<string> {
    return this.on(origin, 'recordRestitutionPayment', input, async (tx, _, clue) => {
      const paid_on = dayNotLater(input.paidOn, 'paidOn', clue.received_on)
      await this.work.write(tx, clue, 'PAYMENT_PROOF', input.proof)
      return { paid_on, recorded_by: origin.actor.ref }
    })
  }

  return(origin: Origin, input: ClueCommandInput): Promise<string> {
    return this.on(origin, 'returnRestitution', input, (_, __, clue) => {
      if (clue.state === 'SETTLED' || clue.state === 'CLOSED') gate([{ path: 'id', rule: 'SM-8', message: 'The clue is settled already.' }])
      return { paid_on: null, recorded_by: null, verified_by: null, verified_on: null }
    })
  }

  verify(origin: Origin, input: ClueCommandInput): Promise<string> {
    return this.on(origin, 'verifyRestitution', input, () => ({ verified_by: origin.actor.ref, verified_on: today() }))
  }

  cancel(origin: Origin, input: ClueCommandInput): Promise<string> {
    return this.on(origin, 'cancelRestitution', input, () => ({}))
  }

  private on<I extends On>(
    origin: Origin, command: keyof typeof restitutionMachine.commands, input: I, changes: (tx: Transaction, row: RestitutionRow, clue: ClueRow) => Promise<Values> | Values,
  ): Promise<string> {
    return runCommand(this.work.db, origin, command, input, async tx => {
      const row = await locate<RestitutionRow>(tx, RESTITUTION, input.id, 'id')
      const to = await next(tx, restitutionMachine, command, row, input)
      const clue = await clueOf(tx, row)
      enter(tx, { ...RESTITUTION, type: 'Restitution' }, row, to, { changes: await changes(tx, row, clue) })
      if (input.opinion?.trim()) await this.work.write(tx, clue, 'OPINION', input.opinion.trim())
      return row.id
    })
  }
}

/** A quantity with its measure, an amount with its currency, or both; more than nothing, exactly as given. */
function owedOf({ quantity = null, measure = null, amount = null, currency = null }: { [K in keyof Owed]?: string | null }): Owed {
  const wrong: Violation[] = []
  const refuse = (path: string, rule: string, message: string): void => void wrong.push({ path, rule, message })
  if (quantity === null && amount === null) refuse('quantity', 'required', 'Say how much is owed: a quantity, an amount, or both.')
  if ((quantity === null) !== (measure === null)) refuse('measure', 'required', 'A quantity has a measure.')
  if ((amount === null) !== (currency === null)) refuse('currency', 'required', 'An amount has a currency.')
  for (const [path, value] of [['quantity', quantity], ['amount', amount]] as const) if (value !== null && !new Exact(value).gt(0)) refuse(path, 'positive', 'What is owed is more than nothing.')
  if (wrong.length) throw badInputs(wrong)
  return { quantity, measure, amount, currency }
}
