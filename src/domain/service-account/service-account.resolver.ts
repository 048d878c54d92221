import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from 'type-graphql'
import type { IssuedKey, ServiceAccountService } from '../../auth'
import type { RequestContext } from '../../core/request'
import { ref } from '../refs'
import { IssueServiceAccountInput, RevokeServiceAccountInput, RevokeServiceAccountKeyInput, RotateServiceAccountKeyInput } from './service-account.inputs'
import { ServiceAccount, ServiceAccountKey } from './service-account.types'

@ObjectType({ description: 'The service account as it stands now（服务账号处理结果）.' })
export class ServiceAccountPayload {
  @Field(() => ServiceAccount, { nullable: true, description: 'The service account（服务账号）.' })
  serviceAccount!: object | null
}

@ObjectType({ description: 'A service account and its new key（新密钥）.' })
export class ServiceAccountKeyPayload {
  @Field(() => ServiceAccount, { nullable: true, description: 'The service account（服务账号）.' })
  serviceAccount!: object | null

  @Field(() => ServiceAccountKey, { nullable: true, description: 'What is kept of the key（密钥记录）.' })
  serviceAccountKey!: object | null

  @Field(() => String, {
    nullable: true,
    description: 'The key, to be sent as `Authorization: Bearer plk_…`. Told in this one answer and kept nowhere: null when the command is repeated with its idempotency key. Rotate when it was lost（密钥，仅显示一次）.',
  })
  key!: string | null

  @Field(() => Boolean, { description: 'The command is a repetition: its first answer has shown the key already（密钥此前已显示）.' })
  keyAlreadyShown!: boolean
}

@Resolver()
export class ServiceAccountResolver {
  constructor(private readonly accounts: ServiceAccountService) {}

  @Mutation(() => ServiceAccountKeyPayload, { description: 'Opens a service account and shows its key, once; administrators of the unit only（开通服务账号）.' })
  async issueServiceAccount(@Arg('input', () => IssueServiceAccountInput) input: IssueServiceAccountInput, @Ctx() ctx: RequestContext): Promise<ServiceAccountKeyPayload> {
    return issued(ctx, await this.accounts.issue(ctx, { ...input, unitId: ref('unit', input.unitId, 'unitId') }))
  }

  @Mutation(() => ServiceAccountKeyPayload, { description: 'Gives a service account a new key and shows it, once; the earlier keys end after the hours given（更换密钥）.' })
  async rotateServiceAccountKey(@Arg('input', () => RotateServiceAccountKeyInput) input: RotateServiceAccountKeyInput, @Ctx() ctx: RequestContext): Promise<ServiceAccountKeyPayload> {
    return issued(ctx, await this.accounts.rotateKey(ctx, { ...input }))
  }

  @Mutation(() => ServiceAccountPayload, { description: 'Ends one key at once; the others go on（撤销密钥）.' })
  async revokeServiceAccountKey(@Arg('input', () => RevokeServiceAccountKeyInput) input: RevokeServiceAccountKeyInput, @Ctx() ctx: RequestContext): Promise<ServiceAccountPayload> {
    return { serviceAccount: await ctx.read.one('ServiceAccount', await this.accounts.revokeKey(ctx, { ...input })) }
  }

  @Mutation(() => ServiceAccountPayload, { description: 'Ends a service account and all its keys at once, for good（撤销服务账号）.' })
  async revokeServiceAccount(@Arg('input', () => RevokeServiceAccountInput) input: RevokeServiceAccountInput, @Ctx() ctx: RequestContext): Promise<ServiceAccountPayload> {
    return { serviceAccount: await ctx.read.one('ServiceAccount', await this.accounts.revoke(ctx, { ...input })) }
  }
}

async function issued(ctx: RequestContext, { id, keyId, secret }: IssuedKey): Promise<ServiceAccountKeyPayload> {
  const [serviceAccount, serviceAccountKey] = await Promise.all([ctx.read.one('ServiceAccount', id), ctx.read.one('ServiceAccountKey', keyId)])
  return { serviceAccount, serviceAccountKey, key: secret, keyAlreadyShown: secret === null }
}
