import { Field, ObjectType } from 'type-graphql'
import { labelledEnum } from '../labels'
import { UnitKind } from '../unit'

export const SupervisionModeCode = labelledEnum('SupervisionModeCode', 'A pairing of two supervising bodies: one leads, one is its partner（监督模式）.', {
  PATROL_PLUS_COMMISSION: { zh: '巡视巡察+纪检监察', en: 'Patrol inspection with discipline and supervision' },
  OFFICE_PLUS_DISPATCHED: { zh: '监督室+派驻组', en: 'Supervision office with dispatched group' },
  OUTPOST_PLUS_TOWNSHIP: { zh: '派出组+乡镇室', en: 'Outpost group with township commission' },
  TOWNSHIP_PLUS_VILLAGE: { zh: '乡镇室+村监委', en: 'Township commission with village supervision committee' },
})
export type SupervisionModeCode = keyof typeof SupervisionModeCode

export const SupervisionType = labelledEnum('SupervisionType', 'A kind of supervision: inner supervisions of the Party and the state\'s supervisory organs, and those from outside that work with them（监督类型）.', {
  DISCIPLINE: { zh: '纪律监督', en: 'Discipline supervision' },
  SUPERVISORY: { zh: '监察监督', en: 'Supervisory supervision' },
  DISPATCHED: { zh: '派驻监督', en: 'Dispatched supervision' },
  PATROL_INSPECTION: { zh: '巡察监督', en: 'Patrol inspection' },
  PEOPLES_CONGRESS: { zh: '人大监督', en: 'Supervision by the people’s congress' },
  DEMOCRATIC: { zh: '民主监督', en: 'Democratic supervision' },
  ADMINISTRATIVE: { zh: '行政监督', en: 'Administrative supervision' },
  JUDICIAL: { zh: '司法监督', en: 'Judicial supervision' },
  AUDIT: { zh: '审计监督', en: 'Audit supervision' },
  STATISTICAL: { zh: '统计监督', en: 'Statistical supervision' },
  PUBLIC: { zh: '群众监督', en: 'Supervision by the public' },
  MEDIA: { zh: '舆论监督', en: 'Supervision by the media' },
})
export type SupervisionType = keyof typeof SupervisionType

/** The four supervisions played as one board; all others come from outside. */
export const INNER_TYPES: readonly SupervisionType[] = ['DISCIPLINE', 'SUPERVISORY', 'DISPATCHED', 'PATROL_INSPECTION']

@ObjectType({ description: 'A mode of supervision: which kinds of bodies lead, and which may be their partners（监督模式）.' })
export class SupervisionMode {
  @Field(() => SupervisionModeCode, { description: 'The mode（模式）.' })
  code: SupervisionModeCode

  @Field(() => String, { description: 'Chinese label（名称）.' })
  labelZh: string

  @Field(() => String, { description: 'English label（英文名称）.' })
  labelEn: string

  @Field(() => [UnitKind], { description: 'Kinds of bodies that lead it（牵头单位类型）.' })
  leadKinds: readonly UnitKind[]

  @Field(() => [UnitKind], { description: 'Kinds of bodies that are partners in it（配合单位类型）.' })
  partnerKinds: readonly UnitKind[]
}

@ObjectType({ description: 'A kind of supervision（监督类型）.' })
export class SupervisionTypeDefinition {
  @Field(() => SupervisionType, { description: 'The type（类型）.' })
  type: SupervisionType

  @Field(() => String, { description: 'Chinese label（名称）.' })
  labelZh: string

  @Field(() => String, { description: 'English label（英文名称）.' })
  labelEn: string

  @Field(() => Boolean, { description: 'One of the four that are played as one board; the others are tied in by consultation and two-way collaboration（是否纪检监察内部监督）.' })
  isInner: boolean
}

interface Pairing { readonly leadKinds: readonly UnitKind[]; readonly partnerKinds: readonly UnitKind[] }

/** INV-03: who leads and who is partner in each mode. */
export const MODES: Readonly<Record<SupervisionModeCode, Pairing>> = {
  PATROL_PLUS_COMMISSION: { leadKinds: ['INSPECTION_OFFICE'], partnerKinds: ['COMMISSION_CITY', 'COMMISSION_COUNTY'] },
  OFFICE_PLUS_DISPATCHED: { leadKinds: ['SUPERVISION_OFFICE'], partnerKinds: ['DISPATCHED_GROUP'] },
  OUTPOST_PLUS_TOWNSHIP: { leadKinds: ['AREA_OUTPOST_GROUP'], partnerKinds: ['TOWNSHIP_COMMISSION'] },
  TOWNSHIP_PLUS_VILLAGE: { leadKinds: ['TOWNSHIP_COMMISSION'], partnerKinds: ['VILLAGE_SUPERVISION_COMMITTEE'] },
}

/** INV-03: does a body of this kind lead, and do these take part, as the mode says? */
export const fitsMode = (mode: SupervisionModeCode, lead: UnitKind, partners: readonly UnitKind[]): boolean =>
  MODES[mode].leadKinds.includes(lead) && partners.length > 0 && partners.every(p => MODES[mode].partnerKinds.includes(p))
