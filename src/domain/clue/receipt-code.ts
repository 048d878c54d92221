import { randomInt, timingSafeEqual } from 'node:crypto'
import type { Transaction } from '../../database/transaction'
import type { Vault } from '../../vault'

/** Without letters that people mistake for digits or for each other. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const LENGTH = 20
/** The part that finds the row; the rest only proves. */
const LOOKUP = 8

/** A code for the holder of a receipt, `7K2M-…`: 100 random bits in five groups. */
export const newReceiptCode = (): string =>
  Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]!).join('').replace(/(.{4})(?=.)/g, '$1-')

/** As people type it: any case, blanks and dashes. Null for what cannot be a code. */
export function readReceiptCode(given: string): string | null {
  const code = given.replace(/[\s-]/g, '').toUpperCase()
  return code.length === LENGTH && [...code].every(c => ALPHABET.includes(c)) ? code : null
}

/** A keyed hash, under a key that is not in the database: whoever copies that can try no codes. */
const digestOf = (vault: Vault, tx: Transaction, code: string): Promise<string> => vault.digest(tx, 'CLUES', 'receipt', code)

/** What is kept of a code. */
export async function receiptRow(vault: Vault, tx: Transaction, shown: string): Promise<{ lookup: string; digest: string }> {
  const code = readReceiptCode(shown)!
  return { lookup: code.slice(0, LOOKUP), digest: await digestOf(vault, tx, code) }
}

const NOTHING = '0'.repeat(64)

/** The clue of a code; null for a wrong one. Takes the same steps whether the code is nearly right, wrong or none at all. */
export async function clueIdOfReceipt(vault: Vault, tx: Transaction, given: string): Promise<string | null> {
  const code = readReceiptCode(given) ?? ALPHABET[0]!.repeat(LENGTH)
  const digest = Buffer.from(await digestOf(vault, tx, code))
  const rows = await tx.rows<{ clue_id: string; digest: string }>('SELECT clue_id, digest FROM clue_receipt WHERE lookup = $1 LIMIT 5', [code.slice(0, LOOKUP)])
  const right = [...rows, { clue_id: null, digest: NOTHING }].filter(row => timingSafeEqual(digest, Buffer.from(row.digest)))
  return right[0]?.clue_id ?? null
}
