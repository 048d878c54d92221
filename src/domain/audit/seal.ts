import { sealHashOf, type Digest } from './hashes'

/** A seal without the records that it covers. */
export interface Seal {
  readonly sequence: number
  /** UTC with microseconds. */
  readonly at: string
  /** Place of its first and last record in the log, from 1. */
  readonly firstPosition: number
  readonly lastPosition: number
  readonly recordCount: number
  readonly algorithm: string
  readonly recordForm: string
  readonly root: string
  readonly previousHash: string | null
  readonly hash: string
  readonly cluster: string
  readonly era: number
  /** What was committed when it was made. */
  readonly snapshot: string
}

/** The hash that binds all of a seal, and through `previousHash` all before it. */
export const hashOfSeal = (digest: Digest, s: Omit<Seal, 'hash'>): string => sealHashOf(digest, JSON.stringify([
  s.sequence, s.at, s.firstPosition, s.lastPosition, s.recordCount, s.algorithm, s.recordForm, s.root, s.previousHash, s.cluster, s.era, s.snapshot,
]))

/** An instant as it is hashed, whatever the settings of the session. */
const utc = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

/** Name of the form below. A change of it is a new form; old seals are verified with theirs. */
export const RECORD_FORM = 'jsonb-12'
/**
 * A record as it is hashed: the text of a jsonb array of its twelve columns. jsonb has one normal form: keys by their length in bytes and
 * then bytewise, one space after each comma and colon, numbers digit by digit as they came, strings with only the escapes that JSON
 * demands. No setting of PostgreSQL changes it.
 */
const FORMS: Readonly<Record<string, string>> = {
  [RECORD_FORM]: `jsonb_build_array(r.id, ${utc('r.at')}, r.tx, r.actor, r.request_id, r.address, r.command, r.subject_type, r.subject_id, r.unit_id, r.before, r.after)::text`,
}
export const formOf = (name: string): string | undefined => FORMS[name]

/** Columns of a seal as `Seal` has them. bigint is cut to a number: positions stay below 2^53. */
export const SEAL_COLUMNS = `s.sequence, ${utc('s.at')} AS at, s.first_position::float8 AS "firstPosition", s.last_position::float8 AS "lastPosition", s.record_count AS "recordCount",
  s.algorithm, s.record_form AS "recordForm", s.root, s.previous_hash AS "previousHash", s.hash, s.cluster, s.era, s.snapshot`

/** What a reader of the log is told to be now: its clock, its cluster, and what is committed. */
export const NOW = `SELECT ${utc('clock_timestamp()')} AS at, (SELECT system_identifier::text FROM pg_control_system()) AS cluster, pg_current_snapshot()::text AS snapshot`
export interface Now { readonly at: string; readonly cluster: string; readonly snapshot: string }

/** Longer than any transaction lasts. After a restore, what is older than this before the last seal cannot still be on its way. */
export const LONGEST_TRANSACTION = `interval '1 day'`
