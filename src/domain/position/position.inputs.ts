import { IsOptional, Length, MaxLength } from 'class-validator'
import { Field, ID, InputType } from 'type-graphql'
import { CommandInput, EditInput } from '../interfaces'

@InputType({ description: 'A post of a unit（设置岗位）.' })
export class CreatePositionInput extends CommandInput {
  @Field(() => ID, { description: 'Unit that has the post（单位）.' })
  unitId!: string

  @Field(() => String, { description: 'Code, unique in the unit and never changed（岗位代码）.' })
  @Length(1, 64)
  code!: string

  @Field(() => String, { description: 'Chinese name（岗位名称）.' })
  @Length(1, 100)
  nameZh!: string

  @Field(() => String, { nullable: true, description: 'English name（英文名称）.' })
  @IsOptional() @MaxLength(200)
  nameEn?: string | null

  @Field(() => Boolean, { description: 'Whether its holder exercises public power（是否涉权）.' })
  powerBearing!: boolean

  @Field(() => String, { nullable: true, description: 'Rank in Chinese（岗位级别）.' })
  @IsOptional() @MaxLength(40)
  rank?: string | null
}

@InputType({ description: 'What is written about a post; what is left out stays（修改岗位）.' })
export class EditPositionInput extends EditInput {
  @Field(() => ID, { description: 'The post（岗位）.' })
  id!: string

  @Field(() => String, { nullable: true, description: 'Chinese name（岗位名称）.' })
  @IsOptional() @Length(1, 100)
  nameZh?: string | null

  @Field(() => String, { nullable: true, description: 'English name; null takes it away（英文名称）.' })
  @IsOptional() @MaxLength(200)
  nameEn?: string | null

  @Field(() => Boolean, { nullable: true, description: 'Whether its holder exercises public power（是否涉权）.' })
  powerBearing?: boolean | null

  @Field(() => String, { nullable: true, description: 'Rank in Chinese; null takes it away（岗位级别）.' })
  @IsOptional() @MaxLength(40)
  rank?: string | null
}
