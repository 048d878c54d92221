import { elements, partOf, present, valueOf, type Single } from './columns'
import { constant, expression, jsonOf, list, object, orNull, textOf, type Json } from './json'
import { cursorOf, orderBy, pageSize } from './keyset'
import { nearColumn } from './model'
import { pageOf, type Page } from './page'
import { countedSql, sourceOf, Source, type Visit } from './source'
import { NO_ARGS, Parameters, Statement, type Call, type ScopeForm } from './statement'
import type { EdgeTree, FieldTree, Keyed, MemberTree, PageFact, RootTree, RowTree, TypeName } from './tree'

/** One statement that answers the whole tree as the final JSON text, `{"data":…}`: what is added later would be one more copy of it. */
export function documentStatement(tree: RootTree, form: ScopeForm): Statement {
  const document = new Document(new Parameters(form))
  const text = textOf(object([['data', document.root(tree)]]))
  return new Statement(`SELECT ${text} AS j`, document.p.binds, document.p.realms)
}

/** One statement that answers what a tree asks of the row with this id, as JSON text: `null` where the actor sees no such row. */
export function rowStatement(tree: RowTree, form: ScopeForm): Statement {
  const document = new Document(new Parameters(form))
  const text = textOf(document.reached({ is: 'one', reach: tree.noun.self, site: NO_ARGS, row: tree }, document.p.add(call => call.keys![0], 'uuid')))
  return new Statement(`SELECT ${text} AS j`, document.p.binds, document.p.realms)
}

class Document {
  private aliases = 0

  constructor(readonly p: Parameters) {}

  root(tree: RootTree): Json {
    return object(tree.map(([key, field]) => [key,
      field.is === 'typename' ? typeName(field) : field.is === 'object' ? this.root(field.fields) : this.edge(field, '')]))
  }

  private row(tree: RowTree, source: Source): Json {
    return object(tree.fields.map(([key, field]) => [key, this.field(field, source)]))
  }

  private field(field: FieldTree, source: Source): Json {
    switch (field.is) {
      case 'typename': return typeName(field)
      case 'value': return jsonOf(valueOf(field.field, field.column, source))
      case 'group': return this.group(field, source)
      case 'objects': return this.objects(field, source)
      default: return this.edge(field, source.t)
    }
  }

  /** The columns of a group may be NULL (all of them at once), so each is written as if it were nullable. */
  private group({ column, parts }: Extract<FieldTree, { is: 'group' }>, source: Source): Json {
    const whole = object(parts.map(([key, part]) => [key, part.is === 'typename' ? typeName(part)
      : jsonOf({ ...valueOf(part.field, column.fields[part.field] as Single, source), nullable: true })]))
    return expression(`CASE WHEN ${present(column, source.t)} IS NULL THEN 'null' ELSE ${textOf(whole)} END`)
  }

  private objects({ field, column, parts }: Extract<FieldTree, { is: 'objects' }>, source: Source): Json {
    const one = object(parts.map(([key, part]) =>
      [key, part.is === 'typename' ? typeName(part) : jsonOf(partOf('e.value', part.field, column.fields[part.field]!))]))
    return list(one, `FROM ${elements(field, column, source.t)} ORDER BY e.n`)
  }

  private edge(edge: EdgeTree, near: string): Json {
    return this.reached(edge, near && `${near}.${nearColumn(edge.reach)}`)
  }

  /** `near`: what stands for the near row's key. */
  reached(edge: EdgeTree, near: string): Json {
    const { reach, site } = edge
    const t = `t${++this.aliases}`
    const visit = { reach, near, t, site }
    if (edge.is === 'connection') return this.connection(edge.members, visit)
    if (edge.is === 'count') return expression(`(SELECT count(*)::text ${countedSql(visit, this.p)})`)
    const source = sourceOf(visit, this.p)
    const row = this.row(edge.row, source)
    if (edge.is === 'one') return orNull(`SELECT ${textOf(row)} ${source.sql()} LIMIT 1`)
    return list(row, `${source.sql()} ORDER BY ${orderBy(reach.order, k => `${t}.${k.column}`)} LIMIT ${reach.max}`)
  }

