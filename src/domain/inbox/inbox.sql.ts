import type { Due } from '../../core/states'
import type { Desk, InboxSource } from './inbox.sources'

/** The day of an item without one: it comes after all others. */
export const NO_DAY = '9999-12-31'

/** Columns of `inbox_item`, in the order in which `itemsOf` gives them. */
export const ITEM = ['subject_id', 'desk', 'unit_id', 'role', 'subject_type', 'state', 'commands', 'kind', 'due_key', 'opens_on', 'since', 'realm', 'person_id', 'excluded'] as const
const KEY = ITEM.slice(0, 4)
const REST = ITEM.slice(4)

const text = (value: string): string => `'${value.replace(/'/g, "''")}'`
const texts = (values: readonly string[]): string => `ARRAY[${values.map(text).join(', ')}]::text[]`

/** Where the rows come from, which of them, and the last move of each. */
interface Rows { readonly from: string; readonly where?: string; readonly moved?: boolean }

/**
 * Whom the rows of a noun wait for as they stand: what `inbox_item` holds of them. Desks that find their unit in the same place are one
 * part of the statement, which is written for every change of a row: what is the same for all of them stands there once.
 */
export function itemsOf(source: InboxSource, { from, where = 'true', moved = true }: Rows = { from: source.table }): string {
  const returns = [...new Set(source.desks.flatMap(d => d.machine.returns))]
  const since = [...(moved ? ['m.at'] : []), 't.created_at']
  const parent = source.while && `greatest(${since.join(', ')}, (SELECT max(p.at) FROM state_transition p WHERE p.subject_id = t.${source.while.key}))`
  const desks = source.desks.map((desk, i) => [i, desk] as const)
  return together(desks, ([, desk]) => linkOf(desk)).map(([link, some]) => {
    const by = (expression: (desk: Desk) => string): string => choice(some.map(([i, desk]) => [i, expression(desk)]))
    const unit = by(desk => unitOf(desk, source))
    const variants = some.some(([, d]) => d.variant) ? ` AND ${by(d => (d.variant ? `t.${d.variant.column} = ${text(d.variant.value)}` : 'true'))}` : ''
    return `
    SELECT t.id AS subject_id, d.desk, ${unit} AS unit_id, d.role, ${text(source.type)} AS subject_type, t.state, d.commands,
      ${moved && returns.length ? `CASE WHEN m.command = ANY(${texts(returns)}) AND m.to_state = t.state THEN 'RETURNED' ELSE 'WAITING' END` : `'WAITING'`} AS kind, ${by(dueOf)} AS due_key, ${by(opensOf)} AS opens_on,
      ${parent ?? `coalesce(${since.join(', ')})`} AS since, ${source.realm ? text(source.realm) : 'NULL::text'} AS realm, ${by(personOf)} AS person_id, ${by(excludedOf)} AS excluded
    FROM ${from} t ${link}
    JOIN (VALUES ${some.flatMap(([i, d]) => d.roles.map(role => `(${i}, ${text(d.state)}, ${text(role)}, ${texts(d.commands)})`)).join(', ')}) d(desk, state, role, commands) ON d.state = t.state${moved ? `
    LEFT JOIN LATERAL (SELECT s.command, s.to_state, s.at FROM state_transition s WHERE s.subject_id = t.id ORDER BY s.id DESC LIMIT 1) m ON true` : ''}
    WHERE ${where}${variants}${parentOf(source)} AND ${unit} IS NOT NULL`
  }).join('\n    UNION ALL')
}

/** What each desk says, where they do not all say the same. */
function choice(said: readonly (readonly [desk: number, expression: string])[]): string {
  const groups = together(said, ([, expression]) => expression).sort(([, a], [, b]) => a.length - b.length)
  const [rest] = groups.pop()!
  return groups.length ? `CASE ${groups.map(([expression, desks]) => `WHEN d.desk IN (${desks.map(([desk]) => desk).join(', ')}) THEN ${expression}`).join(' ')} ELSE ${rest} END` : rest
}

