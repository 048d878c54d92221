import { LRUCache } from 'lru-cache'
import { AppError, notFound } from '../../core/errors'
import type { Locale, Origin } from '../../core/request'
import { runCommand } from '../../database/command'
import type { Database } from '../../database/database'
import type { Transaction } from '../../database/transaction'
import { vaultOf } from '../../vault'
import { clueEvents } from './clue.events'
import type { AddByReceiptInput } from './clue-reveal.inputs'
import { clueOf, isNamed, type ClueRow } from './clue.repository'
import type { ReceiptStage } from './clue.words'
import { RECEIPT_TEXTS } from './receipt-texts'
import type { ClueReceipt } from './clue.types'
import type { ClueWork } from './clue.work'
import { clueIdOfReceipt } from './receipt-code'

/** Wrong codes from one address in this time, after which none is looked at. The door limits requests besides. */
const WRONG_MOST = 10
const WRONG_WINDOW = 10 * 60_000
/** Additions to one clue in a day. */
const ADDED_MOST = 20

/** What people outside may do who hold a receipt: see where their matter stands, and add to it, after it was closed, too. */
export class ReceiptService {
  private readonly wrong = new LRUCache<string, number>({ max: 10_000, ttl: WRONG_WINDOW, noUpdateTTL: true })

  constructor(private readonly work: ClueWork) {}

  private get db(): Database {
    return this.work.db
  }

  async stage(origin: Origin, code: string, locale: Locale): Promise<ClueReceipt | null> {
    const stage = await this.asHolder(origin, 'clueReceipt', { code }, async () => undefined)
    return stage && { stage, text: RECEIPT_TEXTS[stage][locale] }
  }

  async add(origin: Origin, input: AddByReceiptInput, locale: Locale): Promise<ClueReceipt> {
    if (origin.actor.ref !== 'anonymous') throw new AppError('FORBIDDEN', 'Whoever is signed in adds by addClueInformation.', { messageKey: 'receiptSignedIn' })
    const stage = await this.asHolder(origin, 'addByClueReceipt', input, async (tx, found) => {
      const { added } = (await tx.row<{ added: number }>(`SELECT count(*)::int AS added FROM clue_entry WHERE clue_id = $1 AND kind = 'REPORTER_INFORMATION' AND at > now() - interval '1 day'`, [found.id]))!
      if (added >= ADDED_MOST) throw new AppError('LIMIT_EXCEEDED', `At most ${ADDED_MOST} additions a day.`, { limit: 'receiptAdditions', most: ADDED_MOST, messageKey: 'receiptAdditions', messageValues: { most: ADDED_MOST } })
      await this.work.write(tx, found, 'REPORTER_INFORMATION', input.text)
      tx.emit(clueEvents.informationAdded, { subjectId: found.id, unitId: found.unit_id, payload: { kind: 'REPORTER_INFORMATION' } })
    })
    if (!stage) throw notFound('code')
    return { stage, text: RECEIPT_TEXTS[stage][locale] }
  }

  /** Answers the stage; null for a wrong code. INV-31: from where the holder asks stands in no log of ours. */
  private async asHolder(
    origin: Origin, command: string, input: { code: string; idempotencyKey?: string | null }, work: (tx: Transaction, clue: ClueRow) => Promise<void>,
  ): Promise<ReceiptStage | null> {
    const address = origin.address ?? ''
    if ((this.wrong.get(address) ?? 0) >= WRONG_MOST) throw new AppError('LIMIT_EXCEEDED', 'Too many wrong codes. Try again later.', { limit: 'wrongReceiptCodes', most: WRONG_MOST, messageKey: 'wrongReceiptCodes' })
    const stage = await runCommand(this.db, { ...origin, address: null }, command, input, async tx => {
      const clueId = await clueIdOfReceipt(vaultOf(this.db), tx, input.code)
      if (clueId === null) return null
      const clue = await clueOf(tx, { clue_id: clueId })
      await work(tx, clue)
      return stageOf(clue)
    })
    if (stage === null) this.wrong.set(address, (this.wrong.get(address) ?? 0) + 1)
    return stage
  }
}

/** In plain words, and no more than them: neither who handles it nor what came of it. */
export function stageOf(clue: Pick<ClueRow, 'state' | 'told_on' | 'anonymity'>): ReceiptStage {
  switch (clue.state) {
    case 'RECEIVED': return 'RECEIVED'
    case 'NOT_ACCEPTED': return isNamed(clue) && clue.told_on === null ? 'ANSWER_DUE' : 'NOT_ACCEPTED'
    case 'CLOSED': case 'MERGED': return clue.state === 'MERGED' ? 'BEING_HANDLED' : 'CLOSED'
    case 'DISPOSED': return isNamed(clue) ? 'ANSWER_DUE' : 'BEING_HANDLED'
    case 'FED_BACK': case 'SETTLED': return 'ANSWERED'
    default: return 'BEING_HANDLED'
  }
}
