import { IsInt, IsOptional, Length, MaxLength, Min } from 'class-validator'
import { Field, ID, InputType, Int } from 'type-graphql'
import { CommandInput, EditInput } from '../interfaces'
import { Responsibility } from '../responsibility'
import { FormOfDiscipline, SanctionKind } from './sanction-kinds'

@InputType({ description: 'A proposal to hold a person or a unit to account: exactly one of them（提请问责）.' })
export class ProposeAccountabilityInput extends CommandInput {
  @Field(() => ID, { nullable: true, description: 'The person（问责对象：人员）.' })
  personId?: string | null

  @Field(() => ID, { nullable: true, description: 'The unit（问责对象：单位）.' })
  unitId?: string | null

  @Field(() => ID, { description: 'The body that proposes（提请机关）.' })
  proposingUnitId: string

  @Field(() => ID, { description: 'The body that decides; it has authority over the person’s unit or the unit（决定机关）.' })
  decidingUnitId: string

  @Field(() => SanctionKind, { description: 'How（问责方式）.' })
  kind: SanctionKind

  @Field(() => FormOfDiscipline, { nullable: true, description: 'Which of the four forms: for a person, not for a unit（形态）.' })
  form?: FormOfDiscipline | null

  @Field(() => Responsibility, { nullable: true, description: 'Which of the four responsibilities was not met（对应责任）.' })
  responsibility?: Responsibility | null

  @Field(() => String, { description: 'Facts and rules that it rests on（依据）.' })
  @Length(1, 8000)
  basis: string

  @Field(() => ID, { nullable: true, description: 'What it follows from: a unit-year in which accountability is open, or a broken pledge（来源）.' })
  sourceId?: string | null

  @Field(() => Boolean, { defaultValue: false, description: 'The text is invented for illustration（示例内容）.' })
  isSynthetic: boolean
}

@InputType({ description: 'New content of a proposal; what is left out stays（修改问责建议）.' })
export class EditAccountabilityProposalInput extends EditInput {
  @Field(() => ID, { description: 'The proposal（问责建议）.' })
  id: string

  @Field(() => SanctionKind, { nullable: true, description: 'How（问责方式）.' })
  kind?: SanctionKind | null

  @Field(() => FormOfDiscipline, { nullable: true, description: 'Which of the four forms（形态）.' })
  form?: FormOfDiscipline | null

  @Field(() => Responsibility, { nullable: true, description: 'Which of the four responsibilities was not met（对应责任）.' })
  responsibility?: Responsibility | null

  @Field(() => String, { nullable: true, description: 'Facts and rules that it rests on（依据）.' })
  @IsOptional() @Length(1, 8000)
  basis?: string | null
}

@InputType({ description: 'Names the decision to act on（对问责决定的操作）.' })
export class AccountabilityCommandInput extends CommandInput {
  @Field(() => ID, { description: 'The proposal or decision（问责建议或决定）.' })
  id: string

  @Field(() => Int, { nullable: true, description: 'Refuse unless this is still the row version（版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null

  @Field(() => String, { nullable: true, description: 'Written opinion or reason, where the command needs one（意见）.' })
  @IsOptional() @MaxLength(2000)
  opinion?: string | null
}

@InputType({ description: 'A decision on exactly the proposal that was looked at（作出问责决定）.' })
export class DecideAccountabilityInput extends EditInput {
  @Field(() => ID, { description: 'The proposal（问责建议）.' })
  id: string

  @Field(() => String, { nullable: true, description: 'Written opinion（意见）.' })
  @IsOptional() @MaxLength(2000)
  opinion?: string | null
}
