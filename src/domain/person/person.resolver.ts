import { Arg, Ctx, Field, Mutation, ObjectType, Resolver } from 'type-graphql'
import type { RequestContext } from '../../core/request'
import type { AppointmentService } from './appointment.service'
import { Appointment } from './appointment.types'
import { AppointInput, EditPersonInput, EndAppointmentInput, RegisterPersonInput, RevealPersonInput } from './person.inputs'
import type { PersonService } from './person.service'
import { Person } from './person.types'

@ObjectType({ description: 'The person that a command changed（操作结果）.' })
export class PersonPayload {
  @Field(() => Person, { nullable: true, description: 'The person as kept now; null where the viewer manages the record without reading it（人员）.' })
  person!: Person | null
}

@ObjectType({ description: 'What was read of a person; the reading is logged（查阅结果）.' })
export class RevealPersonPayload {
  @Field(() => Person, { nullable: true, description: 'The person, masked as in lists; null where the viewer manages the record without reading it（人员）.' })
  person!: Person | null

  @Field(() => String, { description: 'Name（姓名）.' })
  displayName!: string

  @Field(() => String, { description: 'Staff number（工号）.' })
  staffNo!: string
}

@ObjectType({ description: 'The appointment that a command changed（操作结果）.' })
export class AppointmentPayload {
  @Field(() => Appointment, { nullable: true, description: 'The appointment as it is now; null where the viewer manages it without reading it（任职）.' })
  appointment!: Appointment | null
}

@Resolver()
export class PersonResolver {
  constructor(private readonly persons: PersonService, private readonly appointments: AppointmentService) {}

  @Mutation(() => PersonPayload, { description: 'Enters a person（登记人员）.' })
  async registerPerson(@Arg('input', () => RegisterPersonInput) input: RegisterPersonInput, @Ctx() ctx: RequestContext): Promise<PersonPayload> {
    return this.person(ctx, await this.persons.register(ctx, input))
  }

  @Mutation(() => PersonPayload, { description: 'Changes a person\'s name or unit（修改人员信息）.' })
  async editPerson(@Arg('input', () => EditPersonInput) input: EditPersonInput, @Ctx() ctx: RequestContext): Promise<PersonPayload> {
    return this.person(ctx, await this.persons.edit(ctx, input))
  }

  @Mutation(() => AppointmentPayload, { description: 'Appoints a person to a post（任职）.' })
  async appoint(@Arg('input', () => AppointInput) input: AppointInput, @Ctx() ctx: RequestContext): Promise<AppointmentPayload> {
    return this.appointment(ctx, await this.appointments.appoint(ctx, input))
  }

  @Mutation(() => AppointmentPayload, { description: 'Ends an appointment; it stays on record（免职）.' })
  async endAppointment(@Arg('input', () => EndAppointmentInput) input: EndAppointmentInput, @Ctx() ctx: RequestContext): Promise<AppointmentPayload> {
    return this.appointment(ctx, await this.appointments.end(ctx, input))
  }

  @Mutation(() => RevealPersonPayload, { description: 'Reads the name and staff number of one person, with a reason; every reading is logged（查阅人员姓名）.' })
  async revealPerson(@Arg('input', () => RevealPersonInput) input: RevealPersonInput, @Ctx() ctx: RequestContext): Promise<RevealPersonPayload> {
    const { rowId, displayName, staffNo } = await this.persons.reveal(ctx, input)
    return { person: (await ctx.read.one('Person', rowId)) as Person | null, displayName, staffNo }
  }

  private async person(ctx: RequestContext, id: string): Promise<PersonPayload> {
    return { person: (await ctx.read.one('Person', id)) as Person | null }
  }

  private async appointment(ctx: RequestContext, id: string): Promise<AppointmentPayload> {
    return { appointment: (await ctx.read.one('Appointment', id)) as Appointment | null }
  }
}
