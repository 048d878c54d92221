import { Field, Int, ObjectType } from 'type-graphql'
import { Auditable, NodeInterface, Stateful } from '../interfaces'
import { labelledEnum, stateEnum } from '../labels'
import { LocalDate } from '../scalars'
import { unitMachine } from './unit.states'

export const UnitKind = labelledEnum('UnitKind', 'What kind of body a unit is（单位类型）.', {
  PROVINCE: { zh: '省', en: 'Province' },
  PARTY_COMMITTEE: { zh: '党委', en: 'Party committee', description: 'Party committee; of a city or county it is also the top of the territory' },
  PARTY_GROUP: { zh: '党组', en: 'Party group' },
  PARTY_DEPARTMENT: { zh: '党委部门', en: 'Party department', description: 'Department of a Party committee; mass organisations count as such' },
  GOVERNMENT: { zh: '政府', en: 'Government' },
  GOVERNMENT_DEPARTMENT: { zh: '政府部门', en: 'Government department' },
  COMMISSION_CITY: { zh: '市纪委监委', en: 'City commission', description: 'City commission for discipline inspection and supervision' },
  COMMISSION_COUNTY: { zh: '县区纪委监委', en: 'County commission', description: 'County or district commission for discipline inspection and supervision' },
  DISPATCHED_GROUP: { zh: '派驻纪检监察组', en: 'Dispatched group', description: 'Group that a commission dispatches to departments' },
  AREA_OUTPOST_GROUP: { zh: '派出乡镇片区纪检监察组', en: 'Area outpost group', description: 'Group that a commission sends to an area of townships' },
  TOWNSHIP_COMMISSION: { zh: '乡镇纪委（监察室）', en: 'Township commission', description: 'Township commission with its supervisory office' },
  SUPERVISION_OFFICE: { zh: '监督检查室', en: 'Supervision office', description: 'Inspection office of a commission, in charge of the units it liaises with' },
  CASE_TRIAL_OFFICE: { zh: '案件审理室', en: 'Case trial office' },
  INSPECTION_OFFICE: { zh: '巡察办', en: 'Inspection office', description: 'Office of the patrol inspection leading group' },
  TOWNSHIP: { zh: '乡镇（街道）', en: 'Township', description: 'Township, town or subdistrict' },
  VILLAGE_OR_COMMUNITY: { zh: '村（社区）', en: 'Village or community' },
  VILLAGE_SUPERVISION_COMMITTEE: { zh: '村（居）务监督委员会', en: 'Village supervision committee', description: 'Village or residents’ affairs supervision committee' },
  PUBLIC_INSTITUTION: { zh: '事业单位', en: 'Public institution', description: 'Public institution, such as a hospital' },
  FUNCTIONAL_ZONE: { zh: '功能区', en: 'Functional zone', description: 'Development zone' },
  PEOPLES_CONGRESS: { zh: '人大', en: 'People’s congress' },
  CPPCC: { zh: '政协', en: 'CPPCC' },
  AUDIT_OFFICE: { zh: '审计机关', en: 'Audit office' },
})
export type UnitKind = keyof typeof UnitKind

export const UnitState = stateEnum('UnitState', 'State of a unit（单位状态）.', unitMachine)
export type UnitState = keyof typeof UnitState

@ObjectType({ implements: [NodeInterface, Auditable, Stateful], description: 'A body with its own place in the territorial tree: committee, department, commission, group, township, village, institution（单位）.' })
export class Unit implements NodeInterface, Auditable, Stateful {
  id!: string

  @Field(() => String, { description: 'Code of the unit, unique and never changed（单位代码）.' })
  code!: string

  @Field(() => String, { nullable: true, description: 'Unified social credit code of 18 characters, checked per GB 32100 with the body code inside it per GB 11714（统一社会信用代码）.' })
  uscc!: string | null

  @Field(() => String, { description: 'Chinese name; found by any part of it, by pinyin and by initials（单位名称）.' })
  nameZh!: string

  @Field(() => String, { nullable: true, description: 'English name（英文名称）.' })
  nameEn!: string | null

  @Field(() => UnitKind, { description: 'What kind of body it is（单位类型）.' })
  kind!: UnitKind

  @Field(() => String, { description: 'Code of the administrative division it belongs to（区划代码）.' })
  divisionCode!: string

  @Field(() => [String], { description: 'Sectors it works in, such as `health` or `medical-insurance`（所属领域）.' })
  sectorCodes!: string[]

  @Field(() => UnitState, { description: 'Whether it still exists（状态）.' })
  state!: UnitState

  @Field(() => LocalDate, { description: 'First day of its existence（成立日期）.' })
  validFrom!: string

  @Field(() => LocalDate, { nullable: true, description: 'First day on which it no longer exists（终止日期）.' })
  validTo!: string | null

  @Field(() => Int, { description: 'Depth in the territorial tree; a root has 1（层级）.' })
  depth!: number

  @Field(() => String, { description: 'Codes from the root of the territorial tree down to the unit, `/510800/510821/`（层级路径）.' })
  path!: string

  @Field(() => Boolean, { description: 'Invented for demonstration（虚构数据）.' })
  isSynthetic!: boolean

  allowedCommands!: string[]
  createdAt!: string
  createdBy!: string
  updatedAt!: string
  updatedBy!: string
  rowVersion!: number
}
