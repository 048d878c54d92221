import { Extensions, Field, ObjectType } from 'type-graphql'
import { labelledEnum } from '../../domain/labels'

export const LocaleName = labelledEnum('Locale', 'A language of labels and messages（语言）.', {
  ZH_CN: { zh: '简体中文', en: 'Simplified Chinese' },
  EN: { zh: '英文', en: 'English' },
})
export type LocaleName = keyof typeof LocaleName

@ObjectType({ description: 'One value with its label（词条）.' })
export class VocabularyValue {
  @Field(() => String, { description: 'The value as the API gives and takes it（值）.' })
  value!: string

  @Field(() => String, { description: 'What people read（标签）.' })
  label!: string

  @Field(() => String, { nullable: true, description: 'A sentence that explains it, in English（说明）.' })
  description!: string | null
}

@ObjectType({ description: 'An enum or a code list with the labels of its values（词表）.' })
export class VocabularyList {
  @Field(() => String, { description: 'Name of the enum or code list（名称）.' })
  name!: string

  @Field(() => String, { description: 'What it is about（说明）.' })
  description!: string

  @Extensions({ max: 100 })
  @Field(() => [VocabularyValue], { description: 'Its values in their natural order（取值）.' })
  values!: VocabularyValue[]
}
