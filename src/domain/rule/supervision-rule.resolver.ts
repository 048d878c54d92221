import { Arg, Ctx, Extensions, Field, FieldResolver, ID, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql'
import { today } from '../../core/day'
import { rowIdOf } from '../../core/ids'
import type { RequestContext } from '../../core/request'
import type { Database } from '../../database/database'
import { APPROVAL_CHAIN, ApprovalChain, ApprovalChains } from '../approval'
import { NodeInterface } from '../interfaces'
import { labelledLists } from '../labels'
import { LocalDate } from '../scalars'
import { INNER_TYPES, MODES, SupervisionMode, SupervisionModeCode, SupervisionType, SupervisionTypeDefinition } from './supervision-mode'
import {
  DraftSupervisionRuleInput, EditSupervisionRuleInput, RepealSupervisionRuleInput, SetSupervisionRuleItemsInput, SupervisionRuleCommandInput,
} from './supervision-rule.inputs'
import { rulesAt } from './supervision-rule.repository'
import { ruleSubmissions, SupervisionRuleService } from './supervision-rule.service'
import { supervisionRuleMachine } from './supervision-rule.states'
import { SupervisionRule, SupervisionRuleKind } from './supervision-rule.types'

@ObjectType({ description: 'The work rule that a command changed（操作结果）.' })
export class SupervisionRulePayload {
  @Field(() => SupervisionRule, { description: 'The rule as it is now（工作规则）.' })
  supervisionRule: SupervisionRule
}

const of = supervisionRuleMachine.commands
const KINDS = Object.keys(SupervisionRuleKind).length

@Resolver(() => SupervisionRule)
export class SupervisionRuleResolver {
  private readonly chains: ApprovalChains

  constructor(private readonly db: Database, private readonly rules: SupervisionRuleService) {
    this.chains = new ApprovalChains(db, ruleSubmissions)
  }

  @FieldResolver(() => ApprovalChain, { description: APPROVAL_CHAIN })
  approvalChain(@Root() rule: NodeInterface, @Ctx() ctx: RequestContext): Promise<ApprovalChain> {
    return this.chains.of(ctx, rowIdOf('rule', rule.id)!)
  }

  @Extensions({ max: KINDS })
  @Query(() => [SupervisionRule], { nullable: true, description: 'The work rules that apply at a unit on a day, one of each kind at most: issued by the unit itself, else by the nearest body above it. Null where the viewer may not see the unit（适用的监督检查工作规则）.' })
  async supervisionRulesInForce(
    @Ctx() ctx: RequestContext,
    @Arg('unitId', () => ID, { description: 'The unit（单位）.' }) unitId: string,
    @Arg('on', () => LocalDate, { nullable: true, description: 'The day; today when absent（日期）.' }) on?: string | null,
  ): Promise<SupervisionRule[] | null> {
    const unit = rowIdOf('unit', unitId)
    if (unit === null || !(await ctx.read.one('Unit', unit))) return null
    const rules = await ctx.read.many('SupervisionRule', (await rulesAt(this.db, unit, on ?? today())).map(r => r.id))
    return rules.filter(r => r !== null) as SupervisionRule[]
  }

  @Mutation(() => SupervisionRulePayload, { description: 'Begins a work rule of supervision（起草工作规则）.' })
  async draftSupervisionRule(@Arg('input', () => DraftSupervisionRuleInput) input: DraftSupervisionRuleInput, @Ctx() ctx: RequestContext): Promise<SupervisionRulePayload> {
    return this.answer(ctx, await this.rules.draft(ctx, input))
  }

  @Mutation(() => SupervisionRulePayload, { description: of.editSupervisionRule.description })
  async editSupervisionRule(@Arg('input', () => EditSupervisionRuleInput) input: EditSupervisionRuleInput, @Ctx() ctx: RequestContext): Promise<SupervisionRulePayload> {
    return this.answer(ctx, await this.rules.edit(ctx, input))
  }

  @Mutation(() => SupervisionRulePayload, { description: of.setSupervisionRuleItems.description })
  async setSupervisionRuleItems(@Arg('input', () => SetSupervisionRuleItemsInput) input: SetSupervisionRuleItemsInput, @Ctx() ctx: RequestContext): Promise<SupervisionRulePayload> {
    return this.answer(ctx, await this.rules.setItems(ctx, input))
  }

  @Mutation(() => SupervisionRulePayload, { description: of.submitSupervisionRule.description })
  async submitSupervisionRule(@Arg('input', () => SupervisionRuleCommandInput) input: SupervisionRuleCommandInput, @Ctx() ctx: RequestContext): Promise<SupervisionRulePayload> {
    return this.answer(ctx, await this.rules.submit(ctx, input))
  }

  @Mutation(() => SupervisionRulePayload, { description: of.approveSupervisionRule.description })
  async approveSupervisionRule(@Arg('input', () => SupervisionRuleCommandInput) input: SupervisionRuleCommandInput, @Ctx() ctx: RequestContext): Promise<SupervisionRulePayload> {
    return this.answer(ctx, await this.rules.approve(ctx, input))
  }

  @Mutation(() => SupervisionRulePayload, { description: of.returnSupervisionRule.description })
  async returnSupervisionRule(@Arg('input', () => SupervisionRuleCommandInput) input: SupervisionRuleCommandInput, @Ctx() ctx: RequestContext): Promise<SupervisionRulePayload> {
    return this.answer(ctx, await this.rules.return(ctx, input))
  }

  @Mutation(() => SupervisionRulePayload, { description: of.reopenSupervisionRule.description })
  async reopenSupervisionRule(@Arg('input', () => SupervisionRuleCommandInput) input: SupervisionRuleCommandInput, @Ctx() ctx: RequestContext): Promise<SupervisionRulePayload> {
    return this.answer(ctx, await this.rules.reopen(ctx, input))
  }

  @Mutation(() => SupervisionRulePayload, { description: of.withdrawSupervisionRule.description })
  async withdrawSupervisionRule(@Arg('input', () => SupervisionRuleCommandInput) input: SupervisionRuleCommandInput, @Ctx() ctx: RequestContext): Promise<SupervisionRulePayload> {
    return this.answer(ctx, await this.rules.withdraw(ctx, input))
  }

  @Mutation(() => SupervisionRulePayload, { description: of.publishSupervisionRule.description })
  async publishSupervisionRule(@Arg('input', () => SupervisionRuleCommandInput) input: SupervisionRuleCommandInput, @Ctx() ctx: RequestContext): Promise<SupervisionRulePayload> {
    return this.answer(ctx, await this.rules.publish(ctx, input))
  }

  @Mutation(() => SupervisionRulePayload, { description: `${of.reviseSupervisionRule.description} Answers the new version.` })
  async reviseSupervisionRule(@Arg('input', () => SupervisionRuleCommandInput) input: SupervisionRuleCommandInput, @Ctx() ctx: RequestContext): Promise<SupervisionRulePayload> {
    return this.answer(ctx, await this.rules.revise(ctx, input))
  }

  @Mutation(() => SupervisionRulePayload, { description: of.repealSupervisionRule.description })
  async repealSupervisionRule(@Arg('input', () => RepealSupervisionRuleInput) input: RepealSupervisionRuleInput, @Ctx() ctx: RequestContext): Promise<SupervisionRulePayload> {
    return this.answer(ctx, await this.rules.repeal(ctx, input))
  }

  private async answer(ctx: RequestContext, id: string): Promise<SupervisionRulePayload> {
    return { supervisionRule: await ctx.read.one('SupervisionRule', id) as SupervisionRule }
  }
}

/** Labels of a value, as its enum declares them. */
function labelsOf(list: string, value: string): { labelZh: string; labelEn: string } {
  const { zh, en } = labelledLists().find(l => l.name === list)!.values[value]!
  return { labelZh: zh, labelEn: en }
}

@Resolver()
export class SupervisionModeResolver {
  @Extensions({ max: Object.keys(MODES).length })
  @Query(() => [SupervisionMode], { description: 'The modes of supervision: which kinds of bodies lead in each, and who may be their partners（监督模式）.' })
  supervisionModes(): SupervisionMode[] {
    return (Object.keys(MODES) as SupervisionModeCode[]).map(code => ({ code, ...labelsOf('SupervisionModeCode', code), ...MODES[code] }))
  }

  @Extensions({ max: Object.keys(SupervisionType).length })
  @Query(() => [SupervisionTypeDefinition], { description: 'The types of supervision, inner ones first（监督类型）.' })
  supervisionTypes(): SupervisionTypeDefinition[] {
    return (Object.keys(SupervisionType) as SupervisionType[]).map(type => ({ type, ...labelsOf('SupervisionType', type), isInner: INNER_TYPES.includes(type) }))
  }
}