  private connection(members: Keyed<MemberTree>, visit: Visit): Json {
    const [only] = members
    if (members.length === 1 && only?.[1].is === 'nodes') {
      const page = pageOf(visit, this.p, 0) // the common page: nobody asks what comes after it
      const row = this.row(only[1].row, page.source)
      return object([[only[0], list(row, page.sql())]])
    }
    return new Connection(visit, this.p, (row, source) => this.row(row, source)).json(members)
  }
}

/**
 * A connection whose answer tells about the page itself: the keys of the page and of one row more are read first (`ahead`),
 * cut to the page (`page`), and joined with their rows.
 */
class Connection {
  private readonly page: Page
  private readonly size: string
  private readonly name: { ahead: string; page: string }

  constructor(private readonly visit: Visit, private readonly p: Parameters, private readonly row: (tree: RowTree, source: Source) => Json) {
    const { reach, t, site } = visit
    this.page = pageOf(visit, p, 1)
    this.size = p.add((call: Call) => pageSize(call.args[site.index]!, reach.max), 'integer')
    this.name = { ahead: `${t}_ahead`, page: `${t}_page` }
  }

  json(members: Keyed<MemberTree>): Json {
    const { ahead, page } = this.name
    const answer = object(members.map(([key, member]) => [key, this.member(member)]))
    const keys = this.page.keys.map((k, i) => `${this.visit.t}.${k.column} AS k${i}`).join(', ')
    return expression(`(WITH ${ahead} AS MATERIALIZED (SELECT ${keys} ${this.page.sql()}),` +
      ` ${page} AS (SELECT * FROM ${ahead} ORDER BY ${this.sorted(ahead)} LIMIT ${this.size}) SELECT ${textOf(answer)})`)
  }

  private member(member: MemberTree): Json {
    switch (member.is) {
      case 'typename': return typeName(member)
      case 'nodes': return this.rows(source => this.row(member.row, source))
      case 'edges': return this.rows(source => object(member.members.map(([key, m]) => [key,
        m.is === 'typename' ? typeName(m) : m.is === 'cursor' ? this.cursor() : this.row(m.row, source)])))
      case 'totalCount': return expression(`(SELECT count(*)::text ${sourceOf(this.visit, this.p).sql()})`)
      case 'pageInfo': return object(member.members.map(([key, m]) => [key, m.is === 'typename' ? typeName(m) : this.fact(m.is)]))
    }
  }

  private rows(element: (source: Source) => Json): Json {
    const { name: { page }, visit: { t, reach: { to } } } = this
    const id = this.page.keys.findIndex(k => k.column === 'id')
    const source = new Source(to, t, `${page} JOIN ${to.noun.table} ${t} ON ${t}.id = ${page}.k${id}`, this.p)
    source.looksUp = true
    const json = element(source)
    return list(json, `${source.sql()} ORDER BY ${this.sorted(page)}`)
  }

  private fact(fact: PageFact): Json {
    const { ahead, page } = this.name
    switch (fact) {
      case 'hasNextPage': return expression(`((SELECT count(*) FROM ${ahead}) > ${this.size})::text`)
      case 'hasPreviousPage': return constant(String(this.visit.site.args['after'] != null))
      // The row first, its cursor then: in one step PostgreSQL would make a cursor for every row of the page.
      case 'startCursor': return orNull(`SELECT ${textOf(this.cursor())} FROM (SELECT * FROM ${page} ORDER BY ${this.sorted(page)} LIMIT 1) ${page}`)
      case 'endCursor': return orNull(`SELECT ${textOf(this.cursor())} FROM (SELECT * FROM ${page} ORDER BY ${this.sorted(page, true)} LIMIT 1) ${page}`)
    }
  }

  private cursor(): Json {
    return [...constant('"'), ...expression(cursorOf(this.page.source.noun, this.page.keys, (_, i) => `${this.name.page}.k${i}`)), ...constant('"')]
  }

  private sorted(relation: string, backwards = false): string {
    return orderBy(this.page.keys, (_, i) => `${relation}.k${i}`, backwards)
  }
}

const typeName = ({ type }: TypeName): Json => constant(JSON.stringify(type))
