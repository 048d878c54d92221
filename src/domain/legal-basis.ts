import { MaxLength, IsOptional } from 'class-validator'
import { Field, InputType, ObjectType } from 'type-graphql'
import type { Column } from '../core/reads'

@ObjectType({ description: 'Where something stands in law（法律依据）.' })
export class LegalBasis {
  @Field(() => String, { description: 'Title of the law or document（名称）.' })
  title: string

  @Field(() => String, { nullable: true, description: 'Article, as people cite it（条款）.' })
  article: string | null

  @Field(() => String, { nullable: true, description: 'Document number（文号）.' })
  documentNo: string | null
}

@InputType({ description: 'Where something stands in law（法律依据）.' })
export class LegalBasisInput {
  @Field(() => String, { description: 'Title of the law or document（名称）.' })
  @MaxLength(500)
  title: string

  @Field(() => String, { nullable: true, description: 'Article（条款）.' })
  @IsOptional() @MaxLength(200)
  article?: string | null

  @Field(() => String, { nullable: true, description: 'Document number（文号）.' })
  @IsOptional() @MaxLength(200)
  documentNo?: string | null
}

export const legalBasisColumn: Column = { kind: 'objects', of: 'LegalBasis', fields: { title: 'text', article: 'text', documentNo: 'text' } }
