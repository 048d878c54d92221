import { z } from 'plumbline/sdk'

const day = z.iso.date()

/** Settings of the plugin: years of the holiday calendar that it does not carry yet, or corrections of those it carries. */
export const settings = z.strictObject({
  calendar: z.record(z.string().regex(/^\d{4}$/), z.strictObject({
    /** Days off on what would be working days (or anyway): holidays. */
    off: z.array(day),
    /** Saturdays and Sundays that are worked in exchange. */
    worked: z.array(day),
  })).default({}),
})
export type Settings = z.output<typeof settings>
