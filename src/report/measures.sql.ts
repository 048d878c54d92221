/** Expressions that many counts are made of. All texts are ours. */
export const TODAY = `(now() AT TIME ZONE 'Asia/Shanghai')::date`
export const counted = (condition: string): string => `count(*) FILTER (WHERE ${condition})::integer`
/** One decimal place; null of nothing. */
export const MEDIAN = (days: string): string => `round((percentile_cont(0.5) WITHIN GROUP (ORDER BY ${days}))::numeric, 1)::text`
/** An exact sum as text; null of nothing. */
export const SUM = (amount: string): string => `sum(${amount})::text`
