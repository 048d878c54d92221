import { DateTime } from 'luxon'
import { Arg, Ctx, Field, FieldResolver, Mutation, ObjectType, Resolver, Root } from 'type-graphql'
import { rowIdOf } from '../../core/ids'
import type { RequestContext } from '../../core/request'
import type { Database } from '../../database/database'
import { NodeInterface } from '../interfaces'
import { LocalDate } from '../scalars'
import { SourceReader } from '../sources'
import { accountabilityDecisionMachine } from './accountability-decision.states'
import { AccountabilityCommandInput, DecideAccountabilityInput, EditAccountabilityProposalInput, ProposeAccountabilityInput } from './accountability.inputs'
import { DECISION } from './accountability.repository'
import { AccountabilityService } from './accountability.service'
import { AccountabilityDecision } from './accountability.types'
import { DURATIONS } from './sanction-kinds'

@ObjectType({ description: 'The decision that a command changed（操作结果）.' })
export class AccountabilityDecisionPayload {
  @Field(() => AccountabilityDecision, { description: 'The decision as it is now（问责决定）.' })
  accountabilityDecision: AccountabilityDecision
}

const of = accountabilityDecisionMachine.commands

@Resolver(() => AccountabilityDecision)
export class AccountabilityDecisionResolver {
  private readonly sources: SourceReader

  constructor(db: Database, private readonly decisions: AccountabilityService) {
    this.sources = new SourceReader(db, DECISION.table)
  }

  @FieldResolver(() => NodeInterface, { nullable: true, description: 'What it follows from: a unit-year, a broken pledge; null when it names nothing or that is out of the viewer\'s sight（来源）.' })
  source(@Root() decision: NodeInterface, @Ctx() ctx: RequestContext): Promise<object | null> {
    return this.sources.of(ctx, rowIdOf(DECISION.prefix, decision.id)!)
  }

  @FieldResolver(() => LocalDate, { nullable: true, description: 'Until when it has effect, by the legal duration of its kind; null before it is decided, after it was revoked, and for kinds without such a duration（影响期至）.' })
  effectiveUntil(@Root() { kind, decidedOn, state }: Pick<AccountabilityDecision, 'kind' | 'decidedOn' | 'state'>): string | null {
    const duration = DURATIONS[kind]
    return duration && decidedOn !== null && state !== 'REVOKED' ? DateTime.fromISO(decidedOn, { zone: 'utc' }).plus({ months: duration.months }).toISODate() : null
  }

  @FieldResolver(() => String, { nullable: true, description: 'Where that duration stands（影响期依据）.' })
  durationBasis(@Root() { kind }: Pick<AccountabilityDecision, 'kind'>): string | null {
    return DURATIONS[kind]?.basis ?? null
  }

  @Mutation(() => AccountabilityDecisionPayload, { description: of.proposeAccountability.description })
  async proposeAccountability(@Arg('input', () => ProposeAccountabilityInput) input: ProposeAccountabilityInput, @Ctx() ctx: RequestContext): Promise<AccountabilityDecisionPayload> {
    return this.answer(ctx, await this.decisions.propose(ctx, input))
  }

  @Mutation(() => AccountabilityDecisionPayload, { description: of.editAccountabilityProposal.description })
  async editAccountabilityProposal(@Arg('input', () => EditAccountabilityProposalInput) input: EditAccountabilityProposalInput, @Ctx() ctx: RequestContext): Promise<AccountabilityDecisionPayload> {
    return this.answer(ctx, await this.decisions.edit(ctx, input))
  }

  @Mutation(() => AccountabilityDecisionPayload, { description: of.resubmitAccountabilityProposal.description })
  async resubmitAccountabilityProposal(@Arg('input', () => AccountabilityCommandInput) input: AccountabilityCommandInput, @Ctx() ctx: RequestContext): Promise<AccountabilityDecisionPayload> {
    return this.answer(ctx, await this.decisions.resubmit(ctx, input))
  }

  @Mutation(() => AccountabilityDecisionPayload, { description: of.withdrawAccountabilityProposal.description })
  async withdrawAccountabilityProposal(@Arg('input', () => AccountabilityCommandInput) input: AccountabilityCommandInput, @Ctx() ctx: RequestContext): Promise<AccountabilityDecisionPayload> {
    return this.answer(ctx, await this.decisions.withdraw(ctx, input))
  }

  @Mutation(() => AccountabilityDecisionPayload, { description: of.returnAccountabilityProposal.description })
  async returnAccountabilityProposal(@Arg('input', () => AccountabilityCommandInput) input: AccountabilityCommandInput, @Ctx() ctx: RequestContext): Promise<AccountabilityDecisionPayload> {
    return this.answer(ctx, await this.decisions.return(ctx, input))
  }

  @Mutation(() => AccountabilityDecisionPayload, { description: of.decideAccountability.description })
  async decideAccountability(@Arg('input', () => DecideAccountabilityInput) input: DecideAccountabilityInput, @Ctx() ctx: RequestContext): Promise<AccountabilityDecisionPayload> {
    return this.answer(ctx, await this.decisions.decide(ctx, input))
  }

  @Mutation(() => AccountabilityDecisionPayload, { description: of.rejectAccountabilityProposal.description })
  async rejectAccountabilityProposal(@Arg('input', () => AccountabilityCommandInput) input: AccountabilityCommandInput, @Ctx() ctx: RequestContext): Promise<AccountabilityDecisionPayload> {
    return this.answer(ctx, await this.decisions.reject(ctx, input))
  }

  @Mutation(() => AccountabilityDecisionPayload, { description: of.receiveAccountabilityAppeal.description })
  async receiveAccountabilityAppeal(@Arg('input', () => AccountabilityCommandInput) input: AccountabilityCommandInput, @Ctx() ctx: RequestContext): Promise<AccountabilityDecisionPayload> {
    return this.answer(ctx, await this.decisions.receiveAppeal(ctx, input))
  }

  @Mutation(() => AccountabilityDecisionPayload, { description: of.upholdAccountabilityDecision.description })
  async upholdAccountabilityDecision(@Arg('input', () => AccountabilityCommandInput) input: AccountabilityCommandInput, @Ctx() ctx: RequestContext): Promise<AccountabilityDecisionPayload> {
    return this.answer(ctx, await this.decisions.uphold(ctx, input))
  }

  @Mutation(() => AccountabilityDecisionPayload, { description: of.revokeAccountabilityDecision.description })
  async revokeAccountabilityDecision(@Arg('input', () => AccountabilityCommandInput) input: AccountabilityCommandInput, @Ctx() ctx: RequestContext): Promise<AccountabilityDecisionPayload> {
    return this.answer(ctx, await this.decisions.revoke(ctx, input))
  }

  private async answer(ctx: RequestContext, id: string): Promise<AccountabilityDecisionPayload> {
    return { accountabilityDecision: await ctx.read.one('AccountabilityDecision', id) as AccountabilityDecision }
  }
}
