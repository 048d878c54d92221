import { Field, Int, ObjectType } from 'type-graphql'
import { Auditable, NodeInterface } from '../domain/interfaces'
import { labelledEnum, stateEnum } from '../domain/labels'
import { LegalBasis } from '../domain/legal-basis'
import { ResponsibilityList } from '../domain/responsibility'
import { DateTime, Json } from '../domain/scalars'
import { Unit } from '../domain/unit'
import { DRIFTS, releaseMachine } from './states'

export const CatalogReleaseState = stateEnum('CatalogReleaseState', 'Where a release stands（目录版本状态）.', releaseMachine)
export const CatalogItemKind = labelledEnum('CatalogItemKind', 'What a catalog item is（目录条目类型）.', {
  POSITION: { zh: '岗位', en: 'Position' },
  POWER: { zh: '职权', en: 'Power' },
  FLOW: { zh: '运行流程', en: 'Operating flow' },
  RISK: { zh: '风险点', en: 'Risk point' },
  CONTROL: { zh: '防控措施', en: 'Control' },
  DUTY: { zh: '责任事项', en: 'Duty' },
  FOCUS: { zh: '监督重点', en: 'Supervision focus' },
  INDICATOR: { zh: '指标', en: 'Indicator' },
  VIOLATION_TYPE: { zh: '违规类型', en: 'Violation type' },
  FINDING_CATEGORY: { zh: '发现问题类别', en: 'Finding category' },
  SUPERVISION_MATTER: { zh: '监督事项', en: 'Supervision matter' },
  PROBLEM_CATEGORY: { zh: '专项整治问题类别', en: 'Problem category' },
})
export const CatalogDrift = labelledEnum('CatalogDrift', 'How a copy stands to the catalog, as of the last comparison（与目录的差异）.', DRIFTS)
export const CatalogDecision = labelledEnum('CatalogDecision', 'What was decided about a conflict（冲突处理）.', {
  KEEP_LOCAL: { zh: '保留本地', en: 'Keep local' }, TAKE_UPSTREAM: { zh: '采用目录', en: 'Take upstream' }, MERGE: { zh: '合并', en: 'Merge' },
})
export const AdoptionPart = labelledEnum('CatalogAdoptionPart', 'A part of an adoption（采用部分）.', {
  UNIT: { zh: '单位职权与责任', en: 'What is the unit’s own' }, FOCUSES: { zh: '监督重点', en: 'Supervision focuses' },
})
export const AdoptionSkipReason = labelledEnum('CatalogSkipReason', 'Why a part was not adopted（未采用原因）.', {
  NOT_YOURS: { zh: '无权代拟', en: 'Not yours to draft', description: 'An editor of the unit, or for focuses of the supervising body, adopts this part' },
  NO_SUPERVISOR: { zh: '无监督机构', en: 'No supervisor', description: 'No body supervises the unit by a relation in force' },
  POWERS_NOT_ADOPTED: { zh: '职权尚未采用', en: 'Powers not adopted', description: 'The unit has not yet adopted the powers or risk points that they look at' },
})

@ObjectType({ description: 'A kind of unit that a catalog is written for（适用对象）.' })
export class CatalogAudience {
  @Field(() => String, { description: 'Code（编码）.' })
  code: string

  @Field(() => String, { description: 'Chinese name（名称）.' })
  nameZh: string

  @Field(() => String, { description: 'English name（英文名称）.' })
  nameEn: string
}

@ObjectType({ description: 'A figure that indicators of a catalog count with（目录变量）.' })
export class CatalogVariable {
  @Field(() => String, { description: 'Code, as formulas write it（变量）.' })
  code: string

  @Field(() => String, { description: 'Chinese name（名称）.' })
  nameZh: string

  @Field(() => String, { description: 'English name（英文名称）.' })
  nameEn: string

  @Field(() => String, { description: 'Unit of measure（计量单位）.' })
  unit: string

  @Field(() => String, { description: 'REPORTED or COMPUTED（来源）.' })
  source: string

  @Field(() => String, { nullable: true, description: 'What is counted（说明）.' })
  descriptionZh: string | null
}

@ObjectType({ implements: [NodeInterface, Auditable], description: 'A release of a plugin’s catalog; its content never changes（目录版本）.' })
export class CatalogRelease {
  @Field(() => String, { description: 'The plugin（插件）.' })
  pluginCode: string

  @Field(() => String, { description: 'Semantic version（版本号）.' })
  version: string

  @Field(() => String, { description: 'SHA-256 of the content: equal content, equal hash（内容哈希）.' })
  contentHash: string

  @Field(() => String, { description: 'Chinese title（标题）.' })
  titleZh: string

  @Field(() => String, { description: 'English title（英文标题）.' })
  titleEn: string

  @Field(() => String, { nullable: true, description: 'Who maintains it（维护单位）.' })
  maintainer: string | null

  @Field(() => [String], { description: 'What changed（更新说明）.' })
  changeLog: string[]

  @Field(() => CatalogReleaseState, { description: 'Where it stands（状态）.' })
  state: keyof typeof releaseMachine.states

  @Field(() => DateTime, { nullable: true, description: 'When it was first put in use（发布时间）.' })
  publishedAt: string | null

  @Field(() => Int, { description: 'Number of items, retired ones left out（条目数）.' })
  itemsCount: number

  @Field(() => [CatalogAudience], { description: 'The kinds of units that it is written for（适用对象）.' })
  audiences: CatalogAudience[]

  @Field(() => [CatalogVariable], { description: 'What its indicators count with（变量）.' })
  variables: CatalogVariable[]

  @Field(() => Json, { description: 'Code lists for screens: code, nameZh, nameEn, values（代码表）.' })
  codeLists: unknown
}

