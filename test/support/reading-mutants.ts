import { CHECKS, type CheckName } from './reading-checks'
import type { ReadingWorld, Which } from './reading-world'
import { rewriteStatements } from './watch-statements'

/**
 * A test suite is worth what it notices. Each mutant is a small mistake planted into the SQL on its way to the database; the named check
 * must fail, by a wrong answer and not by a broken statement, in each reader whose statements the mistake touches.
 */
interface Mutant {
  readonly mistake: string
  readonly find: RegExp
  readonly put: string
  readonly caughtBy: CheckName
  /** Where it applies; both readers unless told. */
  readonly only?: Which
}

const MUTANTS: readonly Mutant[] = [
  { mistake: 'one path: the scope filter is dropped', find: /starts_with\((\w+\.path), (\$\d+::text)\)/g, put: '(starts_with($1, $2) OR true)', caughtBy: 'scope of a county' },
  { mistake: 'one path: the arguments of starts_with are swapped', find: /starts_with\((\w+\.path), (\$\d+::text)\)/g, put: 'starts_with($2, $1)', caughtBy: 'edges' },
  { mistake: 'several paths: the scope filter is dropped', find: /\((\w+\.path \^@ ANY\(\$\d+::text\[\]\))\)/g, put: '($1 OR true)', caughtBy: 'scope of several paths' },
  { mistake: 'several paths: only the first one counts', find: /\((\w+\.path) \^@ ANY\((\$\d+::text\[\])\)\)/g, put: '($1 ^@ ($2)[1])', caughtBy: 'edges' },
  { mistake: 'scope range: the top unit itself is left out', find: /(\w+\.path) >= (\$\d+::text|\w+\.path)/g, put: '$1 > $2', caughtBy: 'boundaries' },
  { mistake: 'scope range: siblings whose code begins alike are let in', find: /left\(([^()]+), -1\) \|\| '0'/g, put: `left($1, -1) || '9'`, caughtBy: 'scope of a county' },
  { mistake: 'scope range of several paths: a path is joined without its end', find: /AND (\w+_root|\w+)\.path < left\((\w+_root\.path), -1\) \|\| '0'/g, put: 'AND $1.path IS NOT NULL', caughtBy: 'scope of several paths' },
  { mistake: 'the scope is dropped from counts alone', find: /(SELECT count\(\*\)::\w+ [^()]*?FROM [^()]*?WHERE [^()]*?)starts_with\((\w+\.path), (\$\d+::text)\)/g, put: '$1(starts_with($2, $3) OR true)', caughtBy: 'widening' },
  { mistake: 'within: the named unit need not be in scope', find: /(WHERE w\.id = \$\d+::uuid AND )starts_with\(w\.path, (\$\d+::text)\)/g, put: '$1(starts_with(w.path, $2) OR true)', caughtBy: 'widening' },
  { mistake: 'within: the scope of the rows is not asked any more', find: /starts_with\((\w+_unit_id\.path), (\$\d+::text)\)/g, put: '(starts_with($1, $2) OR true)', caughtBy: 'widening' },

  { mistake: 'roles: what other roles open is shown', find: /(t\d*_unit_id\.path|t\d*_u\.path) \^@ ANY\((\$\d+::text\[\])\)/g, put: '($1 ^@ ANY($2) OR true)', caughtBy: 'scope of several paths' },
  { mistake: 'linked units: their side is not asked', find: /(l\.activity_id = t\d*\.id) AND (s\.path \^@ ANY\(\$\d+::text\[\]\))/g, put: '$1 AND ($2 OR true)', caughtBy: 'edges' },
  { mistake: 'linked units: those of other rows count', find: /l\.activity_id = (t\d*\.id) AND s\.path/g, put: '$1 IS NOT NULL AND s.path', caughtBy: 'edges' },
  { mistake: 'a named unit is not asked', find: /(s\.id = t\d*\.found_by_unit_id) AND (s\.path \^@ ANY\(\$\d+::text\[\]\))/g, put: '$1 AND ($2 OR true)', caughtBy: 'edges' },
  { mistake: 'a named unit sees nothing', find: /(s\.id = t\d*\.found_by_unit_id) AND (s\.path \^@ ANY\(\$\d+::text\[\]\))/g, put: '$1 AND $2 AND false', caughtBy: 'scope of the wide and the blind' },
  { mistake: 'subtrees: what links name is left out', find: /(FROM supervision_activity_partner l WHERE l\.unit_id = u\.id)/g, put: '$1 AND false', caughtBy: 'scope of several paths' },
  { mistake: 'subtrees: what is seen at two units is listed twice', find: / UNION SELECT/g, put: ' UNION ALL SELECT', caughtBy: 'scope of several paths' },
  { mistake: 'unit by unit: rows of the units that follow are taken', find: /(t\d*\.\w+) <= u\.id/g, put: '$1 IS NOT NULL', caughtBy: 'scope of a county' },
  { mistake: 'unit by unit: one unit is enough', find: /(first ORDER BY [^()]+? LIMIT) \$\d+::integer/g, put: '$1 1', caughtBy: 'scope of a county' },
  { mistake: 'unit by unit: one row of a unit is enough', find: /LIMIT \$\d+::integer(\) t\d* ORDER BY)/g, put: 'LIMIT 1$1', caughtBy: 'scope of a county' },
  { mistake: 'unit by unit: what is seen at two units is listed twice', find: /\) UNION \(/g, put: ') UNION ALL (', caughtBy: 'walks' },
  { mistake: 'unit by unit: the page begins with units of the other end', find: /(first ORDER BY first\.\w+)( DESC)?(, first\.id)? LIMIT/g, put: '$1 DESC, first.id DESC LIMIT', caughtBy: 'walks' },
  { mistake: 'what single people read is left out', find: /clue_read_by\((\$\d+::text)\)/g, put: `clue_read_by($1 || 'x')`, caughtBy: 'scope of several paths' },
  { mistake: 'subtrees of roles: only the first one counts', find: /unnest\((\$\d+::text\[\])\) AS (\w+_root)/g, put: 'unnest(($1)[1:1]) AS $2', caughtBy: 'scope of several paths' },

  { mistake: 'keyset: > becomes >=', find: /(t\d*\.id) > (\$\d+::uuid)/g, put: '$1 >= $2', caughtBy: 'walks' },
  { mistake: 'keyset: the row comparison takes its own row again', find: /\) > \((\$\d+::(?:text|integer))/g, put: ') >= ($1', caughtBy: 'walks' },
  { mistake: 'keyset: < becomes <= for a descending key', find: /(t\d*\.score) < (\$\d+::integer)/g, put: '$1 <= $2', caughtBy: 'walks' },
  { mistake: 'keyset: rows equal in the first key are skipped', find: /OR (t\d*\.\w+) = (\$\d+::\w+) AND/g, put: 'OR $1 = $2 AND false AND', caughtBy: 'walks' },
  { mistake: 'keyset: the bound of the leading key excludes its equals', find: /(t\d*\.score) >= (\$\d+::integer AND)/g, put: '$1 > $2', caughtBy: 'walks' },
  { mistake: 'order: the id does not settle equal keys', find: /(ORDER BY t\d*\.\w+ DESC), t\d*\.id LIMIT/g, put: '$1, md5(random()::text) LIMIT', caughtBy: 'walks' },
  { mistake: 'order: DESC is forgotten', find: / DESC\b/g, put: '', caughtBy: 'boundaries' },
  { mistake: 'LIMIT: one row too many', find: /LIMIT (\$\d+::integer)/g, put: 'LIMIT $1 + 1', caughtBy: 'boundaries', only: 'planner' },
  { mistake: 'LIMIT: one row too few', find: /LIMIT (\$\d+::integer)/g, put: 'LIMIT $1 - 1', caughtBy: 'boundaries' },
  { mistake: 'hasNextPage: > becomes >=', find: /(FROM \w+_ahead\)) >/g, put: '$1 >=', caughtBy: 'boundaries', only: 'planner' },
  { mistake: 'endCursor: of the first row', find: /(FROM t\d+_page ORDER BY [^()]+? DESC LIMIT 1)/g, put: 'FROM t1_page LIMIT 1', caughtBy: 'walks', only: 'planner' },
  { mistake: 'totalCount: counts the page', find: /SELECT count\(\*\)::(\w+) /g, put: 'SELECT least(count(*), 5)::$1 ', caughtBy: 'boundaries' },

  { mistake: 'edge: a declared constant is forgotten', find: /(t\d*\.state) = 'EFFECTIVE'/g, put: '$1 IS NOT NULL', caughtBy: 'edges' },
  { mistake: 'edge: the relation is forgotten', find: /(t\d*\.unit_id) = (t\d+\.id|near\.key)/g, put: '$1 IS NOT DISTINCT FROM $1 AND $2 IS NOT NULL', caughtBy: 'edges' },
  { mistake: 'link table: the near end is forgotten', find: /(t\d*_via\.\w+) = (t\d+\.id|near\.key)/g, put: '$1 IS NOT NULL AND $2 IS NOT NULL', caughtBy: 'edges' },
  { mistake: 'list: its fixed order is forgotten', find: /ORDER BY t\d*\.seq, t\d*\.id LIMIT/g, put: 'ORDER BY 1 LIMIT', caughtBy: 'edges', only: 'planner' },
  { mistake: 'ancestors: innermost first', find: /_step DESC/g, put: '_step', caughtBy: 'ancestors', only: 'planner' },
  { mistake: 'ancestors: the walk stops early', find: /w\._step < 20/g, put: 'w._step < 2', caughtBy: 'ancestors' },

  { mistake: 'filter: > becomes >=', find: /(t\d*\.score) > (\$\d+::integer)/g, put: '$1 >= $2', caughtBy: 'filters' },
  { mistake: 'filter: <= becomes <', find: /(t\d*\.score) <= (\$\d+::integer)/g, put: '$1 < $2', caughtBy: 'filters' },
  { mistake: 'filter: in takes the others', find: /(t\d*\.\w+) = ANY\((\$\d+::text\[\])\)/g, put: '$1 <> ALL($2)', caughtBy: 'filters' },
  { mistake: 'filter: contains asks nothing', find: /strpos\(([^()]+|lower\([^()]+\)), (\$\d+::text)\) > 0/g, put: 'strpos($1, $2) >= 0', caughtBy: 'filters' },
  { mistake: 'filter: startsWith looks anywhere', find: /starts_with\((t\d*\.description_zh), (\$\d+::text)\)/g, put: 'strpos($1, $2) > 0 IS NOT NULL', caughtBy: 'filters' },
  { mistake: 'filter: isNull is turned round', find: /(t\d*\.review_due_on) IS NULL/g, put: '$1 IS NOT NULL', caughtBy: 'filters' },
  { mistake: 'filter: or becomes and', find: /\) OR \(/g, put: ') AND (', caughtBy: 'filters' },
  { mistake: 'filter: one of a list must be all of it', find: /(sector_codes) && /g, put: '$1 @> ', caughtBy: 'filters' },
  { mistake: 'filter: pinyin is not looked at', find: /strpos\(t\d*\.name_pinyin, (\$\d+::text)\) > 0/g, put: '$1 IS NULL', caughtBy: 'filters' },

  { mistake: 'commands: the role is not asked', find: /AND (t\d*_?\w*\.path \^@ ANY\(\$\d+::text\[\]\)) THEN/g, put: 'AND ($1 OR true) THEN', caughtBy: 'commands' },
  { mistake: 'commands: the state is not asked', find: /(t\d*\.state) IN \([^)]*\) AND/g, put: '$1 IS NOT NULL AND', caughtBy: 'commands' },
  { mistake: 'commands: four eyes are not asked of one person', find: /(t\d*\.\w+) IS DISTINCT FROM (\$\d+::text)/g, put: `$1 IS DISTINCT FROM $2 || 'x'`, caughtBy: 'commands' },
  { mistake: 'commands: four eyes are not asked of several people', find: /(\$\d+::text) <> ALL\((t\d*\.\w+)\)/g, put: '($1 <> ALL($2) OR true)', caughtBy: 'commands' },
  { mistake: 'commands: four eyes are asked in every state', find: /\(NOT t\d*\.state IN \('PREPARING'\) OR ([^()]+)\)/g, put: '($1)', caughtBy: 'commands' },
  { mistake: 'commands: another unit is asked', find: /\.owner_unit_id/g, put: '.unit_id', caughtBy: 'commands' },
  { mistake: 'commands: a side is asked on the unit of the row', find: /(t\d*)\.buyer_unit_id\)/g, put: '$1.unit_id)', caughtBy: 'commands' },
  { mistake: 'commands: the units of other rows count for a side', find: /(l\.contract_id) = (t\d*\.id) AND/g, put: '$1 IS NOT NULL AND $2 IS NOT NULL AND', caughtBy: 'commands' },
  { mistake: 'mask: shown to the others', find: /CASE WHEN (\$\d+::boolean) THEN/g, put: 'CASE WHEN NOT $1 THEN', caughtBy: 'values' },
  { mistake: 'instant: in another time zone', find: /AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS\.MS/g, put: `AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS.MS`, caughtBy: 'values' },
  { mistake: 'text: not escaped', find: /to_json\((t\d*\.description_zh)\)::text/g, put: `('"' || $1 || '"')`, caughtBy: 'values', only: 'planner' },
  { mistake: 'group: shown when it is absent', find: /(t\d*\.inherent_level) IS (NOT )?NULL (THEN)/g, put: '($1 IS NULL) IS NULL $3', caughtBy: 'values' },
  { mistake: 'decimal: through floating point', find: /(t\d*\.amount)::text/g, put: '$1::real::text', caughtBy: 'values' },
]

/** The mistakes that touch the statements of a reader. */
export const mutantsOf = (which: Which): readonly Mutant[] => MUTANTS.filter(({ only }) => !only || only === which)

/** Runs a check while every statement of the read pool passes through the mistake: it must fail, and not by a broken statement. */
export async function expectNoticed(world: ReadingWorld, which: Which, mutant: Mutant): Promise<void> {
  const { result: noticed, touched, broken } = await rewriteStatements(world.database.db.reads, text => text.replace(mutant.find, mutant.put), () =>
    CHECKS[mutant.caughtBy](world.fresh(), which).then(() => undefined, (reason: unknown) => reason))
  expect(touched).toBeGreaterThan(0)
  expect(broken).toEqual([])
  expect(noticed).toBeDefined()
}
