import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsInt, IsOptional, Length, Matches, Max, MaxLength, Min } from 'class-validator'
import { Field, ID, InputType, Int } from 'type-graphql'
import { CommandInput, EditInput } from '../interfaces'
import { LocalDate } from '../scalars'

const UNITS_MAX = 500

@InputType({ description: 'A special rectification that is announced（部署专项整治）.' })
export class AnnounceSpecialRectificationInput extends CommandInput {
  @Field(() => ID, { description: 'The body that leads: a committee as a rule（主导单位）.' })
  leadUnitId: string

  @Field(() => ID, { description: 'The body that grips: a government as a rule（主抓单位）.' })
  gripUnitId: string

  @Field(() => ID, { description: 'The supervising body that pushes and drives it（主推单位）.' })
  pushUnitId: string

  @Field(() => ID, { description: 'The body that is responsible: the department of the matter as a rule（主责单位）.' })
  responsibleUnitId: string

  @Field(() => String, { description: 'Code, unique at the body that pushes（编号）.' })
  @Length(1, 60)
  code: string

  @Field(() => String, { description: 'Name（名称）.' })
  @Length(1, 200) @Matches(/\S/)
  nameZh: string

  @Field(() => String, { nullable: true, description: 'English name（英文名称）.' })
  @IsOptional() @Length(1, 200)
  nameEn?: string | null

  @Field(() => String, { nullable: true, description: 'What several belong to together, as the case-driven reform of a year（所属行动）.' })
  @IsOptional() @Length(1, 100)
  campaignGroup?: string | null

  @Field(() => String, { description: 'What is to be put right（整治内容）.' })
  @Length(1, 4000) @Matches(/\S/)
  matters: string

  @Field(() => [String], { description: 'What kinds of problems it looks for: codes of the list PROBLEM_CATEGORY（问题类别）.' })
  @ArrayMinSize(1) @ArrayMaxSize(20) @ArrayUnique()
  problemCategories: string[]

  @Field(() => [ID], { description: 'The units in its scope, which the body that pushes supervises（整治单位）.' })
  @ArrayMinSize(1) @ArrayMaxSize(UNITS_MAX) @ArrayUnique()
  unitIds: string[]

  @Field(() => [ID], { defaultValue: [], description: 'Governance measures that it comes from or carries out（以案促改治理措施）.' })
  @ArrayMaxSize(50) @ArrayUnique()
  governanceMeasureIds: string[]

  @Field(() => LocalDate, { description: 'From when（开始日期）.' })
  validFrom: string

  @Field(() => LocalDate, { description: 'By when the units report what they found themselves（自查报送期限）.' })
  selfCheckDueOn: string

  @Field(() => LocalDate, { description: 'Until when（结束日期）.' })
  validTo: string

  @Field(() => Boolean, { defaultValue: false, description: 'Invented for demonstration（示例内容）.' })
  isSynthetic: boolean
}

@InputType({ description: 'Other matters, units or days; what is left out stays（修改专项整治）.' })
export class EditSpecialRectificationInput extends EditInput {
  @Field(() => ID, { description: 'The special rectification（专项整治）.' })
  id: string

  @Field(() => String, { nullable: true, description: 'Name（名称）.' })
  @IsOptional() @Length(1, 200) @Matches(/\S/)
  nameZh?: string | null

  @Field(() => String, { nullable: true, description: 'English name（英文名称）.' })
  @IsOptional() @Length(1, 200)
  nameEn?: string | null

  @Field(() => String, { nullable: true, description: 'What several belong to together（所属行动）.' })
  @IsOptional() @Length(1, 100)
  campaignGroup?: string | null

  @Field(() => String, { nullable: true, description: 'What is to be put right（整治内容）.' })
  @IsOptional() @Length(1, 4000) @Matches(/\S/)
  matters?: string | null

