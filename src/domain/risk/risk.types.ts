import { Field, Int, ObjectType } from 'type-graphql'
import { CatalogOrigin } from '../catalog-origin'
import { Auditable, NodeInterface, Stateful } from '../interfaces'
import { labelledEnum, stateEnum } from '../labels'
import { DateTime, LocalDate } from '../scalars'
import { riskPointMachine, type RiskPointState } from './risk-point.states'

export const RiskLevel = labelledEnum('RiskLevel', 'How grave a risk is（风险等级）.', {
  UNRATED: { zh: '未评级', en: 'Unrated' },
  LOW: { zh: '低', en: 'Low' },
  MEDIUM: { zh: '中', en: 'Medium' },
  HIGH: { zh: '高', en: 'High' },
})
export type RiskLevel = keyof typeof RiskLevel

export const RiskCategory = labelledEnum('RiskCategory', 'Where a risk comes from（风险类别）.', {
  POST: { zh: '岗位职责风险', en: 'Post' },
  PROCESS: { zh: '业务流程风险', en: 'Process' },
  DECISION: { zh: '决策风险', en: 'Decision' },
  SYSTEM: { zh: '制度机制风险', en: 'Rules and systems' },
  EXTERNAL: { zh: '外部环境风险', en: 'External' },
  CONDUCT: { zh: '思想道德风险', en: 'Conduct' },
})
export type RiskCategory = keyof typeof RiskCategory

export const ResponsePlan = labelledEnum('ResponsePlan', 'How a unit answers a risk（应对方式）.', {
  AVOID: { zh: '规避', en: 'Avoid' },
  REDUCE: { zh: '降低', en: 'Reduce' },
  SHARE: { zh: '分担', en: 'Share' },
  ACCEPT: { zh: '接受', en: 'Accept' },
})
export type ResponsePlan = keyof typeof ResponsePlan

export const RatingKind = labelledEnum('RatingKind', 'Which risk a rating judges（评级类型）.', {
  INHERENT: { zh: '固有风险', en: 'Inherent', description: 'Before controls' },
  RESIDUAL: { zh: '剩余风险', en: 'Residual', description: 'With the controls at work' },
})
export type RatingKind = keyof typeof RatingKind

export const RiskPointStateEnum = stateEnum('RiskPointState', 'Where a risk point stands（风险点状态）.', riskPointMachine)

export const MatrixState = labelledEnum('RiskMatrixState', 'Whether ratings are made with it（矩阵状态）.', {
  IN_FORCE: { zh: '现行', en: 'In force' },
  SUPERSEDED: { zh: '已被替代', en: 'Superseded' },
})

@ObjectType({ description: 'A rating by a version of the matrix（评级）.' })
export class Rating {
  @Field(() => Int, { description: 'Likelihood, 1 to 5（可能性）.' })
  likelihood: number

  @Field(() => Int, { description: 'Impact, 1 to 5（影响程度）.' })
  impact: number

  @Field(() => Int, { description: 'Score that the matrix gives（分值）.' })
  score: number

  @Field(() => RiskLevel, { description: 'Level that the matrix gives（等级）.' })
  level: RiskLevel

  @Field(() => Int, { description: 'Version of the matrix that was used; later versions never change it（矩阵版本）.' })
  matrixVersion: number
}

@ObjectType({ implements: [NodeInterface, Auditable, Stateful], description: 'A point in the exercise of a power where integrity may fail（廉政风险点）.' })
export class RiskPoint extends CatalogOrigin {
  @Field(() => String, { description: 'Code, unique in its power（编号）.' })
  code: string

  @Field(() => String, { description: 'What may go wrong, in Chinese（风险描述）.' })
  description: string

  @Field(() => String, { nullable: true, description: 'What may go wrong, in English（英文描述）.' })
  descriptionEn: string | null

  @Field(() => String, { nullable: true, description: 'Why it may happen（成因）.' })
  cause: string | null

  @Field(() => String, { nullable: true, description: 'What follows when it happens（后果）.' })
  consequence: string | null

  @Field(() => RiskCategory, { description: 'Where it comes from（类别）.' })
  category: RiskCategory

  @Field(() => RiskPointStateEnum, { description: 'Where it stands（状态）.' })
  state: RiskPointState

  @Field(() => RiskLevel, { description: 'Present level: the residual one when there is one, else the inherent one（当前等级）.' })
  level: RiskLevel

  @Field(() => Int, { description: 'Present score, 0 when unrated（当前分值）.' })
  score: number

  @Field(() => Rating, { nullable: true, description: 'Latest rating before controls（固有风险评级）.' })
  inherent: Rating | null

  @Field(() => Rating, { nullable: true, description: 'Latest rating with controls at work（剩余风险评级）.' })
  residual: Rating | null

  @Field(() => ResponsePlan, { nullable: true, description: 'Chosen response（应对方式）.' })
  responsePlan: ResponsePlan | null

  @Field(() => LocalDate, { nullable: true, description: 'Until when the risk is accepted（接受期限）.' })
  acceptedUntil: string | null

  @Field(() => LocalDate, { nullable: true, description: 'When it must be reviewed（复评期限）.' })
  reviewDueOn: string | null

  @Field(() => String, { nullable: true, description: 'Why it was retired（销号原因）.' })
  retiredReason: string | null
}

@ObjectType({ implements: [NodeInterface], description: 'One rating of a risk point; ratings are only ever added（风险评级记录）.' })
export class RiskRating {
  @Field(() => RatingKind, { description: 'Inherent or residual（类型）.' })
  kind: RatingKind

  @Field(() => Int, { description: 'Likelihood, 1 to 5（可能性）.' })
  likelihood: number

  @Field(() => Int, { description: 'Impact, 1 to 5（影响程度）.' })
  impact: number

  @Field(() => Int, { description: 'Score（分值）.' })
  score: number

  @Field(() => RiskLevel, { description: 'Level（等级）.' })
  level: RiskLevel

  @Field(() => Int, { description: 'Version of the matrix that was used（矩阵版本）.' })
  matrixVersion: number

  @Field(() => String, { nullable: true, description: 'Why it was rated so（评级依据）.' })
  basis: string | null

  @Field(() => DateTime, { description: 'When（评级时间）.' })
  ratedAt: string

  @Field(() => String, { description: 'Who（评级人）.' })
  ratedBy: string
}

@ObjectType({ implements: [NodeInterface, Auditable], description: 'A version of the table that turns likelihood and impact into score and level（风险矩阵）.' })
export class RiskMatrix {
  @Field(() => Int, { description: 'Version（版本）.' })
  version: number

  @Field(() => String, { description: 'Name（名称）.' })
  nameZh: string

  @Field(() => LocalDate, { description: 'In force from（生效日期）.' })
  effectiveFrom: string

  @Field(() => MatrixState, { description: 'Whether ratings are made with it（状态）.' })
  state: keyof typeof MatrixState
}

@ObjectType({ implements: [NodeInterface], description: 'One cell of a risk matrix（矩阵单元）.' })
export class RiskMatrixCell {
  @Field(() => Int, { description: 'Likelihood, 1 to 5（可能性）.' })
  likelihood: number

  @Field(() => Int, { description: 'Impact, 1 to 5（影响程度）.' })
  impact: number

  @Field(() => Int, { description: 'Score（分值）.' })
  score: number

  @Field(() => RiskLevel, { description: 'Level（等级）.' })
  level: RiskLevel
}
