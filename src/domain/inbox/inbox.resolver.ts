import { Arg, Ctx, Extensions, FieldResolver, Int, Query, Resolver, Root, Subscription } from 'type-graphql'
import { holds, type Actor, type Role } from '../../core/actor'
import { permits } from '../../core/permission'
import type { RequestContext } from '../../core/request'
import type { InboxService, Item, Page } from './inbox.service'
import type { InboxSource } from './inbox.sources'
import { InboxChange, InboxFilter, InboxItem, InboxItemConnection, InboxOrder, InboxSummary } from './inbox.types'

/** `<role> <path of the unit>`; nothing: anybody's. */
const isNewsFor = (news: string, actor: Actor): boolean => {
  const [role, path] = news.split(' ')
  return !role || !path || holds(actor, [role as Role], path)
}

@Resolver(() => InboxItem)
export class InboxResolver {
  constructor(private readonly inbox: InboxService, private readonly sources: ReadonlyMap<string, InboxSource>) {}

  @Query(() => InboxItemConnection, { description: 'What waits for the viewer, by each role on the units where they hold it; nothing that four eyes keep from them. Earliest due first（我的待办）.' })
  @Extensions({ cost: 5 })
  inboxItems(
    @Ctx() ctx: RequestContext,
    @Arg('first', () => Int, { nullable: true, description: 'How many, 1 to 100; 20 when absent（条数）.' }) first?: number | null,
    @Arg('after', () => String, { nullable: true, description: 'Cursor after which the page begins（起始游标）.' }) after?: string | null,
    @Arg('filter', () => InboxFilter, { nullable: true, description: 'What is shown（筛选）.' }) filter?: InboxFilter | null,
    @Arg('orderBy', () => InboxOrder, { nullable: true, description: 'In which order; by due date when absent（排序）.' }) orderBy?: InboxOrder | null,
  ): Promise<Page> {
    return this.inbox.page(ctx, { first: first ?? null, after: after ?? null, filter: filter ?? null, orderBy: orderBy ?? null })
  }

  @Query(() => InboxSummary, { description: 'How much waits for the viewer: in all, overdue, came back, by type（待办统计）.' })
  @Extensions({ cost: 20 })
  inboxSummary(@Ctx() ctx: RequestContext): Promise<InboxSummary> {
    return this.inbox.summary(ctx)
  }

  @Subscription(() => InboxChange, {
    nullable: true,
    subscribe: ({ context }) => (context as RequestContext).watch!.topic('inbox', isNewsFor),
    description: 'Tells whenever something came into the viewer’s inbox, left it, is soon due or overdue, or their rights changed; over WebSocket (graphql-transport-ws) only（待办变更订阅）.',
  })
  inboxChanged(): object {
    return {}
  }

  /** A thing of a closed realm is read, and its reading logged, like on every other way to it. */
  @FieldResolver()
  async subject(@Root() item: Item, @Ctx() ctx: RequestContext): Promise<object | null> {
    const source = this.sources.get(item.subjectType)
    return source && permits(source.permission, ctx.actor) ? ctx.read.one(item.subjectType, item.subjectId) : null
  }

  @FieldResolver()
  unit(@Root() item: Item, @Ctx() ctx: RequestContext): Promise<object | null> {
    return ctx.read.one('Unit', item.unitId)
  }
}

@Resolver(() => InboxItemConnection)
export class InboxItemConnectionResolver {
  constructor(private readonly inbox: InboxService) {}

  @FieldResolver()
  nodes(@Root() page: Page): Item[] {
    return page.edges.map(e => e.node)
  }

  @FieldResolver()
  pageInfo(@Root() { edges, hasNextPage, hasPreviousPage }: Page): object {
    return { hasNextPage, hasPreviousPage, startCursor: edges[0]?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null }
  }

  @FieldResolver()
  totalCount(@Root() page: Page, @Ctx() ctx: RequestContext): Promise<number> {
    return this.inbox.count(ctx, page.query)
  }
}

@Resolver(() => InboxChange)
export class InboxChangeResolver {
  constructor(private readonly inbox: InboxService) {}

  @FieldResolver()
  summary(@Ctx() ctx: RequestContext): Promise<InboxSummary> {
    return this.inbox.summary(ctx)
  }
}
