import DataLoader from 'dataloader'
import { Arg, Ctx, Extensions, Field, FieldResolver, Mutation, ObjectType, Resolver, Root } from 'type-graphql'
import { opens } from '../../core/actor'
import { notFound } from '../../core/errors'
import { rowIdOf } from '../../core/ids'
import type { RequestContext } from '../../core/request'
import type { Database } from '../../database/database'
import { NodeInterface } from '../interfaces'
import type { SupervisionFindingService } from './finding.service'
import { dismissalsOf, FINDING, outcomesOf, sourcesOf, type Dismissal, type OutcomeRow } from './finding.repository'
import { EditSupervisionFindingInput, LinkSupervisionFindingInput, RecordSupervisionFindingInput, SupervisionFindingCommandInput } from './supervision-finding.inputs'
import { supervisionFindingMachine } from './supervision-finding.states'
import { SupervisionFinding, SupervisionFindingOutcome } from './supervision-finding.types'

@ObjectType({ description: 'The finding that a command changed（操作结果）.' })
export class SupervisionFindingPayload {
  @Field(() => SupervisionFinding, { description: 'The finding as it is now（问题）.' })
  supervisionFinding: SupervisionFinding
}

const AT_ONCE = 100

@ObjectType({ description: 'The findings that were recorded（登记结果）.' })
export class RecordSupervisionFindingPayload {
  @Field(() => [SupervisionFinding], { description: 'The findings in the order of the input（问题）.' })
  @Extensions({ max: AT_ONCE })
  supervisionFindings: SupervisionFinding[]
}

const of = supervisionFindingMachine.commands
const OUTCOMES_MAX = 20

@Resolver(() => SupervisionFinding)
export class SupervisionFindingResolver {
  /** By request: what the findings of one answer lead to and come from is asked for together. */
  private readonly batches = new WeakMap<RequestContext, Batches>()

  constructor(private readonly db: Database, private readonly findings: SupervisionFindingService) {}

  @FieldResolver(() => NodeInterface, { nullable: true, description: 'The record that pointed it out, as far as the viewer may see it（来源记录）.' })
  async source(@Root() finding: NodeInterface, @Ctx() ctx: RequestContext): Promise<object | null> {
    const source = await this.batchesOf(ctx).sources.load(rowIdOf(FINDING.prefix, finding.id)!)
    return source === null ? null : ctx.read.node(source)
  }

  @Extensions({ max: OUTCOMES_MAX })
  @FieldResolver(() => [SupervisionFindingOutcome], { description: 'What follows from it; a clue only for those who may see that clue, and no state or figure tells the others of it（处理结果）.' })
  async outcomes(@Root() finding: NodeInterface, @Ctx() ctx: RequestContext): Promise<SupervisionFindingOutcome[]> {
    const rows = await this.batchesOf(ctx).outcomes.load(rowIdOf(FINDING.prefix, finding.id)!)
    const all = await Promise.all(rows.map(async o => ({ kind: o.kind, target: await ctx.read.node(`${o.target_prefix}_${o.target_id}`), linkedAt: o['created_at'] as string, settledAt: o.settled_at })))
    return all.filter(o => o.kind !== 'CLUE' || o.target !== null)
  }

  @FieldResolver(() => String, { nullable: true, description: 'Why nothing in the registers follows; for those who open the realm of clues over its unit or the body that found it（不作处理或另行处理的理由）.' })
  async dismissedReason(@Root() finding: NodeInterface, @Ctx() ctx: RequestContext): Promise<string | null> {
    const dismissed = await this.batchesOf(ctx).dismissals.load(rowIdOf(FINDING.prefix, finding.id)!)
    return dismissed && dismissed.paths.some(path => opens(ctx.actor, 'CLUES', path)) ? dismissed.reason : null
  }

  @Mutation(() => RecordSupervisionFindingPayload, { description: of.recordSupervisionFinding.description })
  async recordSupervisionFinding(@Arg('input', () => RecordSupervisionFindingInput) input: RecordSupervisionFindingInput, @Ctx() ctx: RequestContext): Promise<RecordSupervisionFindingPayload> {
    // What may be named as the source stands with the noun that it is of: whoever can read it there can name it here.
    if (input.sourceId != null && !(await ctx.read.node(input.sourceId))) throw notFound('sourceId')
    const ids = await this.findings.record(ctx, input)
    return { supervisionFindings: await ctx.read.many('SupervisionFinding', ids) as SupervisionFinding[] }
  }

