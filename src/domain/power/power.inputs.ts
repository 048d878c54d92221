import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsInt, IsOptional, Length, Max, MaxLength, Min, ValidateNested } from 'class-validator'
import { Field, ID, InputType, Int } from 'type-graphql'
import { CommandInput, EditInput } from '../interfaces'
import { LegalBasisInput } from '../legal-basis'
import { FlowStepKind, PowerCategory, Significance } from './power.types'

@InputType({ description: 'A power that a unit enters（拟定职权）.' })
export class ProposePowerInput extends CommandInput {
  @Field(() => ID, { description: 'The unit that holds it（单位）.' })
  unitId: string

  @Field(() => String, { description: 'Code, unique in the unit（编号）.' })
  @Length(1, 80)
  code: string

  @Field(() => String, { description: 'Chinese name（名称）.' })
  @Length(1, 200)
  nameZh: string

  @Field(() => String, { nullable: true, description: 'English name（英文名称）.' })
  @IsOptional() @MaxLength(400)
  nameEn?: string | null

  @Field(() => String, { nullable: true, description: 'What it covers（说明）.' })
  @IsOptional() @MaxLength(4000)
  description?: string | null

  @Field(() => PowerCategory, { description: 'Category（类别）.' })
  category: PowerCategory

  @Field(() => Significance, { description: 'Significance（重要程度）.' })
  significance: Significance

  @Field(() => String, { nullable: true, description: 'Sector（领域）.' })
  @IsOptional() @MaxLength(80)
  sectorCode?: string | null

  @Field(() => [LegalBasisInput], { defaultValue: [], description: 'Legal basis（法律依据）.' })
  @ArrayMaxSize(20) @ValidateNested({ each: true })
  legalBasis: LegalBasisInput[]

  @Field(() => [ID], { description: 'The posts that exercise it（行使岗位）.' })
  @ArrayMinSize(1) @ArrayMaxSize(50) @ArrayUnique()
  positionIds: string[]
}

@InputType({ description: 'New content of an unpublished power; what is left out stays（修改职权）.' })
export class EditPowerInput extends EditInput {
  @Field(() => ID, { description: 'The power（职权）.' })
  id: string

  @Field(() => String, { nullable: true, description: 'Chinese name（名称）.' })
  @IsOptional() @Length(1, 200)
  nameZh?: string

  @Field(() => String, { nullable: true, description: 'English name（英文名称）.' })
  @IsOptional() @MaxLength(400)
  nameEn?: string | null

  @Field(() => String, { nullable: true, description: 'What it covers（说明）.' })
  @IsOptional() @MaxLength(4000)
  description?: string | null

  @Field(() => PowerCategory, { nullable: true, description: 'Category（类别）.' })
  category?: PowerCategory

  @Field(() => Significance, { nullable: true, description: 'Significance（重要程度）.' })
  significance?: Significance

  @Field(() => [LegalBasisInput], { nullable: true, description: 'Legal basis（法律依据）.' })
  @IsOptional() @ArrayMaxSize(20) @ValidateNested({ each: true })
  legalBasis?: LegalBasisInput[]

  @Field(() => [ID], { nullable: true, description: 'The posts that exercise it（行使岗位）.' })
  @IsOptional() @ArrayMinSize(1) @ArrayMaxSize(50) @ArrayUnique()
  positionIds?: string[]
}

@InputType({ description: 'Names the power to act on（对职权的操作）.' })
export class PowerCommandInput extends CommandInput {
  @Field(() => ID, { description: 'The power（职权）.' })
  id: string

  @Field(() => Int, { nullable: true, description: 'Refuse unless this is still the row version（版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null

  @Field(() => String, { nullable: true, description: 'Written opinion; needed to suspend or abolish（意见）.' })
  @IsOptional() @MaxLength(2000)
  opinion?: string | null
}

@InputType({ description: 'One step of a flow; its place in the list is its number（流程环节）.' })
export class FlowStepInput {
  @Field(() => String, { description: 'Chinese name（名称）.' })
  @Length(1, 200)
  nameZh: string

  @Field(() => String, { nullable: true, description: 'English name（英文名称）.' })
  @IsOptional() @MaxLength(400)
  nameEn?: string | null

  @Field(() => FlowStepKind, { description: 'What happens（环节类型）.' })
  kind: FlowStepKind

  @Field(() => ID, { nullable: true, description: 'The post that does it（岗位）.' })
  positionId?: string | null

  @Field(() => Int, { nullable: true, description: 'Time allowed, in working days（时限，工作日）.' })
  @IsOptional() @IsInt() @Min(1) @Max(366)
  timeLimitWorkingDays?: number | null

  @Field(() => Boolean, { defaultValue: false, description: 'Decided collectively（三重一大）.' })
  collectiveDecision: boolean
}

@InputType({ description: 'A new version of a power\'s flow（起草流程）.' })
export class DraftOperatingFlowInput extends CommandInput {
  @Field(() => ID, { description: 'The power（职权）.' })
  powerId: string

  @Field(() => [FlowStepInput], { description: 'Its steps in order（环节）.' })
  @ArrayMinSize(1) @ArrayMaxSize(100) @ValidateNested({ each: true })
  steps: FlowStepInput[]
}

@InputType({ description: 'New steps for a flow that is not in force（修改流程）.' })
export class EditOperatingFlowInput extends EditInput {
  @Field(() => ID, { description: 'The flow（流程）.' })
  id: string

  @Field(() => [FlowStepInput], { description: 'Its steps in order（环节）.' })
  @ArrayMinSize(1) @ArrayMaxSize(100) @ValidateNested({ each: true })
  steps: FlowStepInput[]
}

@InputType({ description: 'Names the flow to act on（对流程的操作）.' })
export class FlowCommandInput extends CommandInput {
  @Field(() => ID, { description: 'The flow（流程）.' })
  id: string

  @Field(() => Int, { nullable: true, description: 'Refuse unless this is still the row version（版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null
}
