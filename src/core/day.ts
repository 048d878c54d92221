import { DateTime } from 'luxon'

/** The calendar day in China: the product's days are those of its users, wherever the server stands. */
export const today = (): string => DateTime.now().setZone('Asia/Shanghai').toISODate()!
