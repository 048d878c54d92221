import { Field, Float, ID, Int, ObjectType } from 'type-graphql'
import type pg from 'pg'
import { defineMachine } from '../../src/core/states'
import { auditable, bool, date, decimal, enumeration, instant, noun, text, type NounEdge } from '../../src/core/reads'
import { Auditable, NodeInterface } from '../../src/domain/interfaces'
import { labelledEnum } from '../../src/domain/labels'
import type { DomainModule } from '../../src/domain/module'
import { DateTime, Decimal, Json, LocalDate } from '../../src/domain/scalars'

/** A register as a plugin might bring it: own schema, a namespace, and every kind of column and edge that the core does not use. */
export const SampleStage = labelledEnum('SampleStage', 'Where a sample stands（样例阶段）.', { OPEN: { zh: '进行', en: 'Open' }, CLOSED: { zh: '结束', en: 'Closed' } })
type SampleStage = keyof typeof SampleStage

@ObjectType({ description: 'One object of two columns（样例期限）.' })
export class SampleTerm {
  @Field(() => LocalDate, { description: 'From（起）.' }) from!: string
  @Field(() => Decimal, { nullable: true, description: 'Rate（率）.' }) rate!: string | null
}

@ObjectType({ description: 'An element of a list（样例明细）.' })
export class SampleLine {
  @Field(() => String, { nullable: true, description: 'Text（文本）.' }) label!: string | null
  @Field(() => Int, { nullable: true, description: 'Number（数量）.' }) quantity!: number | null
  @Field(() => Boolean, { nullable: true, description: 'Yes or no（是否）.' }) paid!: boolean | null
  @Field(() => Decimal, { nullable: true, description: 'Amount（金额）.' }) amount!: string | null
}

@ObjectType({ implements: [NodeInterface, Auditable], description: 'A sample contract（样例合同）.' })
export class SampleContract implements NodeInterface, Auditable {
  id!: string
  @Field(() => String, { description: 'Number（编号）.' }) number!: string
  @Field(() => Decimal, { description: 'Amount（金额）.' }) amount!: string
  @Field(() => Float, { nullable: true, description: 'Share（占比）.' }) share!: number | null
  @Field(() => String, { description: 'Key elsewhere（外部标识）.' }) externalKey!: string
  @Field(() => Json, { nullable: true, description: 'Details（详情）.' }) details!: unknown
  @Field(() => [SampleStage], { description: 'Stages（经过阶段）.' }) stages!: SampleStage[]
  @Field(() => SampleStage, { nullable: true, description: 'Stage（阶段）.' }) stage!: SampleStage | null
  @Field(() => DateTime, { nullable: true, description: 'Signed（签订时间）.' }) signedAt!: string | null
  @Field(() => String, { nullable: true, description: 'Supplier; masked（供应商）.' }) supplier!: string | null
  @Field(() => ID, { nullable: true, description: 'Power（职权标识）.' }) powerId!: string | null
  @Field(() => ID, { description: 'Unit（单位标识）.' }) unitId!: string
  @Field(() => SampleTerm, { nullable: true, description: 'Term（期限）.' }) term!: SampleTerm | null
  @Field(() => [SampleLine], { description: 'Lines（明细）.' }) lines!: SampleLine[]
  @Field(() => Boolean, { description: 'Settled（是否结清）.' }) settled!: boolean
  @Field(() => [String], { description: 'What may be done now（可执行的操作）.' }) allowedCommands!: string[]
  createdAt!: string
  createdBy!: string
  updatedAt!: string
  updatedBy!: string
  rowVersion!: number
}

const machine = defineMachine({
  name: 'SampleContract', initial: 'OPEN', states: { OPEN: 'Open (进行)', CLOSED: 'Closed (结束)' },
  sides: { BUYER: { column: 'buyer_unit_id' }, PARTNER: { via: { table: 'sample.contract_partner', near: 'contract_id', far: 'unit_id' } } },
  commands: {
    receiveSample: { from: ['OPEN', 'CLOSED'], to: null, side: 'BUYER', roles: ['SUPERVISOR'], description: 'Receives (签收)' },
    joinSample: { from: ['OPEN'], to: null, side: 'PARTNER', roles: ['UNIT_EDITOR', 'COMMISSION_APPROVER'], description: 'Joins (参与)' },
    closeSample: { from: ['OPEN'], to: 'CLOSED', roles: ['UNIT_APPROVER'], description: 'Closes (结束)' },
    amendSample: { from: ['OPEN', 'CLOSED'], to: null, roles: ['UNIT_EDITOR', 'SUPERVISOR'], description: 'Amends (修改)' },
  },
})

