import { IsInt, IsOptional, Length, Max, Min } from 'class-validator'
import { Field, ID, InputType, Int } from 'type-graphql'
import { CommandInput } from '../domain/interfaces'

@InputType({ description: 'Which catalog a unit adopts （采用目录）; adopting again adds only what is new.' })
export class AdoptCatalogInput extends CommandInput {
  @Field(() => ID, { description: 'The unit that adopts（采用单位）.' })
  unitId: string

  @Field(() => String, { nullable: true, description: 'The plugin whose release in use is adopted（插件）.' })
  @IsOptional() @Length(1, 40)
  pluginCode?: string | null

  @Field(() => ID, { nullable: true, description: 'Instead of the plugin: one release of it（目录版本）.' })
  @IsOptional()
  releaseId?: string | null

  @Field(() => Int, { description: 'Year of the lists that duties, focuses and powers are put on（年度）.' })
  @IsInt() @Min(2000) @Max(2100)
  year: number

  @Field(() => String, { nullable: true, description: 'Audience of the catalog that the unit belongs to; needed only when there are several（适用对象）.' })
  @IsOptional() @Length(1, 80)
  audience?: string | null

  @Field(() => ID, { nullable: true, description: 'Body whose supervision list takes the focuses; the one in charge of the unit when absent（监督机构）.' })
  @IsOptional()
  supervisorUnitId?: string | null
}
