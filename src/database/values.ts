/** A row by its columns. */
export type Values = Record<string, unknown>

/** Marks a value for a jsonb column (arrays would otherwise become PostgreSQL arrays). */
export class Json { constructor(readonly value: unknown) {} }
export const json = (value: unknown): Json => new Json(value)
export const plain = (v: unknown): unknown => (v instanceof Json ? v.value : v)