const sampleReads = noun({
  type: 'SampleContract', prefix: 'sample_c', table: 'sample.contract', scope: { by: 'unit', column: 'unit_id' }, permission: ['SUPERVISOR', 'UNIT_EDITOR', 'AUDITOR'],
  columns: {
    id: { kind: 'id' }, number: text(), amount: decimal(), share: { kind: 'plain', type: 'float', nullable: true }, externalKey: { kind: 'plain', type: 'uuid' },
    details: { kind: 'json', nullable: true }, stages: { kind: 'textArray' }, stage: enumeration('SampleStage', { nullable: true }), signedAt: instant({ nullable: true }),
    supplier: { kind: 'masked', clearFor: ['AUDITOR'], nullable: true }, powerId: { kind: 'ref', prefix: 'pw', nullable: true }, unitId: { kind: 'ref', prefix: 'unit' },
    term: { kind: 'group', of: 'SampleTerm', present: 'term_from', fields: { from: date({ sql: 'term_from' }), rate: decimal({ sql: 'term_rate', nullable: true }) } },
    lines: { kind: 'objects', of: 'SampleLine', fields: { label: 'text', quantity: 'int', paid: 'boolean', amount: 'decimal' } },
    settled: bool(), allowedCommands: { kind: 'commands', machine }, ...auditable,
  },
  edges: {
    unit: { card: 'one', to: 'Unit', key: 'unit_id', description: 'Its unit（单位）.', sameScope: 'the unit decides the scope of its contract' },
    power: { card: 'one', to: 'Power', key: 'power_id', nullable: true, description: 'Its power（职权）.' },
    auditedUnit: { card: 'one', to: 'Unit', key: 'unit_id', rule: ['AUDITOR'], description: 'Its unit, for auditors（审计单位）.' },
  },
  filters: {
    number: { type: 'text' }, amount: { type: 'decimal' }, stage: { type: 'enum', enum: 'SampleStage', nullable: true }, stages: { type: 'enum', enum: 'SampleStage', array: true },
    signedAt: { type: 'instant', nullable: true }, settled: { type: 'boolean' }, power: { type: 'ref', of: 'Power', sql: 'power_id', nullable: true }, unit: { type: 'ref', of: 'Unit', sql: 'unit_id', within: true },
  },
  orders: { AMOUNT: { type: 'decimal' }, CREATED_AT: { type: 'instant' }, settledOn: { type: 'date', sql: 'settled_on' } },
  defaultOrder: [{ field: 'AMOUNT', direction: 'DESC' }],
  root: { one: 'contract', many: 'contracts', byKey: { contractByNumber: 'number' }, namespace: 'sampleRegister' },
})

const sampleEdges: NounEdge[] = [
  { on: 'Unit', field: 'sampleContracts', edge: { card: 'connection', to: 'SampleContract', by: 'unit_id', max: 10, rule: ['SUPERVISOR', 'AUDITOR'], description: 'Its sample contracts（样例合同）.', sameScope: 'a contract is in the scope of its unit' } },
  { on: 'Unit', field: 'openSampleCount', edge: { card: 'count', to: 'SampleContract', by: 'unit_id', where: { stage: 'OPEN', settled: false }, description: 'Number of its open contracts（样例合同数）.' } },
  { on: 'Unit', field: 'latestSamples', edge: { card: 'list', to: 'SampleContract', by: 'unit_id', order: 'settled_on', max: 2, description: 'Two of its contracts（样例合同）.', sameScope: 'a contract is in the scope of its unit' } },
]

export const sampleModule: DomainModule = {
  name: 'sample', entities: [], types: [SampleContract], resolvers: [], create: () => [], reads: [sampleReads], edges: sampleEdges, permissions: {},
}

