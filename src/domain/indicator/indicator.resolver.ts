import { Arg, Ctx, Extensions, Field, FieldResolver, ID, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql'
import { AppError } from '../../core/errors'
import { rowIdOf } from '../../core/ids'
import type { RequestContext } from '../../core/request'
import { Period } from '../scalars'
import { Unit } from '../unit'
import type { EvaluationService } from './evaluation.service'
import { ReportIndicatorFiguresInput } from './figure.inputs'
import type { FigureService } from './figure.service'
import { IndicatorDefinition, IndicatorFigure, IndicatorRollUp, IndicatorValue } from './indicator.types'

@ObjectType({ description: 'The figures that a command wrote（操作结果）.' })
export class IndicatorFiguresPayload {
  @Field(() => [IndicatorFigure], { description: 'The figures as they are now, in the order of the input（指标数据）.' })
  indicatorFigures: IndicatorFigure[]
}

const MAX_CODES = 100

/** The unit's indicators. */
@Resolver(() => Unit)
export class UnitIndicatorResolver {
  constructor(private readonly evaluation: EvaluationService) {}

  @Extensions({ cost: 5 })
  @FieldResolver(() => IndicatorValue, { nullable: true, description: 'An indicator of the unit for a period; null when there is none with this code（指标值）.' })
  indicatorValue(
    @Root() unit: Unit, @Ctx() ctx: RequestContext,
    @Arg('code', () => String, { description: 'Permanent code of the indicator（指标编码）.' }) code: string,
    @Arg('period', () => Period, { description: 'The period（期间）.' }) period: string,
    @Arg('rollUp', () => IndicatorRollUp, { defaultValue: 'UNIT', description: 'Whose figures are counted（统计范围）.' }) rollUp: IndicatorRollUp,
  ): Promise<IndicatorValue | null> {
    return this.evaluation.value(ctx, { unitId: rowIdOf('unit', unit.id)!, code, period, rollUp })
  }
}

@Resolver(() => IndicatorValue)
export class IndicatorResolver {
  constructor(private readonly evaluation: EvaluationService, private readonly figures: FigureService) {}

  @FieldResolver(() => IndicatorDefinition, { description: 'What the indicator means, in the version that the value was computed with（指标定义）.' })
  async definition(@Root() value: IndicatorValue, @Ctx() ctx: RequestContext): Promise<IndicatorDefinition> {
    return await ctx.read.one('IndicatorDefinition', value.definitionId) as IndicatorDefinition
  }

  @Extensions({ max: 100, cost: 5 })
  @Query(() => [IndicatorValue], { nullable: true, description: 'Several indicators of a unit for a period, those that there are, in the order of the codes; null where the viewer may not see the unit（多项指标值）.' })
  async indicatorValues(
    @Ctx() ctx: RequestContext,
    @Arg('unitId', () => ID, { description: 'The unit（单位）.' }) unitId: string,
    @Arg('period', () => Period, { description: 'The period（期间）.' }) period: string,
    @Arg('codes', () => [String], { description: 'Permanent codes of indicators, at most 100（指标编码）.' }) codes: string[],
    @Arg('rollUp', () => IndicatorRollUp, { defaultValue: 'UNIT', description: 'Whose figures are counted（统计范围）.' }) rollUp: IndicatorRollUp,
  ): Promise<IndicatorValue[] | null> {
    if (codes.length > MAX_CODES) {
      const message = `codes may have at most ${MAX_CODES} entries.`
      throw new AppError('LIMIT_EXCEEDED', message, { limit: 'codes', actual: codes.length, most: MAX_CODES, violations: [{ path: 'codes', rule: 'max', message }] })
    }
    const rowId = rowIdOf('unit', unitId)
    if (rowId === null || await ctx.read.one('Unit', rowId) === null) return null
    const values = await Promise.all(codes.map(code => this.evaluation.value(ctx, { unitId: rowId, code, period, rollUp })))
    return values.filter(v => v !== null)
  }

  @Mutation(() => IndicatorFiguresPayload, { description: 'Reports figures of a unit for a period, or corrects them（填报指标数据）.' })
  async reportIndicatorFigures(@Arg('input', () => ReportIndicatorFiguresInput) input: ReportIndicatorFiguresInput, @Ctx() ctx: RequestContext): Promise<IndicatorFiguresPayload> {
    const { ids } = await this.figures.report(ctx, input)
    return { indicatorFigures: await ctx.read.many('IndicatorFigure', ids) as IndicatorFigure[] }
  }
}
