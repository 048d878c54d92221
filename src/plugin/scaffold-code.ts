import { camel, pascal } from './names'
import type { ScaffoldOptions } from './scaffold-options'

/** A register of one's own: table, type, reads, a command, two measures. */
export function codeFiles(o: ScaffoldOptions): Record<string, string> {
  const p: Names = { ...o, pascal: pascal(o.name), camel: camel(o.name), schema: `plugin_${o.name.replaceAll('-', '_')}`, short: o.name.split('-').map(w => w[0]).join('').slice(0, 10) }
  return {
    'plugin.ts': manifest(p),
    'code.ts': code(p),
    'variables.ts': variables(),
    'migrations/20260101000001-record.ts': migration(),
    'records/record.entity.ts': entity(p),
    'records/record.reads.ts': reads(p),
    'records/record.types.ts': types(p),
    'records/record.service.ts': service(p),
    'records/record.resolver.ts': resolver(p),
    'test/plugin.test.ts': test(p),
  }
}

interface Names extends ScaffoldOptions { pascal: string; camel: string; schema: string; short: string }

const manifest = (p: Names): string => `import { definePlugin } from 'plumbline/sdk'

export const plugin = definePlugin({
  name: '${p.name}',
  title: { zh: '${p.titleZh}', en: '${p.titleEn}' },
  version: '0.1.0',
  core: '^1.0.0',
  tier: 2,
  catalog: 'catalog',
  code: './code',
})
`

const code = (p: Names): string => `import { definePluginCode } from 'plumbline/sdk/data'
import { recordMigration } from './migrations/20260101000001-record'
import { RecordEntity } from './records/record.entity'
import { recordEdges, recordReads } from './records/record.reads'
import { RecordResolver } from './records/record.resolver'
import { RECORD_ROLES, RecordService } from './records/record.service'
import { ${p.pascal}Record } from './records/record.types'
import { variables } from './variables'

export const code = definePluginCode({
  entities: [RecordEntity],
  types: [${p.pascal}Record],
  resolvers: [RecordResolver],
  create: data => [new RecordResolver(new RecordService(data))],
  reads: [recordReads],
  edges: recordEdges,
  permissions: { Mutation: { enter${p.pascal}Record: RECORD_ROLES } },
  migrations: [recordMigration],
  variables,
})
`

const variables = (): string => `import { measure, where, type Measure } from 'plumbline/sdk/data'
import { recordReads } from './records/record.reads'

/** How the COMPUTED variables of the catalog are counted. */
export const variables: Readonly<Record<string, Measure>> = {
  approvalsTotal: measure.count(recordReads, { on: 'decidedOn' }),
  approvalsLate: measure.count(recordReads, { on: 'decidedOn', where: where.eq('isLate', true) }),
}
`

const migration = (): string => `import { ddl, migration } from 'plumbline/sdk/data'

/** Never change a migration that was applied somewhere: write the next one. */
export const recordMigration = migration({
  name: '20260101000001-record',
  up: [
    \`CREATE TABLE record (
      id uuid NOT NULL CONSTRAINT record_pkey PRIMARY KEY,
      unit_id uuid NOT NULL CONSTRAINT record_unit_fk REFERENCES unit (id),
      record_no text COLLATE "C" NOT NULL, title_zh text NOT NULL, decided_on date NOT NULL, is_late boolean NOT NULL DEFAULT false, \${ddl.auditable},
      CONSTRAINT record_unit_no_key UNIQUE (unit_id, record_no))\`,
    'CREATE INDEX record_decided_on_idx ON record (unit_id, decided_on)',
    ...ddl.register('record'),
  ],
  down: ddl.dropRegister('record'),
})
`

const entity = (p: Names): string => `import { AuditableEntity, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'plumbline/sdk/data'

/** The row as the migration makes it. */
@Entity({ schema: '${p.schema}', name: 'record' })
@Unique('record_unit_no_key', ['unit_id', 'record_no'])
@Index('record_decided_on_idx', ['unit_id', 'decided_on'])
export class RecordEntity extends AuditableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'record_pkey' }) id: string
  @ForeignKey('UnitEntity', { name: 'record_unit_fk' })
  @Column('uuid') unit_id: string
  @Column({ type: 'text', collation: 'C' }) record_no: string
  @Column('text') title_zh: string
  @Column('date') decided_on: string
  @Column('boolean', { default: false }) is_late: boolean
}
`

