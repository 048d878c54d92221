import { IsInt, Length, Max, Min } from 'class-validator'
import { Field, ID, InputType, Int } from 'type-graphql'
import { CommandInput, EditInput } from '../interfaces'
import { Responsibility } from '../responsibility'

@InputType({ description: 'A duty report by whoever holds the post（提交述责述廉报告）.' })
export class FileDutyReportInput extends CommandInput {
  @Field(() => ID, { description: 'The unit whose year it is about（对象单位）.' })
  unitId: string

  @Field(() => Int, { description: 'The year（年度）.' })
  @IsInt() @Min(2000) @Max(2100)
  year: number

  @Field(() => Responsibility, { description: 'Which of the four responsibilities（责任类别）.' })
  responsibility: Responsibility

  @Field(() => ID, { description: 'The post that reports: of the unit, or for the supervision duty of the body that supervises it. Its holder gives the command（述责任职）.' })
  appointmentId: string

  @Field(() => String, { description: 'What is reported（报告内容）.' })
  @Length(1, 20_000)
  text: string
}

@InputType({ description: 'A new text of a report that was not given yet（修改述责述廉报告）.' })
export class EditDutyReportInput extends EditInput {
  @Field(() => ID, { description: 'The report（述责述廉报告）.' })
  id: string

  @Field(() => String, { description: 'What is reported（报告内容）.' })
  @Length(1, 20_000)
  text: string
}
