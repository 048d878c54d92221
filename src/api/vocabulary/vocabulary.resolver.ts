import { isEnumType, type GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, Extensions, Info, Query, Resolver } from 'type-graphql'
import type { RequestContext } from '../../core/request'
import { labelledLists } from '../../domain/labels'
import { LocaleName, VocabularyList } from './vocabulary.types'

@Resolver()
export class VocabularyResolver {
  @Extensions({ max: 100 })
  @Query(() => [VocabularyList], { description: 'Labels of every enum and code list, for building forms and tables（词表）.' })
  vocabulary(
    @Ctx() ctx: RequestContext, @Info() info: GraphQLResolveInfo,
    @Arg('locale', () => LocaleName, { nullable: true, description: 'Language of the labels; that of the request when absent（语言）.' }) locale?: LocaleName | null,
    @Arg('names', () => [String], { nullable: true, description: 'These lists only（词表名称）.' }) names?: string[] | null,
  ): VocabularyList[] {
    const chinese = locale ? locale === 'ZH_CN' : ctx.locale === 'zh-CN'
    return labelledLists()
      // An enum of a plugin that is loaded but not part of this schema is nobody's business.
      .filter(list => (!list.isEnum || isEnumType(info.schema.getType(list.name))) && (!names || names.includes(list.name)))
      .map(list => ({
        name: list.name, description: list.description,
        values: Object.entries(list.values).map(([value, label]) => ({ value, label: chinese ? label.zh : label.en, description: label.description ?? null })),
      }))
  }
}