  @Mutation(() => SupervisionFindingPayload, { description: of.editSupervisionFinding.description })
  async editSupervisionFinding(@Arg('input', () => EditSupervisionFindingInput) input: EditSupervisionFindingInput, @Ctx() ctx: RequestContext): Promise<SupervisionFindingPayload> {
    return this.answer(ctx, await this.findings.edit(ctx, input))
  }

  @Mutation(() => SupervisionFindingPayload, { description: of.linkSupervisionFinding.description })
  async linkSupervisionFinding(@Arg('input', () => LinkSupervisionFindingInput) input: LinkSupervisionFindingInput, @Ctx() ctx: RequestContext): Promise<SupervisionFindingPayload> {
    return this.answer(ctx, await this.findings.link(ctx, input))
  }

  @Mutation(() => SupervisionFindingPayload, { description: of.unlinkSupervisionFinding.description })
  async unlinkSupervisionFinding(@Arg('input', () => LinkSupervisionFindingInput) input: LinkSupervisionFindingInput, @Ctx() ctx: RequestContext): Promise<SupervisionFindingPayload> {
    return this.answer(ctx, await this.findings.unlink(ctx, input))
  }

  @Mutation(() => SupervisionFindingPayload, { description: of.dismissSupervisionFinding.description })
  async dismissSupervisionFinding(@Arg('input', () => SupervisionFindingCommandInput) input: SupervisionFindingCommandInput, @Ctx() ctx: RequestContext): Promise<SupervisionFindingPayload> {
    return this.answer(ctx, await this.findings.dismiss(ctx, input))
  }

  @Mutation(() => SupervisionFindingPayload, { description: of.reopenSupervisionFinding.description })
  async reopenSupervisionFinding(@Arg('input', () => SupervisionFindingCommandInput) input: SupervisionFindingCommandInput, @Ctx() ctx: RequestContext): Promise<SupervisionFindingPayload> {
    return this.answer(ctx, await this.findings.reopen(ctx, input))
  }

  @Mutation(() => SupervisionFindingPayload, { description: of.withdrawSupervisionFinding.description })
  async withdrawSupervisionFinding(@Arg('input', () => SupervisionFindingCommandInput) input: SupervisionFindingCommandInput, @Ctx() ctx: RequestContext): Promise<SupervisionFindingPayload> {
    return this.answer(ctx, await this.findings.withdraw(ctx, input))
  }

  private async answer(ctx: RequestContext, id: string): Promise<SupervisionFindingPayload> {
    return { supervisionFinding: await ctx.read.one('SupervisionFinding', id) as SupervisionFinding }
  }

  private batchesOf(ctx: RequestContext): Batches {
    let batches = this.batches.get(ctx)
    if (!batches) this.batches.set(ctx, (batches = { outcomes: this.outcomesLoader(), sources: this.sourcesLoader(), dismissals: this.dismissalsLoader() }))
    return batches
  }

  private outcomesLoader(): Batches['outcomes'] {
    return new DataLoader(async ids => {
      const rows = await outcomesOf(this.db, ids)
      return ids.map(id => rows.filter(r => r.finding_id === id).slice(0, OUTCOMES_MAX))
    }, { cache: false })
  }

  private dismissalsLoader(): Batches['dismissals'] {
    return new DataLoader(async ids => {
      const rows = new Map((await dismissalsOf(this.db, ids)).map(r => [r.id, r]))
      return ids.map(id => rows.get(id) ?? null)
    }, { cache: false })
  }

  private sourcesLoader(): Batches['sources'] {
    return new DataLoader(async ids => {
      const rows = new Map((await sourcesOf(this.db, ids)).map(r => [r.id, `${r.source_prefix}_${r.source_id}`]))
      return ids.map(id => rows.get(id) ?? null)
    }, { cache: false })
  }
}

interface Batches { readonly outcomes: DataLoader<string, OutcomeRow[]>; readonly sources: DataLoader<string, string | null>; readonly dismissals: DataLoader<string, Dismissal | null> }