  @Field(() => [String], { nullable: true, description: 'All kinds of problems that it looks for from now on（问题类别）.' })
  @IsOptional() @ArrayMinSize(1) @ArrayMaxSize(20) @ArrayUnique()
  problemCategories?: string[] | null

  @Field(() => [ID], { nullable: true, description: 'All units in its scope from now on; one that has reported or given evidence, or at which something was found, stays（整治单位）.' })
  @IsOptional() @ArrayMinSize(1) @ArrayMaxSize(UNITS_MAX) @ArrayUnique()
  unitIds?: string[] | null

  @Field(() => [ID], { nullable: true, description: 'All governance measures that it comes from or carries out from now on（以案促改治理措施）.' })
  @IsOptional() @ArrayMaxSize(50) @ArrayUnique()
  governanceMeasureIds?: string[] | null

  @Field(() => LocalDate, { nullable: true, description: 'From when（开始日期）.' })
  validFrom?: string | null

  @Field(() => LocalDate, { nullable: true, description: 'By when the units report（自查报送期限）.' })
  selfCheckDueOn?: string | null

  @Field(() => LocalDate, { nullable: true, description: 'Until when（结束日期）.' })
  validTo?: string | null
}

@InputType({ description: 'Names the special rectification to act on（对专项整治的操作）.' })
export class SpecialRectificationCommandInput extends CommandInput {
  @Field(() => ID, { description: 'The special rectification（专项整治）.' })
  id: string

  @Field(() => Int, { nullable: true, description: 'Refuse unless this is still the row version（版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null

  @Field(() => String, { nullable: true, description: 'Written opinion; needed to go back and to call it off（意见）.' })
  @IsOptional() @MaxLength(2000)
  opinion?: string | null
}

@InputType({ description: 'What a unit found and put right itself（报送自查情况）.' })
export class ReportSpecialSelfCheckInput extends CommandInput {
  @Field(() => ID, { description: 'The unit’s part in the special rectification: a SpecialRectificationUnit（专项整治单位）.' })
  specialRectificationUnitId: string

  @Field(() => Int, { nullable: true, description: 'Refuse unless this is still the row version of that part（版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null

  @Field(() => Int, { description: 'Problems found, all together（发现问题数）.' })
  @IsInt() @Min(0) @Max(1_000_000)
  problemsFound: number

  @Field(() => Int, { description: 'Of these, put right（已整改问题数）.' })
  @IsInt() @Min(0) @Max(1_000_000)
  problemsFixed: number

  @Field(() => String, { description: 'What was found and done（自查报告）.' })
  @Length(1, 8000) @Matches(/\S/)
  report: string
}

@InputType({ description: 'A report that is given back（退回自查报告）.' })
export class ReturnSpecialSelfCheckInput extends CommandInput {
  @Field(() => ID, { description: 'The unit’s part in the special rectification: a SpecialRectificationUnit（专项整治单位）.' })
  specialRectificationUnitId: string

  @Field(() => Int, { nullable: true, description: 'Refuse unless this is still the row version of that part（版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null

  @Field(() => String, { description: 'What is wanting（退回意见）.' })
  @MaxLength(2000)
  opinion: string
}

@InputType({ description: 'Findings that belong to a special rectification, or do not（专项整治问题）.' })
export class SpecialFindingsInput extends CommandInput {
  @Field(() => ID, { description: 'The special rectification（专项整治）.' })
  id: string

  @Field(() => Int, { nullable: true, description: 'Refuse unless this is still the row version（版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null

  @Field(() => [ID], { description: 'Findings about units in its scope or below them（问题）.' })
  @ArrayMinSize(1) @ArrayMaxSize(100) @ArrayUnique()
  findingIds: string[]
}

@InputType({ description: 'The end of a special rectification（结束专项整治）.' })
export class CloseSpecialRectificationInput extends SpecialRectificationCommandInput {
  @Field(() => String, { description: 'What it brought（评估结论）.' })
  @Length(1, 8000) @Matches(/\S/)
  evaluation: string
}
