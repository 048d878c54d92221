import { Arg, Ctx, Field, FieldResolver, Mutation, ObjectType, Resolver, Root } from 'type-graphql'
import { today } from '../../core/day'
import { rowIdOf } from '../../core/ids'
import type { RequestContext } from '../../core/request'
import type { Database } from '../../database/database'
import { APPROVAL_CHAIN, ApprovalChain, ApprovalChains } from '../approval'
import { NodeInterface } from '../interfaces'
import { loopMachine } from './accountability-cycle.states'
import { DutyItemService } from './duty-item.service'
import { SETTLED_STATES, dutyItemMachine } from './duty-item.states'
import { DutyProgressService } from './duty-progress.service'
import { JointPublicationService } from './joint-publication.service'
import { cycleSubmissions, listSubmissions } from './publication-set'
import { loadListChanges } from './list-changes'
import { loadQualityFindings } from './quality-findings'
import {
  AddDutyItemInput, ConfirmJointPublicationInput, DraftResponsibilityListInput, DutyItemCommandInput, EditDutyItemInput, ListCommandInput, SetListPowersInput,
} from './responsibility.inputs'
import { AccountabilityCycle, DutyItem, ListChanges, QualityFinding, ResponsibilityList } from './responsibility.types'
import { ResponsibilityListService } from './responsibility-list.service'
import { mainListMachine, powerRiskListMachine } from './responsibility-list.states'

@ObjectType({ description: 'The list that a command changed（操作结果）.' })
export class ResponsibilityListPayload {
  @Field(() => ResponsibilityList, { description: 'The list as it is now（清单）.' })
  responsibilityList: ResponsibilityList
}

@ObjectType({ description: 'The duty item that a command changed（操作结果）.' })
export class DutyItemPayload {
  @Field(() => DutyItem, { description: 'The item as it is now（责任事项）.' })
  dutyItem: DutyItem
}

@ObjectType({ description: 'The unit-year that a command changed（操作结果）.' })
export class AccountabilityCyclePayload {
  @Field(() => AccountabilityCycle, { description: 'The unit-year as it is now; IN_FORCE once both sides have confirmed（四责协同年度）.' })
  accountabilityCycle: AccountabilityCycle
}

const of = { ...mainListMachine.commands, ...powerRiskListMachine.commands }
const duties = dutyItemMachine.commands

@Resolver(() => ResponsibilityList)
export class ResponsibilityListResolver {
  private readonly chains: ApprovalChains

  constructor(private readonly db: Database, private readonly lists: ResponsibilityListService) {
    this.chains = new ApprovalChains(db, listSubmissions)
  }

  @FieldResolver(() => ApprovalChain, { description: APPROVAL_CHAIN })
  approvalChain(@Root() list: NodeInterface, @Ctx() ctx: RequestContext): Promise<ApprovalChain> {
    return this.chains.of(ctx, rowIdOf('list', list.id)!)
  }

  @FieldResolver(() => [QualityFinding], { description: 'What is not as it should be, without blocking anything: a focus that looks at nothing (INV-16), a responsible person who has left the post（质量提示）.' })
  qualityFindings(@Root() list: NodeInterface, @Ctx() ctx: RequestContext): Promise<QualityFinding[]> {
    return loadQualityFindings(this.db, ctx, rowIdOf('list', list.id)!)
  }

  @FieldResolver(() => ListChanges, { nullable: true, description: 'What it changed against the version that it replaces; null for a first version（较上一版本的变化）.' })
  changes(@Root() list: NodeInterface, @Ctx() ctx: RequestContext): Promise<ListChanges | null> {
    return loadListChanges(this.db, ctx, rowIdOf('list', list.id)!)
  }

  @Mutation(() => ResponsibilityListPayload, { description: 'Begins one of the three lists of a unit for a year, and with the first of them the unit-year（起草清单）.' })
  async draftResponsibilityList(@Arg('input', () => DraftResponsibilityListInput) input: DraftResponsibilityListInput, @Ctx() ctx: RequestContext): Promise<ResponsibilityListPayload> {
    return this.answer(ctx, await this.lists.draft(ctx, input))
  }

  @Mutation(() => ResponsibilityListPayload, { description: of.setListPowers.description })
  async setListPowers(@Arg('input', () => SetListPowersInput) input: SetListPowersInput, @Ctx() ctx: RequestContext): Promise<ResponsibilityListPayload> {
    return this.answer(ctx, await this.lists.setPowers(ctx, input))
  }

  @Mutation(() => ResponsibilityListPayload, { description: of.submitResponsibilityList.description })
  async submitResponsibilityList(@Arg('input', () => ListCommandInput) input: ListCommandInput, @Ctx() ctx: RequestContext): Promise<ResponsibilityListPayload> {
    return this.answer(ctx, await this.lists.submit(ctx, input))
  }

  @Mutation(() => ResponsibilityListPayload, { description: of.approveResponsibilityList.description })
  async approveResponsibilityList(@Arg('input', () => ListCommandInput) input: ListCommandInput, @Ctx() ctx: RequestContext): Promise<ResponsibilityListPayload> {
    return this.answer(ctx, await this.lists.approve(ctx, input))
  }

  @Mutation(() => ResponsibilityListPayload, { description: of.returnResponsibilityList.description })
  async returnResponsibilityList(@Arg('input', () => ListCommandInput) input: ListCommandInput, @Ctx() ctx: RequestContext): Promise<ResponsibilityListPayload> {
    return this.answer(ctx, await this.lists.return(ctx, input))
  }

  @Mutation(() => ResponsibilityListPayload, { description: of.reopenResponsibilityList.description })
  async reopenResponsibilityList(@Arg('input', () => ListCommandInput) input: ListCommandInput, @Ctx() ctx: RequestContext): Promise<ResponsibilityListPayload> {
    return this.answer(ctx, await this.lists.reopen(ctx, input))
  }

