import { Field, ObjectType } from 'type-graphql'
import { REALMS, type Realm as RealmName } from '../../core/actor'
import { Role } from '../grant'
import { Auditable, NodeInterface } from '../interfaces'
import { labelledEnum, type Label } from '../labels'
import { DateTime } from '../scalars'

const REALM_LABELS: Readonly<Record<RealmName, Label>> = {
  REGISTERS: { zh: '台账', en: 'Registers', description: 'Organisation, lists, powers, risks, controls and figures' },
  EVIDENCE: { zh: '敏感佐证', en: 'Evidence', description: 'Sensitive evidence' },
  PORTRAITS: { zh: '画像', en: 'Portraits', description: 'Political-ecology portraits' },
  CLUES: { zh: '问题线索', en: 'Clues', description: 'Clues and grievances' },
  CASES: { zh: '案件', en: 'Cases', description: 'Cases' },
  IDENTITY: { zh: '举报人信息', en: 'Identity', description: 'Who reported' },
}

export const Realm = labelledEnum('Realm', 'A separate kingdom of rows: being allowed in one never opens another（数据域）.', Object.fromEntries(REALMS.map(r => [r, REALM_LABELS[r]])) as Record<RealmName, Label>)
export type Realm = RealmName

@ObjectType({ implements: [NodeInterface, Auditable], description: 'A reporting tool or plugin that asks in its own name, with one role on a unit and what lies below it（服务账号）.' })
export class ServiceAccount implements NodeInterface, Auditable {
  id!: string

  @Field(() => String, { description: 'Code, unique in its unit（账号代码）.' })
  code!: string

  @Field(() => String, { description: 'Chinese name（名称）.' })
  nameZh!: string

  @Field(() => String, { description: 'What it is for, and who runs it: a post or a system, no personal name（用途）.' })
  purpose!: string

  @Field(() => Role, { description: 'What it may do（角色）.' })
  role!: Role

  @Field(() => Realm, { description: 'In which realm（数据域）.' })
  realm!: Realm

  @Field(() => DateTime, { nullable: true, description: 'When it was revoked, with all its keys（撤销时间）.' })
  revokedAt!: string | null

  createdAt!: string
  createdBy!: string
  updatedAt!: string
  updatedBy!: string
  rowVersion!: number
}

@ObjectType({ implements: [NodeInterface, Auditable], description: 'What is known of a key of a service account; the key itself is kept nowhere（服务账号密钥）.' })
export class ServiceAccountKey implements NodeInterface, Auditable {
  id!: string

  @Field(() => String, { description: 'The part of the key after `plk_` that names it and opens nothing: tells which key stands in a tool’s settings（密钥名）.' })
  name!: string

  @Field(() => DateTime, { description: 'From when it no longer works（失效时间）.' })
  expiresAt!: string

  @Field(() => DateTime, { nullable: true, description: 'When it was revoked before its time（撤销时间）.' })
  revokedAt!: string | null

  @Field(() => DateTime, { nullable: true, description: 'When it was last used, to about a minute; null when never（最近使用时间）.' })
  lastUsedAt!: string | null

  createdAt!: string
  createdBy!: string
  updatedAt!: string
  updatedBy!: string
  rowVersion!: number
}
