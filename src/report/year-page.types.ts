import { IsInt, IsOptional, Length, Max, MaxLength, Min } from 'class-validator'
import { ArgsType, Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { DateTime } from '../domain/scalars'

export const YEAR_GROUPS_MAX = 1000
export const YEAR_GROUPS_DEFAULT = 100

@InputType({ description: 'Which unit-years are counted; what is left out does not narrow（统计范围）.' })
export class YearFilter {
  @Field(() => Int, { description: 'The year（年度）.' })
  @IsInt() @Min(2000) @Max(2100)
  year: number

  @Field(() => String, { nullable: true, description: 'A division with all its descendants, by code（行政区划代码，含下级）.' })
  @IsOptional() @MaxLength(20)
  divisionCode?: string | null

  @Field(() => ID, { nullable: true, description: 'A unit with everything below it（单位，含下级）.' })
  within?: string | null

  @Field(() => String, { nullable: true, description: 'Units of this sector（领域编码）.' })
  @IsOptional() @Length(1, 40)
  sector?: string | null
}

@ArgsType()
export class YearPage {
  @Field(() => YearFilter, { description: 'Which unit-years（统计范围）.' })
  filter: YearFilter

  @Field(() => Int, { defaultValue: YEAR_GROUPS_DEFAULT, description: `Groups of this page: 1 to ${YEAR_GROUPS_MAX}（取前几组）.` })
  @IsInt() @Min(1) @Max(YEAR_GROUPS_MAX)
  first: number

  @Field(() => String, { nullable: true, description: 'Only groups after this cursor（在此游标之后）.' })
  @IsOptional() @MaxLength(2000)
  after?: string | null
}

/** What every page of groups tells beside them. */
@ObjectType({ simpleResolvers: true })
export abstract class PageOfGroups {
  @Field(() => Int, { description: 'How many groups there are（组数）.' })
  groupCount: number

  @Field(() => Boolean, { description: 'More groups follow（是否有下一页）.' })
  hasNextPage: boolean

  @Field(() => String, { nullable: true, description: 'Cursor of the last group（末组游标）.' })
  endCursor: string | null

  @Field(() => DateTime, { description: 'The moment whose data was counted（统计时点）.' })
  asOf: string
}
