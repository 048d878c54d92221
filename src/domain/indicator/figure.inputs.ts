import { ArrayMaxSize, ArrayMinSize, IsOptional, Length, Matches, MaxLength, ValidateNested } from 'class-validator'
import { Field, ID, InputType } from 'type-graphql'
import { CommandInput } from '../interfaces'
import { Decimal, Period } from '../scalars'

@InputType({ description: 'One figure（一项数据）.' })
export class IndicatorFigureInput {
  @Field(() => String, { description: 'Code of a REPORTED variable of the plugin（变量）.' })
  @Matches(/^[a-z][A-Za-z0-9]{0,59}$/)
  variable: string

  @Field(() => Decimal, { description: 'The figure, exact（数值）.' })
  value: string

  @Field(() => String, { nullable: true, description: 'Remark（备注）.' })
  @IsOptional() @MaxLength(500)
  note?: string | null
}

@InputType({ description: 'Figures of a unit for a period; one that is already there is corrected, and the earlier value is kept in history（填报指标数据）.' })
export class ReportIndicatorFiguresInput extends CommandInput {
  @Field(() => ID, { description: 'The unit（单位）.' })
  unitId: string

  @Field(() => String, { description: 'The plugin that declares the variables（所属插件）.' })
  @Length(1, 40)
  pluginCode: string

  @Field(() => Period, { description: 'The period（期间）.' })
  period: string

  @Field(() => [IndicatorFigureInput], { description: 'At most 500（数据）.' })
  @ArrayMinSize(1) @ArrayMaxSize(500) @ValidateNested({ each: true })
  figures: IndicatorFigureInput[]
}