const reads = (p: Names): string => `import { auditable, bool, date, noun, REGISTER_READERS, tableOf, text, type NounEdge } from 'plumbline/sdk/data'

/** What of a record can be read: root fields, connections, filters and orders are made from this. */
export const recordReads = noun({
  type: '${p.pascal}Record', prefix: '${p.short}_record', table: tableOf('${p.name}', 'record'), scope: { by: 'unit', column: 'unit_id' }, permission: REGISTER_READERS,
  columns: { id: { kind: 'id' }, recordNo: text(), titleZh: text(), decidedOn: date(), isLate: bool(), ...auditable },
  edges: {
    unit: { card: 'one', to: 'Unit', key: 'unit_id', description: 'The unit（单位）.', sameScope: 'the unit decides the scope of its own record' },
  },
  filters: { recordNo: { type: 'text' }, decidedOn: { type: 'date' }, isLate: { type: 'boolean' }, unit: { type: 'ref', of: 'Unit', sql: 'unit_id', within: true } },
  orders: { recordNo: { type: 'text' }, decidedOn: { type: 'date' } },
  root: { namespace: '${p.camel}', one: 'record', many: 'records', oneDescription: 'One record（记录）.', manyDescription: 'Records（记录列表）.' },
})

export const recordEdges: NounEdge[] = [
  { on: 'Unit', field: '${p.camel}Records', edge: { card: 'connection', to: '${p.pascal}Record', by: 'unit_id', description: 'Its records（记录）.', sameScope: 'a record is in the scope of its unit' } },
]
`

const types = (p: Names): string => `import { Auditable, Field, LocalDate, NodeInterface, ObjectType } from 'plumbline/sdk/graphql'

@ObjectType({ implements: [NodeInterface, Auditable], description: 'A record of this sector（记录）.' })
export class ${p.pascal}Record {
  id: string

  @Field(() => String, { description: 'Number, unique in the unit（编号）.' })
  recordNo: string

  @Field(() => String, { description: 'What it is about（名称）.' })
  titleZh: string

  @Field(() => LocalDate, { description: 'Day of the decision（办结日期）.' })
  decidedOn: string

  @Field(() => Boolean, { description: 'Decided after the promised time（是否超时）.' })
  isLate: boolean

  createdAt: string
  createdBy: string
  updatedAt: string
  updatedBy: string
  rowVersion: number
}
`

const service = (p: Names): string => `import type { PluginData } from 'plumbline/sdk/data'
import type { Origin } from 'plumbline/sdk/graphql'
import { recordReads } from './record.reads'

/** Who enters records of a unit. */
export const RECORD_ROLES = ['UNIT_EDITOR'] as const
interface NewRecord { unitId: string; recordNo: string; titleZh: string; decidedOn: string; isLate: boolean; idempotencyKey?: string | null }

export class RecordService {
  constructor(private readonly data: PluginData) {}

  /** Adds a record; audit and history come by themselves. Answers its row id. */
  enter(origin: Origin, input: NewRecord): Promise<string> {
    return this.data.command(origin, 'enter${p.pascal}Record', input, async tx => {
      const unit = await tx.locateUnit(input.unitId, 'unitId')
      tx.requireRole(RECORD_ROLES, unit)
      return tx.insert(recordReads, { unit_id: unit.id, record_no: input.recordNo, title_zh: input.titleZh, decided_on: input.decidedOn, is_late: input.isLate })
    })
  }
}
`

const resolver = (p: Names): string => `import { Arg, check, CommandInput, Ctx, Field, ID, InputType, LocalDate, Mutation, ObjectType, Resolver, type RequestContext } from 'plumbline/sdk/graphql'
import type { RecordService } from './record.service'
import { ${p.pascal}Record } from './record.types'

@InputType({ description: 'A new record（新增记录）.' })
export class Enter${p.pascal}RecordInput extends CommandInput {
  @Field(() => ID, { description: 'The unit（单位）.' })
  unitId: string

  @Field(() => String, { description: 'Number, unique in the unit（编号）.' })
  @check.Length(1, 80)
  recordNo: string

  @Field(() => String, { description: 'What it is about（名称）.' })
  @check.Length(1, 200)
  titleZh: string

  @Field(() => LocalDate, { description: 'Day of the decision（办结日期）.' })
  decidedOn: string

  @Field(() => Boolean, { defaultValue: false, description: 'Decided after the promised time（是否超时）.' })
  isLate: boolean
}

@ObjectType({ description: 'The record that was entered（操作结果）.' })
export class ${p.pascal}RecordPayload {
  @Field(() => ${p.pascal}Record, { description: 'The record（记录）.' })
  record: ${p.pascal}Record
}

@Resolver()
export class RecordResolver {
  constructor(private readonly records: RecordService) {}

  @Mutation(() => ${p.pascal}RecordPayload, { description: 'Enters a record of a unit（登记记录）.' })
  async enter${p.pascal}Record(@Arg('input', () => Enter${p.pascal}RecordInput) input: Enter${p.pascal}RecordInput, @Ctx() ctx: RequestContext): Promise<${p.pascal}RecordPayload> {
    return { record: await ctx.read.one('${p.pascal}Record', await this.records.enter(ctx, input)) as ${p.pascal}Record }
  }
}
`

const test = (p: Names): string => `import { code } from '../code'
import { plugin } from '../plugin'

test('the plugin declares itself, and counts what its catalog asks for', () => {
  expect(plugin).toMatchObject({ name: '${p.name}', tier: 2 })
  expect(Object.keys(code.variables ?? {})).toEqual(['approvalsTotal', 'approvalsLate'])
})
`
