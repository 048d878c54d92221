import { REGISTER_READERS } from '../../auth/roles'
import { auditable, bool, enumeration, instant, int, noun, text, type NounEdge } from '../../core/reads'
import { transitions } from '../audit'
import { catalogFilters, catalogOrigin } from '../catalog-origin'
import { legalBasisColumn } from '../legal-basis'
import { flowMachine, powerMachine } from './power.states'

const scope = { by: 'unit', column: 'unit_id' } as const

export const powerReads = noun({
  type: 'Power', prefix: 'pw', table: 'power', scope, permission: REGISTER_READERS,
  columns: {
    id: { kind: 'id' }, code: text(), nameZh: text(), nameEn: text({ nullable: true }), description: text({ sql: 'description_zh', nullable: true }),
    category: enumeration('PowerCategory'), significance: enumeration('Significance'), sectorCode: text({ nullable: true }),
    legalBasis: legalBasisColumn, state: enumeration('PowerState'), allowedCommands: { kind: 'commands', machine: powerMachine },
    ...catalogOrigin, ...auditable,
  },
  edges: {
    unit: { card: 'one', to: 'Unit', key: 'unit_id', description: 'The unit that holds it（所属单位）.', sameScope: 'the unit decides the scope of its own power' },
    operatingFlow: {
      card: 'one', to: 'OperatingFlow', by: 'power_id', where: { state: 'EFFECTIVE' }, nullable: true,
      description: 'The one flow in force; null before the first is published（现行流程）.', sameScope: 'a flow has the unit of its power',
    },
    operatingFlows: { card: 'connection', to: 'OperatingFlow', by: 'power_id', description: 'All versions of its flow（流程各版本）.', sameScope: 'a flow has the unit of its power' },
    positions: {
      card: 'list', to: 'Position', via: { table: 'power_position', near: 'power_id', far: 'position_id' }, order: 'code', max: 50,
      description: 'The posts that exercise it（行使岗位）.', sameScope: 'the posts of a power are posts of its unit',
    },
    transitions,
  },
  filters: {
    code: { type: 'text' }, nameZh: { type: 'text' }, category: { type: 'enum', enum: 'PowerCategory' }, significance: { type: 'enum', enum: 'Significance' },
    sectorCode: { type: 'text', nullable: true }, state: { type: 'enum', enum: 'PowerState' }, unit: { type: 'ref', of: 'Unit', sql: 'unit_id', within: true }, ...catalogFilters,
  },
  orders: { CODE: { type: 'text' }, CREATED_AT: { type: 'instant' } },
  root: { one: 'power', many: 'powers', oneDescription: 'One power by id（职权）.', manyDescription: 'Powers（职权列表）.' },
})

export const operatingFlowReads = noun({
  type: 'OperatingFlow', prefix: 'flow', table: 'operating_flow', scope, permission: REGISTER_READERS,
  columns: {
    id: { kind: 'id' }, version: int(), state: enumeration('OperatingFlowState'), allowedCommands: { kind: 'commands', machine: flowMachine },
    publishedAt: instant({ nullable: true }), ...catalogOrigin, ...auditable,
  },
  edges: {
    power: { card: 'one', to: 'Power', key: 'power_id', description: 'The power that it belongs to（所属职权）.', sameScope: 'a flow has the unit of its power' },
    steps: { card: 'list', to: 'FlowStep', by: 'flow_id', order: 'seq', max: 100, description: 'Its steps in order（环节）.', sameScope: 'a step has the unit of its flow' },
    transitions,
  },
  filters: { state: { type: 'enum', enum: 'OperatingFlowState' }, version: { type: 'int' } },
  orders: { VERSION: { type: 'int' } },
  root: { one: 'operatingFlow', oneDescription: 'One version of a flow by id（权力运行流程）.' },
})

export const flowStepReads = noun({
  type: 'FlowStep', prefix: 'step', table: 'flow_step', scope, permission: REGISTER_READERS,
  columns: {
    id: { kind: 'id' }, seq: int(), nameZh: text(), nameEn: text({ nullable: true }), kind: enumeration('FlowStepKind'),
    timeLimitWorkingDays: int({ nullable: true }), collectiveDecision: bool(),
  },
  edges: {
    position: { card: 'one', to: 'Position', key: 'position_id', nullable: true, description: 'The post that does it（岗位）.', sameScope: 'the post of a step is a post of its unit' },
    flow: { card: 'one', to: 'OperatingFlow', key: 'flow_id', description: 'The flow that it belongs to（所属流程）.', sameScope: 'a step has the unit of its flow' },
  },
  filters: {}, orders: { SEQ: { type: 'int' } },
})

export const powerEdges: NounEdge[] = [
  { on: 'Unit', field: 'powers', edge: { card: 'connection', to: 'Power', by: 'unit_id', description: 'Its powers（职权）.', sameScope: 'a power is in the scope of its unit' } },
  { on: 'Position', field: 'powers', edge: { card: 'connection', to: 'Power', via: { table: 'power_position', near: 'position_id', far: 'power_id' }, description: 'The powers that it exercises（行使的职权）.', sameScope: 'a post exercises powers of its own unit' } },
]
