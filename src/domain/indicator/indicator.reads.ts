import { REGISTER_READERS } from '../../auth/roles'
import { auditable, bool, decimal, enumeration, int, noun, text, type NounEdge } from '../../core/reads'
import { legalBasisColumn } from '../legal-basis'

export const indicatorDefinitionReads = noun({
  type: 'IndicatorDefinition', prefix: 'idef', table: 'indicator_definition', scope: { by: 'public' }, permission: 'authenticated',
  columns: {
    id: { kind: 'id' }, code: text(), version: int(), pluginCode: text(), catalogVersion: text(), state: enumeration('IndicatorDefinitionState'),
    nameZh: text(), nameEn: text(), calibreZh: text(), calibreEn: text(), numerator: text(), denominator: text({ nullable: true }),
    multiplier: decimal(), decimals: int(), unitLabel: text(), direction: enumeration('IndicatorDirection'), periodKinds: { kind: 'textArray' },
    aggregation: enumeration('IndicatorAggregation'), minDenominator: decimal(),
    variables: { kind: 'objects', of: 'IndicatorVariable', fields: { code: 'text', nameZh: 'text', nameEn: 'text', unit: 'text', source: 'text' } },
    legalBasis: legalBasisColumn, sourceNote: text({ nullable: true }), isSynthetic: bool(), ...auditable,
  },
  edges: {},
  filters: {
    code: { type: 'text' }, pluginCode: { type: 'text' }, state: { type: 'enum', enum: 'IndicatorDefinitionState' }, nameZh: { type: 'text' },
    direction: { type: 'enum', enum: 'IndicatorDirection' }, version: { type: 'int' },
  },
  orders: { code: { type: 'text' }, version: { type: 'int' } },
  defaultOrder: [{ field: 'code', direction: 'ASC' }, { field: 'version', direction: 'ASC' }],
  root: { one: 'indicatorDefinition', many: 'indicatorDefinitions', oneDescription: 'One version of an indicator’s definition（指标定义）.', manyDescription: 'Definitions of indicators; filter by state CURRENT for those in use（指标定义列表）.' },
})

export const indicatorFigureReads = noun({
  type: 'IndicatorFigure', prefix: 'ifig', table: 'indicator_figure', scope: { by: 'unit', column: 'unit_id' }, permission: REGISTER_READERS,
  columns: {
    id: { kind: 'id' }, pluginCode: text(), variable: text(), period: text(), value: decimal(), source: enumeration('IndicatorFigureSource'),
    note: text({ nullable: true }), ...auditable,
  },
  edges: { unit: { card: 'one', to: 'Unit', key: 'unit_id', description: 'The unit that it is about（单位）.', sameScope: 'the unit decides the scope of its own figure' } },
  filters: {
    pluginCode: { type: 'text' }, variable: { type: 'text' }, period: { type: 'text' }, source: { type: 'enum', enum: 'IndicatorFigureSource' },
    value: { type: 'decimal' }, unit: { type: 'ref', of: 'Unit', sql: 'unit_id', within: true }, updatedAt: { type: 'instant' },
  },
  orders: { period: { type: 'text' }, variable: { type: 'text' }, value: { type: 'decimal' } },
  root: { one: 'indicatorFigure', many: 'indicatorFigures', oneDescription: 'One reported figure（指标数据）.', manyDescription: 'Reported figures（指标数据列表）.' },
})

export const indicatorEdges: NounEdge[] = [
  { on: 'Unit', field: 'indicatorFigures', edge: { card: 'connection', to: 'IndicatorFigure', by: 'unit_id', description: 'The figures that it reported（指标数据）.', sameScope: 'a figure is in the scope of its unit' } },
]
