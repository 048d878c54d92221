import { DateTime } from 'luxon'

/** The calendar day in China: the product's days are those of its users, wherever the server stands. */
export const today = (): string => DateTime.now().setZone('Asia/Shanghai').toISODate()!

/** The day in China of an instant, as the database or anybody else writes it. */
export const dayOf = (at: string): string => DateTime.fromJSDate(new Date(at)).setZone('Asia/Shanghai').toISODate()!
