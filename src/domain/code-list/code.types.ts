import { Field, ObjectType } from 'type-graphql'
import { Auditable, NodeInterface } from '../interfaces'
import { labelledEnum } from '../labels'
import { LocalDate } from '../scalars'

export const CodeList = labelledEnum('CodeList', 'A list of codes that core begins and plugins extend under their own names（代码表）.', {
  FINDING_CATEGORY: { zh: '发现问题类别', en: 'Finding category', description: 'What a finding of supervision is about' },
  VIOLATION_TYPE: { zh: '违规违纪违法类型', en: 'Violation type', description: 'Which discipline or law was violated' },
  SUPERVISION_MATTER: { zh: '监督事项', en: 'Supervision matter', description: 'What is supervised; by it matters of different work rules are compared' },
  PROBLEM_CATEGORY: { zh: '专项整治问题类别', en: 'Problem category', description: 'What a special rectification looks for' },
})
export type CodeList = keyof typeof CodeList

@ObjectType({ implements: [NodeInterface, Auditable], description: 'A code of a list: of the core without prefix, of a plugin under the plugin\'s name. Codes are never taken away or given a new meaning; a retired one explains the rows that hold it and is refused in new ones（代码）.' })
export class Code {
  @Field(() => CodeList, { description: 'The list that it belongs to（代码表）.' })
  list: CodeList

  @Field(() => String, { description: 'The code, permanent and unique in its list（编码）.' })
  code: string

  @Field(() => String, { description: 'Chinese label（名称）.' })
  labelZh: string

  @Field(() => String, { description: 'English label（英文名称）.' })
  labelEn: string

  @Field(() => String, { nullable: true, description: 'What it covers（说明）.' })
  descriptionZh: string | null

  @Field(() => String, { nullable: true, description: 'The plugin whose catalog brings it; null for codes of the core（来源插件）.' })
  pluginCode: string | null

  @Field(() => String, { nullable: true, description: 'The release of that catalog that last said something of it（目录版本）.' })
  catalogVersion: string | null

  @Field(() => LocalDate, { nullable: true, description: 'First day on which new rows may no longer hold it; null while it is in use（停用日期）.' })
  retiredOn: string | null

  @Field(() => String, { nullable: true, description: 'The code that took its place（替代编码）.' })
  supersededByCode: string | null

  @Field(() => Boolean, { description: 'Written for illustration, it comes from no law or published document（示例内容）.' })
  isSynthetic: boolean
}