@ObjectType({ implements: [NodeInterface], description: 'An item of a release. Its code is permanent（目录条目）.' })
export class CatalogItem {
  @Field(() => String, { description: 'Permanent code `<plugin>.<kind>.<slug>`（永久编码）.' })
  code: string

  @Field(() => CatalogItemKind, { description: 'What it is（类型）.' })
  kind: keyof typeof CatalogItemKind

  @Field(() => String, { description: 'The plugin（插件）.' })
  pluginCode: string

  @Field(() => String, { description: 'Version of the release（版本）.' })
  version: string

  @Field(() => Int, { description: 'Place in the release（序号）.' })
  seq: number

  @Field(() => String, { nullable: true, description: 'The power of a flow or risk point, the risk point of a control（上级条目编码）.' })
  parentCode: string | null

  @Field(() => String, { description: 'Name or text in Chinese（标题）.' })
  titleZh: string

  @Field(() => String, { nullable: true, description: 'Name or text in English（英文标题）.' })
  titleEn: string | null

  @Field(() => [String], { description: 'Audiences that adopt it; empty: all（适用对象）.' })
  audienceCodes: string[]

  @Field(() => Json, { description: 'The whole content, of a shape that depends on the kind; see schema/catalog.schema.json（内容）.' })
  payload: unknown

  @Field(() => String, { description: 'SHA-256 of the content（内容哈希）.' })
  contentHash: string

  @Field(() => [LegalBasis], { description: 'The laws it rests on（法律依据）.' })
  legalBasis: LegalBasis[]

  @Field(() => String, { nullable: true, description: 'Where it comes from（来源说明）.' })
  sourceNote: string | null

  @Field(() => Boolean, { description: 'Invented for illustration（示例内容）.' })
  isSynthetic: boolean

  @Field(() => String, { nullable: true, description: 'The version in which it ended（停用版本）.' })
  retiredIn: string | null

  @Field(() => String, { nullable: true, description: 'The item that replaced it（替代条目编码）.' })
  supersededByCode: string | null
}

@ObjectType({ implements: [NodeInterface, Auditable], description: 'That a unit copied an item into a register of its own（目录采用记录）.' })
export class CatalogAdoption {
  @Field(() => String, { description: 'Permanent code of the item（条目编码）.' })
  itemCode: string

  @Field(() => CatalogItemKind, { description: 'What it is（类型）.' })
  kind: keyof typeof CatalogItemKind

  @Field(() => String, { description: 'The plugin（插件）.' })
  pluginCode: string

  @Field(() => String, { description: 'The release that it was copied from（采用版本）.' })
  adoptedVersion: string

  @Field(() => String, { description: 'Hash of the item as it was copied（基准哈希）.' })
  baseHash: string

  @Field(() => Int, { description: 'Year of the list that it stands on; 0 when it is tied to none（年度）.' })
  year: number

  @Field(() => String, { description: 'Type of the copy: Power, RiskPoint, DutyItem …（本地对象类型）.' })
  localType: string

  @Field(() => CatalogDrift, { description: 'How the copy stands to the catalog, as of the last comparison（差异）.' })
  drift: keyof typeof CatalogDrift

  @Field(() => CatalogDecision, { nullable: true, description: 'What was decided about a conflict（处理）.' })
  decision: keyof typeof CatalogDecision | null
}

@ObjectType({ description: 'How many rows an adoption added（采用结果计数）.' })
export class CatalogAdded {
  @Field(() => Int, { description: 'Posts（岗位）.' }) positions: number
  @Field(() => Int, { description: 'Powers（职权）.' }) powers: number
  @Field(() => Int, { description: 'Operating flows（运行流程）.' }) flows: number
  @Field(() => Int, { description: 'Steps of flows（流程环节）.' }) flowSteps: number
  @Field(() => Int, { description: 'Risk points（风险点）.' }) riskPoints: number
  @Field(() => Int, { description: 'Controls（防控措施）.' }) controls: number
  @Field(() => Int, { description: 'Duty items of the first three responsibilities（责任事项）.' }) dutyItems: number
  @Field(() => Int, { description: 'Supervision focuses（监督重点）.' }) focuses: number
}

@ObjectType({ description: 'A part that was not adopted, and why（未采用部分）.' })
export class CatalogSkipped {
  @Field(() => AdoptionPart, { description: 'The part（部分）.' })
  part: keyof typeof AdoptionPart

  @Field(() => Int, { description: 'How many items（条目数）.' })
  count: number

  @Field(() => AdoptionSkipReason, { description: 'Why（原因）.' })
  reason: keyof typeof AdoptionSkipReason
}

@ObjectType({ description: 'What an adoption did（操作结果）.' })
export class AdoptCatalogPayload {
  @Field(() => Unit, { nullable: true, description: 'The unit（单位）.' })
  unit: Unit | null

  @Field(() => CatalogRelease, { description: 'The release that was adopted（目录版本）.' })
  release: CatalogRelease

  @Field(() => String, { description: 'The audience as which the unit adopted（适用对象）.' })
  audience: string

  @Field(() => CatalogAdded, { description: 'Rows that were added; all 0 when everything was there（新增）.' })
  added: CatalogAdded

  @Field(() => Int, { description: 'Items that the unit had adopted before; left as they are（此前已采用）.' })
  alreadyAdopted: number

  @Field(() => [CatalogSkipped], { description: 'Parts that were not adopted（未采用部分）.' })
  skipped: CatalogSkipped[]

  @Field(() => [ResponsibilityList], { description: 'Lists that items were put on（相关清单）.' })
  responsibilityLists: ResponsibilityList[]
}

