import { Field, ObjectType } from 'type-graphql'
import { Auditable, NodeInterface, Stateful } from '../interfaces'
import { stateEnum } from '../labels'
import { Responsibility } from '../responsibility'
import { LocalDate } from '../scalars'
import { accountabilityDecisionMachine, type AccountabilityDecisionState } from './accountability-decision.states'
import { FormOfDiscipline, SanctionKind } from './sanction-kinds'

export const AccountabilityDecisionStateEnum = stateEnum('AccountabilityDecisionState', 'Where a decision on accountability stands（问责决定状态）.', accountabilityDecisionMachine)

@ObjectType({ implements: [NodeInterface, Auditable, Stateful], description: 'A proposal or decision to hold a person or a unit to account; for those who propose, decide and investigate only（追责问责）.' })
export class AccountabilityDecision {
  @Field(() => SanctionKind, { description: 'How（问责方式）.' })
  kind: SanctionKind

  @Field(() => FormOfDiscipline, { nullable: true, description: 'Which of the four forms; null for a unit（形态）.' })
  form: FormOfDiscipline | null

  @Field(() => Responsibility, { nullable: true, description: 'Which of the four responsibilities was not met（对应责任）.' })
  responsibility: Responsibility | null

  @Field(() => String, { description: 'Facts and rules that it rests on（依据）.' })
  basis: string

  @Field(() => AccountabilityDecisionStateEnum, { description: 'Where it stands（状态）.' })
  state: AccountabilityDecisionState

  @Field(() => String, { nullable: true, description: 'Who decided（决定人）.' })
  decidedBy: string | null

  @Field(() => LocalDate, { nullable: true, description: 'Day from which it has effect（生效日期）.' })
  decidedOn: string | null

  @Field(() => LocalDate, { nullable: true, description: 'Day on which an appeal was taken in（受理复审日期）.' })
  appealedOn: string | null

  @Field(() => Boolean, { description: 'The text was invented for illustration（示例内容）.' })
  isSynthetic: boolean
}