export async function fillSample(owner: pg.Pool): Promise<void> {
  await owner.query('CREATE SCHEMA sample')
  await owner.query(`
    CREATE TABLE sample.contract (
      id uuid PRIMARY KEY, unit_id uuid NOT NULL REFERENCES unit (id), number text NOT NULL UNIQUE, amount numeric(18, 4) NOT NULL, share double precision, external_key uuid NOT NULL,
      details jsonb, stages text[] NOT NULL, stage text, signed_at timestamptz, supplier text, power_id uuid, term_from date, term_rate numeric, lines jsonb NOT NULL, settled boolean NOT NULL,
      settled_on date NOT NULL, state text NOT NULL, buyer_unit_id uuid REFERENCES unit (id),
      created_at timestamptz NOT NULL, created_by text NOT NULL, updated_at timestamptz NOT NULL, updated_by text NOT NULL, row_version integer NOT NULL)`)
  await owner.query('CREATE INDEX ON sample.contract (unit_id)')
  await owner.query(`
    INSERT INTO sample.contract
      (id, unit_id, number, amount, share, external_key, details, stages, stage, signed_at, supplier, power_id, term_from, term_rate, lines, settled, settled_on, state, created_at, created_by, updated_at, updated_by, row_version)
    SELECT ('01935000-0064-7000-8000-' || lpad(to_hex(n * 48271 % 2147483647), 12, '0'))::uuid, u.id, 'N-' || n, (n % 20) * 1234567890.0123, CASE WHEN n % 3 > 0 THEN n / 7.0 END, ('01935000-0065-7000-8000-' || lpad(n::text, 12, '0'))::uuid,
      CASE n % 3 WHEN 0 THEN NULL WHEN 1 THEN '{"b": [1, null, "x\\"y"], "a": {"c": true}}' ELSE '"text"' END::jsonb, (ARRAY['OPEN', 'CLOSED'])[1:(n % 3)::int], CASE n % 3 WHEN 0 THEN 'OPEN' WHEN 1 THEN 'CLOSED' END,
      CASE WHEN n % 4 > 0 THEN timestamptz '2026-03-01 07:00:00.123456Z' + n * interval '1.5 hours' END, CASE WHEN n % 5 > 0 THEN '供应商' || n END,
      CASE WHEN n % 2 = 0 THEN (SELECT id FROM power ORDER BY md5(id::text || n) LIMIT 1) END, CASE WHEN n % 2 = 0 THEN date '2026-01-01' + (n % 9)::int END, CASE WHEN n % 4 = 0 THEN 0.1250 END,
      CASE n % 3 WHEN 0 THEN '[]' WHEN 1 THEN '[{"label": "a\\"b", "quantity": 3, "paid": true, "amount": "10.50"}, {}]' ELSE '[{"paid": false, "label": null}]' END::jsonb,
      n % 2 = 0, date '2026-05-01' + (n % 5)::int, pg_catalog.upper(CASE WHEN n % 2 = 0 THEN 'open' ELSE 'closed' END), now(), 'system:test', now(), 'system:test', 1
    FROM (SELECT id, row_number() OVER (ORDER BY path) + 1000 * i AS n FROM unit, generate_series(0, 2) i) u`)
  // Buyers and partners anywhere in the city; some contracts have none.
  await owner.query(`
    WITH u AS (SELECT id, row_number() OVER (ORDER BY md5(id::text)) - 1 AS n, count(*) OVER () AS of FROM unit), c AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM sample.contract)
    UPDATE sample.contract SET buyer_unit_id = u.id FROM c JOIN u ON u.n = c.n * 7 % u.of WHERE c.id = contract.id AND c.n % 4 > 0`)
  await owner.query('CREATE TABLE sample.contract_partner (contract_id uuid NOT NULL REFERENCES sample.contract (id), unit_id uuid NOT NULL REFERENCES unit (id), PRIMARY KEY (contract_id, unit_id))')
  await owner.query(`
    WITH u AS (SELECT id, row_number() OVER (ORDER BY md5(id::text)) - 1 AS n, count(*) OVER () AS of FROM unit), c AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM sample.contract)
    INSERT INTO sample.contract_partner SELECT c.id, u.id FROM c CROSS JOIN generate_series(1, 2) i JOIN u ON u.n = (c.n * 11 + i) % u.of WHERE c.n % 3 > 0`)
  await owner.query('GRANT USAGE ON SCHEMA sample TO plumbline_app')
  await owner.query('GRANT SELECT ON ALL TABLES IN SCHEMA sample TO plumbline_app')
  await owner.query('ANALYZE sample.contract')
}
