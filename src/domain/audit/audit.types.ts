import { Field, Int, ObjectType } from 'type-graphql'
import { NodeInterface } from '../interfaces'
import { DateTime, Json } from '../scalars'

@ObjectType({ implements: [NodeInterface], description: 'One entry of the audit log: who did what when, from where, and what changed（审计记录）.' })
export class AuditRecord extends NodeInterface {
  @Field(() => DateTime, { description: 'When it was written（时间）.' })
  at: string

  @Field(() => String, { description: 'Who: `person:<id>`, `service:<id>` or `system:<what>`（操作人）.' })
  actor: string

  @Field(() => String, { description: 'The request in which it happened; the same stands in logs and errors（请求编号）.' })
  requestId: string

  @Field(() => String, { nullable: true, description: 'Network address that the request came from; null on the command line（来源地址）.' })
  address: string | null

  @Field(() => String, { description: 'The command: a mutation, an import, a logged reading（操作）.' })
  command: string

  @Field(() => String, { nullable: true, description: 'What the command is for, in the words of its mutation; null for what is none（操作说明）.' })
  commandDescription: string | null

  @Field(() => String, { description: 'Register that was changed or read, `risk_point`（对象类别）.' })
  subjectType: string

  @Field(() => String, { nullable: true, description: 'Row that was changed or read: the part of its global id after the last underscore; null for many at once（对象标识）.' })
  subjectId: string | null

  @Field(() => Json, { nullable: true, description: 'Values that were replaced; null when something new came（变更前）.' })
  before: unknown

  @Field(() => Json, { nullable: true, description: 'New values; of personal ones a keyed hash. Of a logged reading: what was asked and how much was seen（变更后）.' })
  after: unknown
}

@ObjectType({ implements: [NodeInterface], description: 'Tamper evidence over a run of audit records: the root of a Merkle tree over them, chained to the seal before（审计封存）.' })
export class AuditSeal extends NodeInterface {
  @Field(() => Int, { description: 'Number of the seal, from 1, without gaps（封存序号）.' })
  sequence: number

  @Field(() => DateTime, { description: 'When it was made（封存时间）.' })
  at: string

  @Field(() => Int, { description: 'How many records it covers（记录数）.' })
  recordCount: number

  @Field(() => String, { description: 'How its hashes were made, `SHA-256`（哈希算法）.' })
  algorithm: string

  @Field(() => String, { description: 'How a record was written down to be hashed（序列化形式）.' })
  recordForm: string

  @Field(() => String, { description: 'Root of the Merkle tree over the records（默克尔根）.' })
  root: string

  @Field(() => String, { nullable: true, description: 'Hash of the seal before; null on the first（前一封存的哈希）.' })
  previousHash: string | null

  @Field(() => String, { description: 'Hash of this seal; who keeps it elsewhere can prove everything up to here（封存哈希）.' })
  hash: string
}
