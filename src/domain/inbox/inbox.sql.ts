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

/** Whom the rows of a noun wait for as they stand: what `inbox_item` holds of them. `where` narrows the rows, as `t`. */
export function itemsOf(source: InboxSource, where = 'true'): string {
  const returns = [...new Set(source.desks.flatMap(d => d.machine.returns))]
  const parent = source.while && `greatest(m.at, t.created_at, (SELECT max(p.at) FROM state_transition p WHERE p.subject_id = t.${source.while.key}))`
  return source.desks.map((desk, i) => `
    SELECT t.id AS subject_id, ${i} AS desk, ${unitOf(desk, source)} AS unit_id, role.of AS role, ${text(source.type)} AS subject_type, t.state, ${texts(desk.commands)} AS commands,
      CASE WHEN m.command = ANY(${texts(returns)}) AND m.to_state = t.state THEN 'RETURNED' ELSE 'WAITING' END AS kind, ${dueOf(desk)},
      ${parent ?? 'coalesce(m.at, t.created_at)'} AS since, ${source.realm ? text(source.realm) : 'NULL::text'} AS realm, ${personOf(desk)} AS person_id, ${excludedOf(desk)} AS excluded
    FROM ${source.table} t ${linkOf(desk)}
    CROSS JOIN unnest(${texts(desk.roles)}) AS role(of)
    LEFT JOIN LATERAL (SELECT s.command, s.to_state, s.at FROM state_transition s WHERE s.subject_id = t.id ORDER BY s.id DESC LIMIT 1) m ON true
    WHERE t.state = ${text(desk.state)}${desk.variant ? ` AND t.${desk.variant.column} = ${text(desk.variant.value)}` : ''}${parentOf(source)} AND ${unitOf(desk, source)} IS NOT NULL AND ${where}`).join('\n    UNION ALL')
}

const unitOf = ({ side }: Desk, source: InboxSource): string => (side === undefined ? `t.${source.unit}` : 'column' in side ? `t.${side.column}` : `l.${side.via.far}`)
const linkOf = ({ side, pending }: Desk): string => (side && 'via' in side ? `JOIN ${side.via.table} l ON l.${side.via.near} = t.id${pending === undefined ? '' : ` AND l.${pending} IS NULL`}` : '')
const parentOf = ({ while: w }: InboxSource): string => (w ? ` AND EXISTS (SELECT FROM ${w.table} p WHERE p.id = t.${w.key} AND p.${w.column} = ${text(w.is)})` : '')

const dueIn = ({ machine, state }: Desk): Due | undefined => machine.due.find(d => !d.in || d.in.includes(state))
function dueOf(desk: Desk): string {
  const due = dueIn(desk)
  const day = due ? `coalesce(t.${due.column}, DATE ${text(NO_DAY)})` : `DATE ${text(NO_DAY)}`
  return `${day} AS due_key, ${due?.opens === undefined ? 'NULL::date' : `t.${due.column} - ${due.opens}`} AS opens_on`
}

/** Of all duty owners of the unit, the one who answers for it; any of them where nobody does. */
const personOf = ({ machine: { responsible }, roles }: Desk): string => (responsible !== undefined && roles.includes('DUTY_OWNER')
  ? `CASE WHEN role.of = 'DUTY_OWNER' THEN (SELECT a.person_id FROM appointment a WHERE a.id = t.${responsible}) END` : 'NULL::uuid')

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
  return [
    // What came and what went is told where roles are held: who watches looks with their own eyes.
    functionOf(`inbox_of_${name}(ids uuid[])`, 'void', `
      WITH fresh AS MATERIALIZED (${itemsOf(source, 't.id = ANY(ids)')}),
      gone AS (DELETE FROM inbox_item i WHERE i.subject_id = ANY(ids) AND NOT EXISTS (SELECT FROM fresh f WHERE ${KEY.map(c => `f.${c} = i.${c}`).join(' AND ')}) RETURNING i.unit_id, i.role),
      come AS (INSERT INTO inbox_item AS i (${ITEM.join(', ')}) SELECT * FROM fresh f
        ON CONFLICT (${KEY.join(', ')}) DO UPDATE SET ${REST.map(c => `${c} = excluded.${c}`).join(', ')} WHERE ${at('i')} IS DISTINCT FROM ${at('excluded')} RETURNING i.unit_id, i.role)
      SELECT array_agg(DISTINCT c.role || ' ' || u.path) INTO news FROM (SELECT * FROM gone UNION SELECT * FROM come) c JOIN unit u ON u.id = c.unit_id;
      PERFORM inbox_tell(news);`, 'news text[];'),
    functionOf(`inbox_of_${name}_row()`, 'trigger', replace('ARRAY[NEW.id]')),
    functionOf(`inbox_of_${name}_fresh()`, 'trigger', replace('ARRAY(SELECT f.id FROM fresh f)')),
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
