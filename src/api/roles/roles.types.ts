import { Extensions, Field, ObjectType } from 'type-graphql'
import { Role } from '../../domain/grant'
import { labelledEnum } from '../../domain/labels'

export const RoleProhibitionKind = labelledEnum('RoleProhibitionKind', 'How a prohibition is held（禁止方式）.', {
  COMMANDS: { zh: '不得执行操作', en: 'No commands', description: 'Gives no command, or only those of its own' },
  THESE_COMMANDS: { zh: '不作某些操作', en: 'Not these commands', description: 'Gives none of the commands that the rule is about' },
  DECISIONS_ONLY: { zh: '只作审批', en: 'Decisions only', description: 'Gives no command but those that decide a step of approval' },
  NO_DECISIONS: { zh: '不得审批', en: 'No decisions', description: 'Decides no step of approval' },
  ROWS: { zh: '不得读取单条记录', en: 'No single rows', description: 'Reads single rows of published things only' },
  REALM: { zh: '不得进入专域', en: 'No realm', description: 'Reads nothing of a sensitive realm' },
  APART: { zh: '职责分离', en: 'Kept apart', description: 'Shares no command with another role' },
  OWN_WORK: { zh: '本人回避', en: 'Not own work', description: 'Four eyes on each object, whatever the grants say together' },
})
export type RoleProhibitionKind = keyof typeof RoleProhibitionKind

@ObjectType({ description: 'Something that a role never does（禁止事项）.' })
export class RoleProhibition {
  @Field(() => String, { description: 'In Chinese（中文）.' })
  textZh: string

  @Field(() => String, { description: 'In English, after "never"（英文）.' })
  textEn: string

  @Field(() => RoleProhibitionKind, { nullable: true, description: 'How the server holds it; null while there is nothing yet that it is about（禁止方式）.' })
  kind: RoleProhibitionKind | null
}

@ObjectType({ description: 'A role: what it is for, what it never does, which commands it may be given（角色说明）.' })
export class RoleDefinition {
  @Field(() => Role, { description: 'The role（角色）.' })
  role: Role

  @Field(() => String, { description: 'Its Chinese name（中文名称）.' })
  labelZh: string

  @Field(() => String, { description: 'Its English name（英文名称）.' })
  labelEn: string

  @Field(() => String, { description: 'What it is for, in Chinese（职责）.' })
  mayZh: string

  @Field(() => String, { description: 'What it is for, in English（职责英文）.' })
  mayEn: string

  @Extensions({ max: 5 })
  @Field(() => [RoleProhibition], { description: 'What it never does, whatever else is granted（禁止事项）.' })
  never: RoleProhibition[]

  @Field(() => [String], { description: 'Mutations that it opens somewhere; on an object, `allowedCommands` tells（可执行的操作）.' })
  commands: string[]
}
