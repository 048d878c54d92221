import { DateTime } from 'luxon'

const HOUR = 3_600_000
/** Days begin with an hour, and every request asks. */
let known = { hour: -1, day: '' }

/** The calendar day in China: the product's days are those of its users, wherever the server stands. */
export function today(): string {
  const hour = Math.floor(Date.now() / HOUR)
  if (known.hour !== hour) known = { hour, day: DateTime.now().setZone('Asia/Shanghai').toISODate()! }
  return known.day
}

/** The day in China of an instant, as the database or anybody else writes it. */
export const dayOf = (at: string): string => DateTime.fromJSDate(new Date(at)).setZone('Asia/Shanghai').toISODate()!
