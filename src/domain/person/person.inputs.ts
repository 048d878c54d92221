import { IsInt, IsOptional, Length, MaxLength, Min } from 'class-validator'
import { Field, ID, InputType, Int } from 'type-graphql'
import { CommandInput, EditInput } from '../interfaces'
import { LocalDate } from '../scalars'
import { ResponsibilityRole } from './appointment.types'

@InputType({ description: 'Somebody who works in a unit; identity numbers are refused（登记人员）.' })
export class RegisterPersonInput extends CommandInput {
  @Field(() => ID, { description: 'Unit that keeps the record（所在单位）.' })
  unitId!: string

  @Field(() => String, { description: 'Name（姓名）.' })
  @Length(1, 60)
  displayName!: string

  @Field(() => String, { description: 'Staff number, unique（工号）.' })
  @Length(1, 32)
  staffNo!: string
}

@InputType({ description: 'What is kept of a person; what is left out stays（修改人员信息）.' })
export class EditPersonInput extends EditInput {
  @Field(() => ID, { description: 'The person（人员）.' })
  id!: string

  @Field(() => String, { nullable: true, description: 'Name（姓名）.' })
  @IsOptional() @Length(1, 60)
  displayName?: string | null

  @Field(() => ID, { nullable: true, description: 'Unit that keeps the record from now on（所在单位）.' })
  unitId?: string | null
}

@InputType({ description: 'A person whose name somebody needs. Each call is a reading of its own and logged as such, whatever its key（查阅人员姓名）.' })
export class RevealPersonInput extends CommandInput {
  @Field(() => ID, { description: 'The person（人员）.' })
  id!: string

  @Field(() => String, { description: 'Why, 4 to 500 characters; kept in the audit log（查阅事由）.' })
  @MaxLength(2000)
  reason!: string
}

@InputType({ description: 'A person, a post and as what it is held（任职）.' })
export class AppointInput extends CommandInput {
  @Field(() => ID, { description: 'Who（人员）.' })
  personId!: string

  @Field(() => ID, { description: 'The post（岗位）.' })
  positionId!: string

  @Field(() => ResponsibilityRole, { description: 'As what the post is held（任职角色）.' })
  role!: ResponsibilityRole

  @Field(() => LocalDate, { nullable: true, description: 'First day in the post; today when absent（任职日期）.' })
  validFrom?: string | null

  @Field(() => LocalDate, { nullable: true, description: 'First day no longer in the post, when known（免职日期）.' })
  validTo?: string | null
}

@InputType({ description: 'An appointment that ends（免职）.' })
export class EndAppointmentInput extends CommandInput {
  @Field(() => ID, { description: 'The appointment（任职）.' })
  id!: string

  @Field(() => LocalDate, { nullable: true, description: 'First day no longer in the post; today when absent（免职日期）.' })
  validTo?: string | null

  @Field(() => Int, { nullable: true, description: 'Refuse unless this is still the row version（版本号）.' })
  @IsOptional() @IsInt() @Min(1)
  rowVersion?: number | null
}
