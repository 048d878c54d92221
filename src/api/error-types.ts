import { Field, Float, ID, Int, ObjectType } from 'type-graphql'
import { labelledEnum } from '../domain/labels'

export const ErrorCodeName = labelledEnum('ErrorCode', 'Why something was refused: `extensions.code` of an error（错误代码）.', {
  UNAUTHENTICATED: { zh: '未登录', en: 'Not signed in', description: 'No token where one is needed, or one that is not valid' },
  FORBIDDEN: { zh: '无权限', en: 'Not allowed', description: 'The role is missing' },
  NOT_FOUND: { zh: '不存在', en: 'Not found', description: 'What a command names is not there, or may not be seen: the two look the same' },
  BAD_INPUT: { zh: '输入有误', en: 'Bad input', description: 'A value breaks a rule; `violations` lists all of them' },
  CONFLICT: { zh: '冲突', en: 'Conflict', description: 'A stale rowVersion, a value that must be unique, or an idempotency key used for another input' },
  PRECONDITION_FAILED: { zh: '条件不满足', en: 'Precondition failed', description: 'Not possible in the present state; `allowedCommands` lists what is' },
  LIMIT_EXCEEDED: { zh: '超出限制', en: 'Limit exceeded', description: 'The request asks for more than the server gives; `limit` names the bound' },
  OPERATION_NOT_LISTED: { zh: '操作未登记', en: 'Operation not listed', description: 'Only operations that teams have had listed are answered here, and this is none of them' },
  PLUGIN_UNAVAILABLE: { zh: '插件不可用', en: 'Plugin not available', description: 'The plugin that answers this is quarantined or switched off' },
  UNAVAILABLE: { zh: '服务不可用', en: 'Not available', description: 'A part of the service does not answer; try again' },
  INTERNAL: { zh: '内部错误', en: 'Internal error', description: 'Our mistake; it was logged under the requestId' },
})

export const OutcomeName = labelledEnum('ErrorOutcome', 'Whether a failed mutation changed anything（执行结果）.', {
  NOT_DONE: { zh: '未执行', en: 'Not done', description: 'Nothing was changed' },
  UNKNOWN: { zh: '不确定', en: 'Unknown', description: 'The answer was lost: repeat with the same idempotencyKey' },
})

@ObjectType('ErrorViolation', { description: 'One broken rule（违反的规则）.' })
export class ErrorViolation {
  @Field(() => String, { description: 'Where the value stands in the input, `items.2.dueOn`（位置）.' })
  path!: string

  @Field(() => String, { description: 'Number of the invariant, or name of the rule（规则）.' })
  rule!: string

  @Field(() => String, { description: 'A sentence for people, in the language of the request（说明）.' })
  message!: string
}

@ObjectType('ErrorExtensions', { description: 'What stands in `extensions` of every error. Parsing, validation, variables and persisted queries keep the codes of the GraphQL server（错误信息的结构）.' })
export class ErrorExtensions {
  @Field(() => ErrorCodeName, { description: 'Why（错误代码）.' })
  code!: string

  @Field(() => ID, { description: 'Under which the server logged it（请求编号）.' })
  requestId!: string

  @Field(() => [ErrorViolation], { nullable: true, description: 'Every broken rule, not only the first（违反的规则）.' })
  violations!: ErrorViolation[] | null

  @Field(() => [String], { nullable: true, description: 'Commands that the viewer may give in the present state（可执行的操作）.' })
  allowedCommands!: string[] | null

  @Field(() => String, { nullable: true, description: 'Name of the exceeded limit（限制名称）.' })
  limit!: string | null

  @Field(() => Float, { nullable: true, description: 'How much was asked for, where that is known; of LIMIT_EXCEEDED（实际值）.' })
  actual!: number | null

  @Field(() => Float, { nullable: true, description: 'The most that is given; of LIMIT_EXCEEDED（上限）.' })
  most!: number | null

  @Field(() => Int, { nullable: true, description: 'Seconds after which it may be tried again; as the header Retry-After（重试间隔）.' })
  retryAfter!: number | null

  @Field(() => OutcomeName, { nullable: true, description: 'Of mutations only（执行结果）.' })
  outcome!: string | null
}
