import DataLoader from 'dataloader'
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../../core/request'
import { HASH_ALGORITHM } from '../../database/content-hash'
import type { Database } from '../../database/database'
import { decisionsOnEach, type Rows } from './approval.repository'
import { ApprovalChain, ApprovalChainStep, ApprovalRecord } from './approval.types'
import { contentChanged, hindrance, isComplete, stateOf, type ChainStep, type ChainSubject, type Standing } from './chain'

/** A subject as it is now, with the hash of its content; null while there is no whole content. */
export interface Submission {
  readonly subject: ChainSubject
  readonly hash: string | null
}
/** How a noun finds its rows' submissions, many at once and in the order of the ids. The rows were seen: no scope is asked again. */
export type Submissions = (q: Rows, ids: readonly string[]) => Promise<Submission[]>

/** Answers `approvalChain` of a noun: few statements for all rows of a request, none when nobody asks. */
export class ApprovalChains {
  private readonly loaders = new WeakMap<RequestContext, DataLoader<string, Standing>>()

  constructor(private readonly db: Database, private readonly submissions: Submissions) {}

  async of(ctx: RequestContext, rowId: string): Promise<ApprovalChain> {
    let loader = this.loaders.get(ctx)
    if (!loader) this.loaders.set(ctx, loader = new DataLoader(ids => this.load(ids), { cache: false }))
    return shown(await loader.load(rowId), ctx)
  }

  private async load(ids: readonly string[]): Promise<Standing[]> {
    const once = [...new Set(ids)]
    const [submissions, decisions] = await Promise.all([this.submissions(this.db, once), decisionsOnEach(this.db, once)])
    const standing = new Map(submissions.map(s => [s.subject.id, { ...s, decisions: decisions.get(s.subject.id)! }]))
    return ids.map(id => standing.get(id)!)
  }
}

function shown(standing: Standing, ctx: RequestContext): ApprovalChain {
  const { subject: { chain }, hash } = standing
  return {
    name: chain.name, inOrder: chain.order === 'IN_ORDER', isComplete: isComplete(standing), contentHash: hash, hashAlgorithm: HASH_ALGORITHM,
    steps: chain.steps.map(step => shownStep(standing, step, ctx)),
  }
}

function shownStep(standing: Standing, step: ChainStep, { actor }: RequestContext): ApprovalChainStep {
  const { label, commands, ...declared } = step
  const viewerHindrance = hindrance(standing, step, actor)
  return {
    ...declared, labelZh: label.zh, labelEn: label.en, commands: Object.values(commands), state: stateOf(standing, step),
    decisionId: standing.decisions.get(step.step)?.id ?? null, contentChanged: contentChanged(standing, step),
    viewerMayDecide: viewerHindrance === null, viewerHindrance,
  }
}

@Resolver(() => ApprovalChainStep)
export class ApprovalChainStepResolver {
  @FieldResolver(() => ApprovalRecord)
  decision(@Root() { decisionId }: ApprovalChainStep, @Ctx() ctx: RequestContext): Promise<object | null> | null {
    return decisionId === null ? null : ctx.read.one('ApprovalRecord', decisionId)
  }
}
