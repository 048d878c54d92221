import type { Database } from '../../database/database'

const DEFAULT: readonly number[] = [5, 1]
const configured = new WeakMap<Database, readonly number[]>()

/** On which working days before the day people are reminded. Said once, when the product starts on a database. */
export const useReminderDays = (db: Database, days: readonly number[]): void => void configured.set(db, days)
export const reminderDays = (db: Database): readonly number[] => configured.get(db) ?? DEFAULT
