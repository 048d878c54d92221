import { Field, Int, ObjectType } from 'type-graphql'
import { Auditable, NodeInterface } from '../interfaces'
import { labelledEnum } from '../labels'
import { DateTime, LocalDate } from '../scalars'

export const Sensitivity = labelledEnum('Sensitivity', 'Who may open the content of evidence（敏感程度）.', {
  PUBLIC: { zh: '可公开', en: 'Public', description: 'May be shown outside; within the platform it keeps the scope of its subject' },
  INTERNAL: { zh: '内部', en: 'Internal', description: 'For everybody who may read its subject' },
  SENSITIVE: { zh: '敏感', en: 'Sensitive', description: 'Title, file name and content are sealed, for whoever attached it, the approvers of the unit and the supervising side; every opening needs a reason and is logged' },
})
export type Sensitivity = keyof typeof Sensitivity

@ObjectType({
  implements: [NodeInterface, Auditable],
  description: 'A file or a link that shows something about its subject. It is never deleted: a better one is a new version of the same title, a wrong one is withdrawn（佐证材料）.',
})
export class Evidence implements NodeInterface, Auditable {
  id!: string

  @Field(() => String, { description: 'What it shows; pieces of the same subject and title are versions of each other. A SENSITIVE title is sealed: here stands a label that all its versions share, and `revealEvidence` reads it（标题，敏感材料显示代号）.' })
  title!: string

  @Field(() => Int, { description: 'Version within its subject and title, from 1（版本）.' })
  version!: number

  @Field(() => String, { description: 'Object type of its subject; the edge of that name leads to it（佐证对象类型）.' })
  subjectType!: string

  @Field(() => String, { nullable: true, description: 'Name under which the file is saved; null for a link, and of SENSITIVE evidence a label with the ending of its type（文件名，敏感材料显示代号）.' })
  fileName!: string | null

  @Field(() => String, { nullable: true, description: 'Media type, told from the content; null for a link（文件类型）.' })
  mediaType!: string | null

  @Field(() => Int, { nullable: true, description: 'Size in bytes, at most 2147483647; null for a link（文件大小，字节）.' })
  sizeBytes!: number | null

  @Field(() => String, { nullable: true, description: 'SHA-256 of the file, hexadecimal; null for a link（文件校验值）.' })
  sha256!: string | null

  @Field(() => String, { nullable: true, description: 'Address of a link, https only; null for a file（链接）.' })
  url!: string | null

  @Field(() => Sensitivity, { description: 'Who may open it（敏感程度）.' })
  sensitivity!: Sensitivity

  @Field(() => DateTime, { description: 'When it was collected（取证时间）.' })
  collectedAt!: string

  @Field(() => LocalDate, { nullable: true, description: 'Last day on which it proves anything（有效期至）.' })
  expiresOn!: string | null

  @Field(() => String, { nullable: true, description: 'Why it was withdrawn; null while it stands（撤回原因）.' })
  withdrawnReason!: string | null

  @Field(() => DateTime, { nullable: true, description: 'When the file was destroyed because its retention period was over; row and hash stay（文件销毁时间）.' })
  contentPurgedAt!: string | null

  createdAt!: string
  createdBy!: string
  updatedAt!: string
  updatedBy!: string
  rowVersion!: number
}

/** Where the API serves the file of a piece of evidence, by its global id. */
export const downloadPath = (id: string): string => `/evidence/${id}`
