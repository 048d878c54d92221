import { IsOptional, IsString, Length } from 'class-validator'
import { Field, ID, InputType, Int, InterfaceType, ObjectType } from 'type-graphql'
import { DateTime } from './scalars'
import { labelledEnum } from './labels'

/** Rows that travel as an interface or union say here which object type they are. */
interface TypedRow { readonly __typename?: string }
export const typeOf = (row: TypedRow): string | undefined => row.__typename

/** Everything with an id. Class name and schema name differ because `Node` is taken in TypeScript's DOM library. */
@InterfaceType('Node', { description: 'Anything with a global id（有全局标识的对象）.', resolveType: typeOf, autoRegisterImplementations: false })
export abstract class NodeInterface {
  @Field(() => ID, { description: 'Opaque global id; keep it, do not take it apart（全局标识）.' })
  id!: string
}

@InterfaceType({ description: 'A row that people change, with who did so last and its version（可追溯的记录）.', resolveType: typeOf, autoRegisterImplementations: false })
export abstract class Auditable {
  @Field(() => DateTime, { description: 'When it was created（创建时间）.' })
  createdAt!: string

  @Field(() => String, { description: 'Who created it: `person:<id>`, `service:<id>` or `system:<what>`（创建者）.' })
  createdBy!: string

  @Field(() => DateTime, { description: 'When it was last changed（更新时间）.' })
  updatedAt!: string

  @Field(() => String, { description: 'Who changed it last（更新者）.' })
  updatedBy!: string

  @Field(() => Int, { description: 'Grows by one with every change; `edit…` commands carry the one they were based on（版本号）.' })
  rowVersion!: number
}

/** The field `transitions` is added when the schema is put together, from the edge of that name that every life cycle declares. */
@InterfaceType({ description: 'An object with a life cycle: what may be done with it now and who did what when（有状态的对象）.', resolveType: typeOf, autoRegisterImplementations: false })
export abstract class Stateful {
  @Field(() => [String], { description: 'Names of the mutations that the viewer may call on it now, from the same state table that decides: its state, the viewer\'s roles on the unit, and four eyes as far as the object itself remembers who prepared it. What needs a look elsewhere (gates such as missing evidence, the person who answers for a duty, the other side of a joint publication that is revised) is told by the command when it refuses（当前可执行的操作）.' })
  allowedCommands!: string[]
}

/** Base of every command's input: repeating it with the same key returns the first answer and changes nothing. */
@InputType()
export abstract class CommandInput {
  @Field(() => String, {
    nullable: true,
    description: 'Chosen by the client, 8 to 100 characters, kept for 7 days: the same key with the same input returns the first answer, with other input it is a CONFLICT（幂等键）.',
  })
  @IsOptional() @IsString() @Length(8, 100)
  idempotencyKey?: string | null
}

/** Base of `edit…` commands: the version they were based on. */
@InputType()
export abstract class EditInput extends CommandInput {
  @Field(() => Int, { description: 'The rowVersion that the edit is based on; a stale one is a CONFLICT（所依据的版本号）.' })
  rowVersion!: number
}

export const Direction = labelledEnum('Direction', 'Which way a list is ordered（排序方向）.', {
  ASC: { zh: '升序', en: 'Ascending', description: 'Smallest first' },
  DESC: { zh: '降序', en: 'Descending', description: 'Largest first' },
})
export type Direction = keyof typeof Direction

@ObjectType({ description: 'Where a page stands in its list（分页信息）.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether rows follow this page（是否有下一页）.' })
  hasNextPage!: boolean

  @Field(() => Boolean, { description: 'Whether rows come before this page（是否有上一页）.' })
  hasPreviousPage!: boolean

  @Field(() => String, { nullable: true, description: 'Cursor of the first row; null on an empty page（首条游标）.' })
  startCursor!: string | null

  @Field(() => String, { nullable: true, description: 'Cursor of the last row; null on an empty page（末条游标）.' })
  endCursor!: string | null
}
