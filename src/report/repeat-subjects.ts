import { Args, Ctx, Extensions, Query, Resolver } from 'type-graphql'
import type { RequestContext } from '../core/request'
import type { Database } from '../database/database'
import { Parameters, Runner, scopeForm, shapeOf, Statement, type NounModel, type ScopeForm } from '../database/sql'
import type { Person } from '../domain/person'
import type { Unit } from '../domain/unit'
import { noteCounting } from './counted-realm'
import { Filter } from './filter-argument'
import { counted } from './measures.sql'
import { ratioOf } from './ratio.types'
import { rowsOf, type Counting } from './register-figures'
import { RepeatSubjects, RepeatSubjectsArgs, type ClueSubjectKind } from './repeat-subjects.types'
import { SUBJECTS } from './withheld-statistics.sql'

/** A clue that is handled with another one is no further one: both are on the same matter. */
const clues: Counting<never, never> = { dimensions: {}, measures: {}, columns: ['t.id', 't.outcome', 't.received_on'], where: `t.state <> 'MERGED'` }

interface Asked extends RepeatSubjectsArgs { readonly filter: unknown }
interface Subject { id: string; clues: number; founded: number; first_on: string; last_on: string }
interface Found { subjects: number; repeated: number; as_of: string; told: Subject[] }

function statementOf(noun: NounModel, asked: Asked, form: ScopeForm): Statement {
  const p = new Parameters(form)
  const [table, column] = SUBJECTS[asked.of]
  const rows = rowsOf(noun, clues, [], { filter: asked.filter }, p)
  const [atLeast, first] = [p.add(call => call.args[0]!['atLeast'], 'integer'), p.add(call => call.args[0]!['first'], 'integer')]
  return new Statement(`
    WITH subject AS MATERIALIZED (
      SELECT s.${column} AS id, count(*)::integer AS clues, ${counted(`t.outcome IN ('FOUNDED_CLERICAL', 'FOUNDED_MISCONDUCT', 'PARTLY_FOUNDED')`)} AS founded, min(t.received_on) AS first_on, max(t.received_on) AS last_on
      FROM ${rows} JOIN ${table} s ON s.clue_id = t.id GROUP BY 1)
    SELECT count(*)::integer AS subjects, ${counted(`clues >= ${atLeast}`)} AS repeated, to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS as_of,
      coalesce((SELECT json_agg(r) FROM (SELECT * FROM subject WHERE clues >= ${atLeast} ORDER BY clues DESC, last_on DESC, id LIMIT ${first}) r), '[]') AS told
    FROM subject`, p.binds, p.realms)
}

/** Q-47. */
@Resolver()
export class RepeatSubjectsResolver {
  private readonly runner: Runner

  constructor(db: Database, private readonly noun: NounModel) {
    this.runner = new Runner(db)
  }

  @Query(() => RepeatSubjects, {
    description: 'Units or persons whom several clues are about, of those handled by units over which the viewer opens the realm; clues about the viewer are left out, and those handled with another one. That it was asked is logged（重复反映对象）.',
  })
  @Extensions({ filterOf: 'Clue', cost: 100 })
  async repeatSubjects(@Args(() => RepeatSubjectsArgs) args: RepeatSubjectsArgs, @Filter() filter: unknown, @Ctx() ctx: RequestContext): Promise<RepeatSubjects> {
    const asked: Asked = { ...args, filter }
    shapeOf({ filter })
    const [found] = await this.runner.rows<Found>(statementOf(this.noun, asked, scopeForm(ctx.actor)), { actor: ctx.actor, args: [{ ...asked }] }, ctx.lifetime)
    const { told, subjects, repeated, as_of: asOf } = found!
    noteCounting(ctx, this.noun, 'repeatSubjects', asked, told.length)
    const who = await subjectsOf(ctx, args.of, told.map(s => s.id))
    return {
      subjects: told.map((s, i) => ({ ...who[i]!, clueCount: s.clues, foundedCount: s.founded, firstReceivedOn: s.first_on, lastReceivedOn: s.last_on })),
      repeatRate: ratioOf(repeated, subjects, 'NOTHING_COUNTED'), asOf,
    }
  }
}

async function subjectsOf(ctx: RequestContext, of: ClueSubjectKind, ids: readonly string[]): Promise<{ unit: Unit | null; person: Person | null }[]> {
  const seen = await ctx.read.many(of === 'UNIT' ? 'Unit' : 'Person', [...ids])
  return seen.map(one => ({ unit: of === 'UNIT' ? one as Unit | null : null, person: of === 'PERSON' ? one as Person | null : null }))
}
