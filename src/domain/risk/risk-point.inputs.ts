import { ArrayMaxSize, ArrayMinSize, IsIn, IsInt, IsOptional, Length, Max, MaxLength, Min, ValidateNested } from 'class-validator'
import { Field, ID, InputType, Int } from 'type-graphql'
import { CommandInput, EditInput } from '../interfaces'
import { OnError } from '../bulk'
import { LocalDate } from '../scalars'
import { ControlFrequency, ControlMode, ControlNature } from './control.types'
import { RatingKind, ResponsePlan, RiskCategory, RiskLevel } from './risk.types'

@InputType({ description: 'Likelihood and impact; the matrix in force says the rest（评级取值）.' })
export class RatingInput {
  @Field(() => Int, { description: 'Likelihood, 1 to 5（可能性）.' })
  @IsInt() @Min(1) @Max(5)
  likelihood: number

  @Field(() => Int, { description: 'Impact, 1 to 5（影响程度）.' })
  @IsInt() @Min(1) @Max(5)
  impact: number

  @Field(() => String, { nullable: true, description: 'Why it is rated so（评级依据）.' })
  @IsOptional() @MaxLength(2000)
  basis?: string | null
}

@InputType({ description: 'A control that comes with a new risk point（随风险点提出的防控措施）.' })
export class NewControlInput {
  @Field(() => String, { description: 'Code, unique in the unit（编号）.' })
  @Length(1, 80)
  code: string

  @Field(() => String, { description: 'What is done（措施内容）.' })
  @Length(1, 2000)
  description: string

  @Field(() => String, { nullable: true, description: 'In English（英文内容）.' })
  @IsOptional() @MaxLength(4000)
  descriptionEn?: string | null

  @Field(() => ControlNature, { description: 'When it acts（性质）.' })
  nature: ControlNature

  @Field(() => ControlMode, { description: 'Who carries it out（方式）.' })
  mode: ControlMode

  @Field(() => ControlFrequency, { description: 'How often（频次）.' })
  frequency: ControlFrequency

  @Field(() => ID, { description: 'The post that answers for it（责任岗位）.' })
  ownerPositionId: string

  @Field(() => LocalDate, { nullable: true, description: 'When the next test is due（下次测试期限）.' })
  nextTestDueOn?: string | null
}

@InputType({ description: 'A risk point of a power, at once with its first rating and its controls if they are known（识别风险点）.' })
export class IdentifyRiskPointInput extends CommandInput {
  @Field(() => ID, { description: 'The power（职权）.' })
  powerId: string

  @Field(() => String, { description: 'Code, unique in the power（编号）.' })
  @Length(1, 80)
  code: string

  @Field(() => String, { description: 'What may go wrong（风险描述）.' })
  @Length(1, 2000)
  description: string

  @Field(() => String, { nullable: true, description: 'In English（英文描述）.' })
  @IsOptional() @MaxLength(4000)
  descriptionEn?: string | null

  @Field(() => String, { nullable: true, description: 'Why it may happen（成因）.' })
  @IsOptional() @MaxLength(2000)
  cause?: string | null

  @Field(() => String, { nullable: true, description: 'What follows when it happens（后果）.' })
  @IsOptional() @MaxLength(2000)
  consequence?: string | null

  @Field(() => RiskCategory, { description: 'Where it comes from（类别）.' })
  category: RiskCategory

  @Field(() => ID, { nullable: true, description: 'The step of the power\'s flow where it sits（所在环节）.' })
  flowStepId?: string | null

  @Field(() => ID, { description: 'The post that answers for it（责任岗位）.' })
  ownerPositionId: string

  @Field(() => RatingInput, { nullable: true, description: 'First inherent rating（固有风险评级）.' })
  @IsOptional() @ValidateNested()
  inherent?: RatingInput | null

  @Field(() => [NewControlInput], { defaultValue: [], description: 'Its controls（防控措施）.' })
  @ArrayMaxSize(20) @ValidateNested({ each: true })
  controls: NewControlInput[]
}

@InputType({ description: 'New content of a risk point; what is left out stays（修改风险点）.' })
export class EditRiskPointInput extends EditInput {
  @Field(() => ID, { description: 'The risk point（风险点）.' })
  id: string

  @Field(() => String, { nullable: true, description: 'What may go wrong（风险描述）.' })
  @IsOptional() @Length(1, 2000)
  description?: string

  @Field(() => String, { nullable: true, description: 'In English（英文描述）.' })
  @IsOptional() @MaxLength(4000)
  descriptionEn?: string | null

  @Field(() => String, { nullable: true, description: 'Why it may happen（成因）.' })
  @IsOptional() @MaxLength(2000)
  cause?: string | null

  @Field(() => String, { nullable: true, description: 'What follows when it happens（后果）.' })
  @IsOptional() @MaxLength(2000)
  consequence?: string | null

  @Field(() => RiskCategory, { nullable: true, description: 'Where it comes from（类别）.' })
  category?: RiskCategory

