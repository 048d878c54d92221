import { ArrayMaxSize, ArrayUnique, IsInt, IsOptional, Length, MaxLength, Min } from 'class-validator'
import { Field, ID, InputType, Int } from 'type-graphql'
import { CommandInput, EditInput } from '../interfaces'
import { LocalDate } from '../scalars'
import { UnitKind } from './unit.types'
import { UnitRelationKind } from './unit-relation.types'

@InputType({ description: 'A unit to be put under its territorial parent（登记单位）.' })
export class RegisterUnitInput extends CommandInput {
  @Field(() => ID, { description: 'Territorial parent（上级单位）.' })
  parentId!: string

  @Field(() => String, { description: 'Code, unique and never changed: letters, digits, points and hyphens（单位代码）.' })
  @Length(1, 64)
  code!: string

  @Field(() => String, { nullable: true, description: 'Unified social credit code（统一社会信用代码）.' })
  @IsOptional() @Length(18, 18)
  uscc?: string | null

  @Field(() => String, { description: 'Chinese name（单位名称）.' })
  @Length(1, 200)
  nameZh!: string

  @Field(() => String, { nullable: true, description: 'English name（英文名称）.' })
  @IsOptional() @MaxLength(400)
  nameEn?: string | null

  @Field(() => UnitKind, { description: 'What kind of body it is（单位类型）.' })
  kind!: UnitKind

  @Field(() => String, { description: 'Code of a division that is valid on `validFrom`（区划代码）.' })
  @Length(6, 12)
  divisionCode!: string

  @Field(() => [String], { defaultValue: [], description: 'Sectors it works in（所属领域）.' })
  @ArrayMaxSize(20) @ArrayUnique() @Length(1, 64, { each: true })
  sectorCodes!: string[]

  @Field(() => LocalDate, { nullable: true, description: 'First day of its existence; today when absent（成立日期）.' })
  validFrom?: string | null
}

@InputType({ description: 'What is written about a unit; what is left out stays（修改单位信息）.' })
export class EditUnitInput extends EditInput {
  @Field(() => ID, { description: 'The unit（单位）.' })
  id!: string

  @Field(() => String, { nullable: true, description: 'Unified social credit code; null takes it away（统一社会信用代码）.' })
  @IsOptional() @Length(18, 18)
  uscc?: string | null

  @Field(() => String, { nullable: true, description: 'Chinese name（单位名称）.' })
  @IsOptional() @Length(1, 200)
  nameZh?: string | null

  @Field(() => String, { nullable: true, description: 'English name; null takes it away（英文名称）.' })
  @IsOptional() @MaxLength(400)
  nameEn?: string | null

  @Field(() => UnitKind, { nullable: true, description: 'What kind of body it is（单位类型）.' })
  kind?: UnitKind | null

  @Field(() => String, { nullable: true, description: 'Code of a division that is valid today（区划代码）.' })
  @IsOptional() @Length(6, 12)
  divisionCode?: string | null

  @Field(() => [String], { nullable: true, description: 'Sectors it works in, all of them（所属领域）.' })
  @IsOptional() @ArrayMaxSize(20) @ArrayUnique() @Length(1, 64, { each: true })
  sectorCodes?: string[] | null
}

@InputType()
abstract class UnitStateInput extends CommandInput {
  @Field(() => ID, { description: 'The unit（单位）.' })
  id!: string

  @Field(() => Int, { nullable: true, description: 'Refuse unless this is still the row version（版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null
}

@InputType({ description: 'A unit and its new territorial parent（调整隶属关系）.' })
export class MoveUnitInput extends UnitStateInput {
  @Field(() => ID, { description: 'The new parent（新的上级单位）.' })
  parentId!: string
}

@InputType()
abstract class EndUnitInput extends UnitStateInput {
  @Field(() => LocalDate, { nullable: true, description: 'First day on which it no longer exists, not in the future; today when absent（终止日期）.' })
  validTo?: string | null

  @Field(() => String, { nullable: true, description: 'Why, or by which document（依据）.' })
  @IsOptional() @MaxLength(2000)
  opinion?: string | null
}

@InputType({ description: 'A unit that goes into another one（合并单位）.' })
export class MergeUnitInput extends EndUnitInput {
  @Field(() => ID, { description: 'The unit it goes into（承接单位）.' })
  successorId!: string
}

@InputType({ description: 'A unit that ends（撤销单位）.' })
export class DissolveUnitInput extends EndUnitInput {
  @Field(() => ID, { nullable: true, description: 'The unit that takes over its tasks, if any（承接单位）.' })
  successorId?: string | null
}

@InputType({ description: 'A relation between two units beside the territorial tree（建立组织关系）.' })
export class RelateUnitsInput extends CommandInput {
  @Field(() => ID, { description: 'Unit that leads, supervises or liaises（发出单位）.' })
  fromUnitId!: string

  @Field(() => ID, { description: 'Unit that is led, supervised or liaised with（对象单位）.' })
  toUnitId!: string

  @Field(() => UnitRelationKind, { description: 'What kind of relation it is（关系类型）.' })
  kind!: UnitRelationKind

  @Field(() => LocalDate, { nullable: true, description: 'First day; today when absent（起始日期）.' })
  validFrom?: string | null

  @Field(() => LocalDate, { nullable: true, description: 'First day on which it no longer holds, when known（终止日期）.' })
  validTo?: string | null
}

@InputType({ description: 'A relation that ends（终止组织关系）.' })
export class EndUnitRelationInput extends CommandInput {
  @Field(() => ID, { description: 'The relation（组织关系）.' })
  id!: string

  @Field(() => LocalDate, { nullable: true, description: 'First day on which it no longer holds; today when absent（终止日期）.' })
  validTo?: string | null

  @Field(() => Int, { nullable: true, description: 'Refuse unless this is still the row version（版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null
}