function together<T>(all: readonly T[], by: (one: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>()
  for (const one of all) groups.set(by(one), [...(groups.get(by(one)) ?? []), one])
  return [...groups]
}

const unitOf = ({ side }: Desk, source: InboxSource): string => (side === undefined ? `t.${source.unit}` : 'column' in side ? `t.${side.column}` : `l.${side.via.far}`)
const linkOf = ({ side, pending }: Desk): string => (side && 'via' in side ? `JOIN ${side.via.table} l ON l.${side.via.near} = t.id${pending === undefined ? '' : ` AND l.${pending} IS NULL`}` : '')
const parentOf = ({ while: w }: InboxSource): string => (w ? ` AND EXISTS (SELECT FROM ${w.table} p WHERE p.id = t.${w.key} AND p.${w.column} = ${text(w.is)})` : '')

const dueIn = ({ machine, state }: Desk): Due | undefined => machine.due.find(d => !d.in || d.in.includes(state))
function dueOf(desk: Desk): string {
  const due = dueIn(desk)
  return due ? `coalesce(t.${due.column}, DATE ${text(NO_DAY)})` : `DATE ${text(NO_DAY)}`
}
function opensOf(desk: Desk): string {
  const due = dueIn(desk)
  return due?.opens === undefined ? 'NULL::date' : `t.${due.column} - ${due.opens}`
}

/** Of all duty owners of the unit, the one who answers for it; any of them where nobody does. */
const personOf = ({ machine: { responsible }, roles }: Desk): string => (responsible !== undefined && roles.includes('DUTY_OWNER')
  ? `CASE WHEN d.role = 'DUTY_OWNER' THEN (SELECT a.person_id FROM appointment a WHERE a.id = t.${responsible}) END` : 'NULL::uuid')

const excludedOf = ({ apart }: Desk): string => (apart.length
  ? `array_remove(${apart.map(d => (d.all ? `t.${d.column}` : `ARRAY[t.${d.column}]::text[]`)).join(' || ')}, NULL)` : `'{}'::text[]`)

/** Columns that decide who is waited for: a change of anything else costs nothing. */
const watched = (source: InboxSource): string[] => [...new Set(['state', source.unit, ...source.desks.flatMap(desk => [
  ...desk.machine.due.map(d => d.column), ...(desk.machine.responsible === undefined ? [] : [desk.machine.responsible]), ...(desk.variant ? [desk.variant.column] : []),
  ...(desk.side && 'column' in desk.side ? [desk.side.column] : []), ...desk.apart.map(d => d.column), ...(source.while ? [source.while.key] : []),
])])]

/** What keeps the items of a noun true in the transaction that changes its rows: functions and triggers, as the owner of its table makes them. */
export function followingOf(source: InboxSource): string[] {
  const { table, while: parent } = source
  const name = table.replace('.', '_')
  const replace = (ids: string): string => `PERFORM inbox_of_${name}(${ids}); RETURN NULL;`
  const links = [...new Map(source.desks.flatMap(({ side }) => (side && 'via' in side ? [[side.via.table, side.via.near]] as const : []))).entries()]
  const columns = (row: string): string => `(${watched(source).map(c => `${row}.${c}`).join(', ')})`
  const at = (row: string): string => `(${ITEM.map(c => `${row}.${c}`).join(', ')})`
  const changed = (changes: string): string => `SELECT array_agg(DISTINCT c.role || ' ' || u.path) INTO news FROM (${changes}) c JOIN unit u ON u.id = c.unit_id;
      PERFORM inbox_tell(news);`
  return [
    // What came and what went is told where roles are held: who watches looks with their own eyes.
    functionOf(`inbox_of_${name}(ids uuid[])`, 'void', `
      WITH fresh AS MATERIALIZED (${itemsOf(source, { from: table, where: 't.id = ANY(ids)' })}),
      gone AS (DELETE FROM inbox_item i WHERE i.subject_id = ANY(ids) AND NOT EXISTS (SELECT FROM fresh f WHERE ${KEY.map(c => `f.${c} = i.${c}`).join(' AND ')}) RETURNING i.unit_id, i.role),
      come AS (INSERT INTO inbox_item AS i (${ITEM.join(', ')}) SELECT * FROM fresh f
        ON CONFLICT (${KEY.join(', ')}) DO UPDATE SET ${REST.map(c => `${c} = excluded.${c}`).join(', ')} WHERE ${at('i')} IS DISTINCT FROM ${at('excluded')} RETURNING i.unit_id, i.role)
      ${changed('SELECT * FROM gone UNION SELECT * FROM come')}`, 'news text[];'),
    functionOf(`inbox_of_${name}_row()`, 'trigger', replace('ARRAY[NEW.id]')),
    // Nothing of a new row is there yet, and it has not moved. Only through a link may the same unit be met twice.
    functionOf(`inbox_of_${name}_fresh()`, 'trigger', `
      WITH come AS (INSERT INTO inbox_item (${ITEM.join(', ')}) ${itemsOf(source, { from: 'fresh', moved: false })}${links.length ? ' ON CONFLICT DO NOTHING' : ''} RETURNING unit_id, role)
      ${changed('SELECT * FROM come')} RETURN NULL;`, 'news text[];'),
    triggerOf('inbox_insert', table, 'AFTER INSERT', 'REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT', `inbox_of_${name}_fresh`),
    triggerOf('inbox_update', table, 'AFTER UPDATE', `DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (${columns('OLD')} IS DISTINCT FROM ${columns('NEW')})`, `inbox_of_${name}_row`),
    triggerOf('inbox_delete', table, 'AFTER DELETE', 'FOR EACH ROW', 'inbox_forget'),
    ...links.flatMap(([link, near]) => [
      functionOf(`inbox_of_${name}_${link}()`, 'trigger', replace(`ARRAY[CASE TG_OP WHEN 'DELETE' THEN OLD.${near} ELSE NEW.${near} END]`)),
      triggerOf(`inbox_of_${name}`, link, 'AFTER INSERT OR UPDATE OR DELETE', 'DEFERRABLE INITIALLY DEFERRED FOR EACH ROW', `inbox_of_${name}_${link}`),
    ]),
    ...(parent ? [
      functionOf(`inbox_of_${name}_parent()`, 'trigger', replace(`ARRAY(SELECT t.id FROM ${table} t WHERE t.${parent.key} = NEW.id)`)),
      triggerOf(`inbox_of_${name}`, parent.table, 'AFTER UPDATE',
        `DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((OLD.${parent.column} = ${text(parent.is)}) IS DISTINCT FROM (NEW.${parent.column} = ${text(parent.is)}))`, `inbox_of_${name}_parent`),
    ] : []),
  ]
}

/** Planned once a connection: planning a noun's desks anew takes longer than looking at a row's. */
const functionOf = (signature: string, returns: string, body: string, declare = ''): string =>
  `CREATE FUNCTION ${signature} RETURNS ${returns} LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public SET plan_cache_mode = force_generic_plan AS $follow$
    ${declare && `DECLARE ${declare} `}BEGIN ${body} END $follow$`

const triggerOf = (name: string, table: string, when: string, how: string, does: string): string =>
  `CREATE ${how.startsWith('DEFERRABLE') ? 'CONSTRAINT ' : ''}TRIGGER ${name} ${when} ON ${table} ${how} EXECUTE FUNCTION ${does}()`

/** What followed earlier state tables: its functions with their triggers, and the triggers of `inbox_forget`. */
export const forgetting = `
  DO $forget$ DECLARE old regprocedure; gone record; BEGIN
    FOR old IN SELECT p.oid FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.proname LIKE 'inbox\\_of\\_%' LOOP EXECUTE format('DROP FUNCTION %s CASCADE', old); END LOOP;
    FOR gone IN SELECT t.tgname, t.tgrelid::regclass AS at FROM pg_trigger t WHERE t.tgfoid = 'inbox_forget'::regproc LOOP EXECUTE format('DROP TRIGGER %I ON %s', gone.tgname, gone.at); END LOOP;
  END $forget$`

/** Everything written anew, as rows stand now. */
export const refill = (sources: readonly InboxSource[]): string[] => [
  'DELETE FROM inbox_item', ...sources.map(s => `INSERT INTO inbox_item (${ITEM.join(', ')}) ${itemsOf(s)}`),
]