  @Field(() => ID, { nullable: true, description: 'The step of the power\'s flow where it sits; null takes it off（所在环节）.' })
  flowStepId?: string | null

  @Field(() => ID, { nullable: true, description: 'The post that answers for it（责任岗位）.' })
  ownerPositionId?: string
}

@InputType({ description: 'A new rating of one risk point（风险评级）.' })
export class RateRiskPointInput extends CommandInput {
  @Field(() => ID, { description: 'The risk point（风险点）.' })
  id: string

  @Field(() => RatingKind, { defaultValue: 'INHERENT', description: 'Inherent or residual（类型）.' })
  kind: RatingKind

  @Field(() => Int, { description: 'Likelihood, 1 to 5（可能性）.' })
  @IsInt() @Min(1) @Max(5)
  likelihood: number

  @Field(() => Int, { description: 'Impact, 1 to 5（影响程度）.' })
  @IsInt() @Min(1) @Max(5)
  impact: number

  @Field(() => String, { nullable: true, description: 'Why it is rated so（评级依据）.' })
  @IsOptional() @MaxLength(2000)
  basis?: string | null

  @Field(() => Int, { nullable: true, description: 'Refuse unless this is still the row version（版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null
}

@InputType({ description: 'One rating among many（批量评级中的一行）.' })
export class RiskPointRatingInput extends RatingInput {
  @Field(() => ID, { description: 'The risk point（风险点）.' })
  id: string

  @Field(() => RatingKind, { defaultValue: 'INHERENT', description: 'Inherent or residual（类型）.' })
  kind: RatingKind
}

@InputType({ description: 'Ratings of many risk points（批量风险评级）.' })
export class RateRiskPointsInput extends CommandInput {
  @Field(() => [RiskPointRatingInput], { description: 'One row for each risk point, each at most once（评级）.' })
  @ArrayMinSize(1) @ArrayMaxSize(200) @ValidateNested({ each: true })
  ratings: RiskPointRatingInput[]

  @Field(() => OnError, { defaultValue: 'REJECT_ALL', description: 'What a wrong row does to the others（出错处理）.' })
  onError: OnError
}

@InputType({ description: 'The response to a risk（制定应对措施）.' })
export class PlanRiskTreatmentInput extends CommandInput {
  @Field(() => ID, { description: 'The risk point（风险点）.' })
  id: string

  @Field(() => ResponsePlan, { description: 'Response（应对方式）.' })
  responsePlan: ResponsePlan

  @Field(() => LocalDate, { nullable: true, description: 'Until when a risk is accepted; needed to accept a HIGH one（接受期限）.' })
  acceptedUntil?: string | null
}

@InputType({ description: 'Puts a risk point under watch（转入监测）.' })
export class MonitorRiskPointInput extends CommandInput {
  @Field(() => ID, { description: 'The risk point（风险点）.' })
  id: string

  @Field(() => LocalDate, { description: 'When it must be reviewed（复评期限）.' })
  reviewDueOn: string
}

@InputType({ description: 'Names the risk point to act on（对风险点的操作）.' })
export class RiskPointCommandInput extends CommandInput {
  @Field(() => ID, { description: 'The risk point（风险点）.' })
  id: string

  @Field(() => Int, { nullable: true, description: 'Refuse unless this is still the row version（版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null

  @Field(() => String, { nullable: true, description: 'Written opinion; needed to review, escalate, de-escalate and retire（意见）.' })
  @IsOptional() @MaxLength(2000)
  opinion?: string | null
}

@InputType({ description: 'One cell of a new matrix（矩阵单元）.' })
export class RiskMatrixCellInput {
  @Field(() => Int, { description: 'Likelihood, 1 to 5（可能性）.' })
  @IsInt() @Min(1) @Max(5)
  likelihood: number

  @Field(() => Int, { description: 'Impact, 1 to 5（影响程度）.' })
  @IsInt() @Min(1) @Max(5)
  impact: number

  @Field(() => Int, { description: 'Score（分值）.' })
  @IsInt() @Min(1) @Max(1000)
  score: number

  @Field(() => RiskLevel, { description: 'LOW, MEDIUM or HIGH（等级）.' })
  @IsIn(['LOW', 'MEDIUM', 'HIGH'])
  level: RiskLevel
}

@InputType({ description: 'A new version of the risk matrix; ratings already made keep theirs（发布风险矩阵）.' })
export class PublishRiskMatrixInput extends CommandInput {
  @Field(() => String, { description: 'Name（名称）.' })
  @Length(1, 200)
  nameZh: string

  @Field(() => LocalDate, { description: 'In force from（生效日期）.' })
  effectiveFrom: string

  @Field(() => [RiskMatrixCellInput], { description: 'All 25 cells（矩阵单元）.' })
  @ArrayMinSize(25) @ArrayMaxSize(25) @ValidateNested({ each: true })
  cells: RiskMatrixCellInput[]
}
