import { Field, Int, ObjectType } from 'type-graphql'
import { Auditable, NodeInterface, Stateful } from '../interfaces'
import { stateEnum } from '../labels'
import { Responsibility } from '../responsibility'
import { DateTime, LocalDate } from '../scalars'
import { hearingQuestionMachine, hearingSessionMachine, type HearingQuestionState, type HearingSessionState } from './hearing-session.states'
import { pledgeMachine, type PledgeState } from './pledge.states'

export const HearingSessionStateEnum = stateEnum('HearingSessionState', 'Where a hearing stands（阳光问效状态）.', hearingSessionMachine)
export const HearingQuestionStateEnum = stateEnum('HearingQuestionState', 'Where a question stands（质询状态）.', hearingQuestionMachine)
export const PledgeStateEnum = stateEnum('PledgeState', 'Where a pledge stands（承诺状态）.', pledgeMachine)

@ObjectType({ implements: [NodeInterface, Auditable, Stateful], description: 'A public hearing: duty reports, questions, evaluation, pledges. Seen at the host and at the units of those who are heard（阳光问效）.' })
export class HearingSession {
  @Field(() => String, { description: 'Number, unique at the host（编号）.' })
  no: string

  @Field(() => LocalDate, { description: 'The day of the session（召开日期）.' })
  heldOn: string

  @Field(() => Int, { description: 'The year that is reported on（述责年度）.' })
  year: number

  @Field(() => String, { description: 'What it is about（主题）.' })
  theme: string

  @Field(() => String, { nullable: true, description: 'Agenda（议程）.' })
  agenda: string | null

  @Field(() => Boolean, { description: 'Whether it is broadcast（是否直播）.' })
  broadcast: boolean

  @Field(() => Boolean, { description: 'Called a four-responsibility session: all four report, are asked and are evaluated (INV-30)（四责协同专场）.' })
  isFourResponsibility: boolean

  @Field(() => HearingSessionStateEnum, { description: 'Where it stands（状态）.' })
  state: HearingSessionState

  @Field(() => DateTime, { nullable: true, description: 'When it ended（结束时间）.' })
  concludedAt: string | null

  @Field(() => String, { nullable: true, description: 'What became of its pledges（跟踪问效情况）.' })
  followUp: string | null

  @Field(() => Boolean, { description: 'Invented, for demonstration and tests（是否虚构数据）.' })
  isSynthetic: boolean
}

@ObjectType({ description: 'Tallies of a democratic evaluation: how many, never who（民主测评票数）.' })
export class EvaluationTallies {
  @Field(() => Int, { description: 'Satisfied（满意）.' })
  satisfied: number

  @Field(() => Int, { description: 'Fairly satisfied（基本满意）.' })
  fair: number

  @Field(() => Int, { description: 'Dissatisfied（不满意）.' })
  dissatisfied: number

  @Field(() => Int, { description: 'Abstained（弃权）.' })
  abstained: number
}

@ObjectType({ implements: [NodeInterface, Auditable], description: 'A post that is heard on one of the four responsibilities: its report, what it was asked, how it was evaluated（述责人）.' })
export class HearingRespondent {
  @Field(() => Responsibility, { description: 'On which of the four it is heard（责任类别）.' })
  responsibility: Responsibility

  @Field(() => EvaluationTallies, { nullable: true, description: 'How it was evaluated; null before that（测评结果）.' })
  tallies: EvaluationTallies | null

  @Field(() => DateTime, { nullable: true, description: 'When the tallies were recorded（测评时间）.' })
  evaluatedAt: string | null
}

@ObjectType({ implements: [NodeInterface, Auditable, Stateful], description: 'A question to one who is heard（质询）.' })
export class HearingQuestion {
  @Field(() => String, { description: 'What is asked（质询内容）.' })
  text: string

  @Field(() => String, { nullable: true, description: 'The answer; while it is asked again, the last one（回答）.' })
  answer: string | null

  @Field(() => DateTime, { nullable: true, description: 'When it was answered（回答时间）.' })
  answeredAt: string | null

  @Field(() => HearingQuestionStateEnum, { description: 'Where it stands（状态）.' })
  state: HearingQuestionState
}

@ObjectType({ implements: [NodeInterface, Auditable, Stateful], description: 'What somebody pledged in a hearing, by a day; exactly one rectification task follows it (INV-29)（军令状）.' })
export class Pledge {
  @Field(() => String, { description: 'What is pledged（承诺事项）.' })
  commitment: string

  @Field(() => LocalDate, { description: 'By when; the same day as its task（承诺时限）.' })
  deadline: string

  @Field(() => PledgeStateEnum, { description: 'Where it stands（状态）.' })
  state: PledgeState

  @Field(() => String, { nullable: true, description: 'Who found it kept or broken（认定人）.' })
  judgedBy: string | null

  @Field(() => DateTime, { nullable: true, description: 'When（认定时间）.' })
  judgedAt: string | null
}
