import { REGISTER_READERS } from '../../auth/roles'
import { importKind } from '../import'
import type { DomainModule } from '../module'
import { importIndicatorFigures } from './import-figures'
import { EvaluationService } from './evaluation.service'
import { FIGURE_ROLES, FigureService } from './figure.service'
import { IndicatorDefinitionEntity, IndicatorFigureEntity } from './indicator.entity'
import { indicatorDefinitionReads, indicatorEdges, indicatorFigureReads } from './indicator.reads'
import { IndicatorResolver, UnitIndicatorResolver } from './indicator.resolver'
import { IndicatorDefinition, IndicatorFigure, IndicatorValue, IndicatorVariable } from './indicator.types'

export { belongsTo, FACTS, type Audience, type UnitFacts } from './audience'
export { publishDefinitions, type PublishedDefinition } from './definition.service'
export { EvaluationService } from './evaluation.service'
export { compileFormula, type Formula } from './formula'
export { importIndicatorFigures } from './import-figures'
export { IndicatorDefinitionEntity, IndicatorFigureEntity }
export { variableSources, type UnitsAsked, type VariableSource } from './variable-source'

export const indicatorModule: DomainModule = {
  name: 'indicator',
  entities: [IndicatorDefinitionEntity, IndicatorFigureEntity],
  types: [IndicatorDefinition, IndicatorFigure, IndicatorValue, IndicatorVariable],
  resolvers: [UnitIndicatorResolver, IndicatorResolver],
  create: db => {
    const evaluation = new EvaluationService(db)
    return [new UnitIndicatorResolver(evaluation), new IndicatorResolver(evaluation, new FigureService(db))]
  },
  reads: [indicatorDefinitionReads, indicatorFigureReads],
  edges: indicatorEdges,
  imports: [
    importKind({ name: 'indicator-figures', title: { zh: '指标数据', en: 'Indicator figures' }, roles: ['UNIT_EDITOR'] }, importIndicatorFigures),
  ],
  permissions: {
    Unit: { indicatorValue: REGISTER_READERS },
    Query: { indicatorValues: REGISTER_READERS },
    Mutation: { reportIndicatorFigures: FIGURE_ROLES },
  },
}
