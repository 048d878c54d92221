import { Field, ObjectType } from 'type-graphql'
import { bool, text } from '../core/reads'

/** Fields of every row that can be a copy of a catalog item. */
@ObjectType()
export abstract class CatalogOrigin {
  @Field(() => String, { nullable: true, description: 'Permanent code of the catalog item that this is a copy of（来源目录编码）.' })
  catalogCode: string | null

  @Field(() => String, { nullable: true, description: 'Release that it was copied from（来源目录版本）.' })
  catalogVersion: string | null

  @Field(() => Boolean, { description: 'The text was invented for illustration, it comes from no law or published document（示例内容）.' })
  isSynthetic: boolean
}

export const catalogOrigin = { catalogCode: text({ nullable: true }), catalogVersion: text({ nullable: true }), isSynthetic: bool() } as const
export const catalogFilters = {
  catalogCode: { type: 'text', nullable: true }, isSynthetic: { type: 'boolean' },
} as const