  @Mutation(() => ResponsibilityListPayload, { description: of.withdrawResponsibilityList.description })
  async withdrawResponsibilityList(@Arg('input', () => ListCommandInput) input: ListCommandInput, @Ctx() ctx: RequestContext): Promise<ResponsibilityListPayload> {
    return this.answer(ctx, await this.lists.withdraw(ctx, input))
  }

  @Mutation(() => ResponsibilityListPayload, { description: `${of.reviseResponsibilityList.description} Answers the new version.` })
  async reviseResponsibilityList(@Arg('input', () => ListCommandInput) input: ListCommandInput, @Ctx() ctx: RequestContext): Promise<ResponsibilityListPayload> {
    return this.answer(ctx, await this.lists.revise(ctx, input))
  }

  private async answer(ctx: RequestContext, id: string): Promise<ResponsibilityListPayload> {
    return { responsibilityList: await ctx.read.one('ResponsibilityList', id) as ResponsibilityList }
  }
}

@Resolver(() => DutyItem)
export class DutyItemResolver {
  constructor(private readonly items: DutyItemService, private readonly progress: DutyProgressService) {}

  @FieldResolver(() => Boolean, { description: 'Its due date has passed and it is neither declared done nor verified nor waived（是否逾期）.' })
  isOverdue(@Root() item: Pick<DutyItem, 'dueOn' | 'state'>): boolean {
    return item.dueOn !== null && item.dueOn < today() && !SETTLED_STATES.includes(item.state)
  }

  @Mutation(() => DutyItemPayload, { description: of.addDutyItem.description })
  async addDutyItem(@Arg('input', () => AddDutyItemInput) input: AddDutyItemInput, @Ctx() ctx: RequestContext): Promise<DutyItemPayload> {
    return this.answer(ctx, await this.items.add(ctx, input))
  }

  @Mutation(() => DutyItemPayload, { description: of.editDutyItem.description })
  async editDutyItem(@Arg('input', () => EditDutyItemInput) input: EditDutyItemInput, @Ctx() ctx: RequestContext): Promise<DutyItemPayload> {
    return this.answer(ctx, await this.items.edit(ctx, input))
  }

  @Mutation(() => ResponsibilityListPayload, { description: `${of.removeDutyItem.description} Answers the list.` })
  async removeDutyItem(@Arg('input', () => DutyItemCommandInput) input: DutyItemCommandInput, @Ctx() ctx: RequestContext): Promise<ResponsibilityListPayload> {
    return { responsibilityList: await ctx.read.one('ResponsibilityList', await this.items.remove(ctx, input)) as ResponsibilityList }
  }

  @Mutation(() => DutyItemPayload, { description: duties.startDutyItem.description })
  async startDutyItem(@Arg('input', () => DutyItemCommandInput) input: DutyItemCommandInput, @Ctx() ctx: RequestContext): Promise<DutyItemPayload> {
    return this.answer(ctx, await this.progress.start(ctx, input))
  }

  @Mutation(() => DutyItemPayload, { description: duties.claimDutyItemDone.description })
  async claimDutyItemDone(@Arg('input', () => DutyItemCommandInput) input: DutyItemCommandInput, @Ctx() ctx: RequestContext): Promise<DutyItemPayload> {
    return this.answer(ctx, await this.progress.claimDone(ctx, input))
  }

  @Mutation(() => DutyItemPayload, { description: duties.verifyDutyItem.description })
  async verifyDutyItem(@Arg('input', () => DutyItemCommandInput) input: DutyItemCommandInput, @Ctx() ctx: RequestContext): Promise<DutyItemPayload> {
    return this.answer(ctx, await this.progress.verify(ctx, input))
  }

  @Mutation(() => DutyItemPayload, { description: duties.returnDutyItem.description })
  async returnDutyItem(@Arg('input', () => DutyItemCommandInput) input: DutyItemCommandInput, @Ctx() ctx: RequestContext): Promise<DutyItemPayload> {
    return this.answer(ctx, await this.progress.return(ctx, input))
  }

  @Mutation(() => DutyItemPayload, { description: duties.waiveDutyItem.description })
  async waiveDutyItem(@Arg('input', () => DutyItemCommandInput) input: DutyItemCommandInput, @Ctx() ctx: RequestContext): Promise<DutyItemPayload> {
    return this.answer(ctx, await this.progress.waive(ctx, input))
  }

  private async answer(ctx: RequestContext, id: string): Promise<DutyItemPayload> {
    return { dutyItem: await ctx.read.one('DutyItem', id) as DutyItem }
  }
}

@Resolver(() => AccountabilityCycle)
export class AccountabilityCycleResolver {
  private readonly chains: ApprovalChains

  constructor(db: Database, private readonly publication: JointPublicationService) {
    this.chains = new ApprovalChains(db, cycleSubmissions)
  }

  @FieldResolver(() => ApprovalChain, { description: APPROVAL_CHAIN })
  approvalChain(@Root() cycle: NodeInterface, @Ctx() ctx: RequestContext): Promise<ApprovalChain> {
    return this.chains.of(ctx, rowIdOf('cycle', cycle.id)!)
  }

  @Mutation(() => AccountabilityCyclePayload, { description: loopMachine.commands.confirmJointPublication.description })
  async confirmJointPublication(@Arg('input', () => ConfirmJointPublicationInput) input: ConfirmJointPublicationInput, @Ctx() ctx: RequestContext): Promise<AccountabilityCyclePayload> {
    return { accountabilityCycle: await ctx.read.one('AccountabilityCycle', await this.publication.confirm(ctx, input)) as AccountabilityCycle }
  }
}
