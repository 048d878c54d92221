import { IsInt, IsOptional, Length, Matches, Max, Min } from 'class-validator'
import { Field, ID, InputType, Int } from 'type-graphql'
import { OVERLAP_MAX_HOURS } from '../../auth'
import { Role } from '../grant'
import { CommandInput } from '../interfaces'
import { LocalDate } from '../scalars'
import { Realm } from './service-account.types'

@InputType({ description: 'A tool that shall ask in its own name（开通服务账号）.' })
export class IssueServiceAccountInput extends CommandInput {
  @Field(() => ID, { description: 'Unit whose rows, and those of the units below it, the role is for（授权单位）.' })
  unitId!: string

  @Field(() => String, { description: 'Code, unique in the unit: 2 to 63 small letters, digits, points and hyphens（账号代码）.' })
  @Matches(/^[a-z0-9][a-z0-9.-]{1,62}$/)
  code!: string

  @Field(() => String, { description: 'Chinese name（名称）.' })
  @Length(1, 100)
  nameZh!: string

  @Field(() => String, { description: 'What it is for, and who runs it: a post or a system, no personal name（用途）.' })
  @Length(1, 500)
  purpose!: string

  @Field(() => Role, { description: 'REPORTING_CLIENT or SECTOR_MAINTAINER: no machine decides or approves（角色）.' })
  role!: Role

  @Field(() => Realm, { defaultValue: 'REGISTERS', description: 'REGISTERS: machines read no closed realm（数据域）.' })
  realm!: Realm

  @Field(() => LocalDate, { description: 'First day on which the key no longer works; at most 366 days from today（密钥失效日期）.' })
  keyExpiresOn!: string
}

@InputType({ description: 'A new key for a service account（更换密钥）.' })
export class RotateServiceAccountKeyInput extends CommandInput {
  @Field(() => ID, { description: 'The service account（服务账号）.' })
  id!: string

  @Field(() => LocalDate, { description: 'First day on which the new key no longer works; at most 366 days from today（密钥失效日期）.' })
  keyExpiresOn!: string

  @Field(() => Int, { defaultValue: 24, description: 'Hours for which the earlier keys still work; 0 ends them at once（旧密钥保留小时数）.' })
  @IsInt() @Min(0) @Max(OVERLAP_MAX_HOURS)
  overlapHours!: number
}

@InputType({ description: 'Ends one key at once（撤销密钥）.' })
export class RevokeServiceAccountKeyInput extends CommandInput {
  @Field(() => ID, { description: 'The key’s record（密钥）.' })
  id!: string
}

@InputType({ description: 'Ends a service account and all its keys at once（撤销服务账号）.' })
export class RevokeServiceAccountInput extends CommandInput {
  @Field(() => ID, { description: 'The service account（服务账号）.' })
  id!: string

  @Field(() => Int, { nullable: true, description: 'The rowVersion that the decision is based on（所依据的版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null
}
