import { IsOptional, Length } from 'class-validator'
import { Field, ID, InputType } from 'type-graphql'
import { CommandInput } from '../interfaces'

@InputType({ description: 'A file that is to be imported（开始导入）.' })
export class StartImportInput extends CommandInput {
  @Field(() => String, { description: 'What it brings, as `importKinds` lists it（导入类型）.' })
  @Length(1, 100)
  kind: string

  @Field(() => ID, { description: 'The file, as `POST /workbooks` answered it. Each is used once（已上传的文件）.' })
  workbookId: string

  @Field(() => ID, { nullable: true, description: 'Below which unit its rows lie; the register of a plugin is that of this unit. When absent: the one unit on which the viewer holds the role（所属单位）.' })
  @IsOptional()
  unitId?: string | null
}

@InputType({ description: 'A job that is called off（取消任务）.' })
export class CancelJobInput extends CommandInput {
  @Field(() => ID, { description: 'The job（任务）.' })
  id: string
}
