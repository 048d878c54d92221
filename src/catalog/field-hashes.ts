import { hashOf } from '../database/content-hash'

/** A hash of each field as the release has it: what a later upgrade compares local edits and the next release with. */
export const fieldHashes = (fields: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, hashOf(value ?? null).slice(0, 32)]))
