import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsInt, IsOptional, Length, MaxLength, Min } from 'class-validator'
import { Field, ID, InputType, Int } from 'type-graphql'
import { CommandInput } from '../interfaces'
import { DateTime, LocalDate } from '../scalars'
import { Sensitivity } from './evidence.types'

@InputType({ description: 'A link to attach as evidence; attaching under a title that is already there makes its next version（附加链接佐证）.' })
export class AttachEvidenceLinkInput extends CommandInput {
  @Field(() => ID, { description: 'What it is evidence of: a power, risk point, control, control test, duty item …（佐证对象）.' })
  subjectId: string

  @Field(() => String, { description: 'What it shows（标题）.' })
  @Length(1, 200)
  title: string

  @Field(() => String, { description: 'Address, https, without user name or password（链接）.' })
  @MaxLength(2000)
  url: string

  @Field(() => Sensitivity, { description: 'PUBLIC or INTERNAL: an address is shown to whoever reads the subject, so that it cannot be SENSITIVE（敏感程度）.' })
  sensitivity: Sensitivity

  @Field(() => DateTime, { description: 'When it was collected; not in the future（取证时间）.' })
  collectedAt: string

  @Field(() => LocalDate, { nullable: true, description: 'Last day on which it proves anything（有效期至）.' })
  @IsOptional()
  expiresOn?: string | null
}

@InputType({ description: 'Evidence to withdraw（撤回佐证）.' })
export class WithdrawEvidenceInput extends CommandInput {
  @Field(() => ID, { description: 'The evidence（佐证材料）.' })
  id: string

  @Field(() => String, { description: 'Why（撤回原因）.' })
  @Length(1, 1000)
  reason: string

  @Field(() => Int, { nullable: true, description: 'Refuse unless this is still the row version（版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null
}

export const REVEALED_AT_ONCE = 50

@InputType({ description: 'Sensitive evidence whose sealed titles and file names somebody needs. Each call is a reading of its own and logged as such, whatever its key（查阅敏感佐证的标题）.' })
export class RevealEvidenceInput extends CommandInput {
  @Field(() => [ID], { description: `The evidence: 1 to ${REVEALED_AT_ONCE} pieces（佐证材料）.` })
  @ArrayMinSize(1) @ArrayMaxSize(REVEALED_AT_ONCE) @ArrayUnique()
  ids: string[]

  @Field(() => String, { description: 'Why, 4 to 500 characters; kept in the log of readings（查阅事由）.' })
  @MaxLength(2000)
  reason: string
}
