/**
 * `where` of a check that finds rows of which an earlier row (alias `o`) is the same. One earlier row is enough: a file with the same row
 * 50,000 times has 50,000 problems, not a thousand million. The staging table needs an index on what is compared, `line` last.
 */
export const earlierRow = (staging: string, same: string): string =>
  `JOIN LATERAL (SELECT o.row FROM ${staging} o WHERE ${same} AND o.line < s.line ORDER BY o.line LIMIT 1) o ON true WHERE true`

/** The staged row holds on some day on which the other row holds too; both hold from `valid_from` up to, but not on, `valid_to`. */
export const inSameDays = (other: string): string => `s.valid_from < coalesce(${other}.valid_to, 'infinity') AND ${other}.valid_from < coalesce(s.valid_to, 'infinity')`
