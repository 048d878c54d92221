import { Arg, Field, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql'
import type { RequestContext } from '../../core/request'
import { NodeInterface } from '../../domain/interfaces'
import type { DomainModule } from '../../domain/module'

@ObjectType({ description: 'An object that was changed, as the viewer sees it now（对象变更）.' })
export class NodeChange {
  @Field(() => ID, { description: 'Which one（对象标识）.' })
  id!: string

  @Field(() => NodeInterface, { description: 'The object as it is now（当前对象）.' })
  node!: object
}

@Resolver()
export class NodeChangeResolver {
  @Subscription(() => NodeChange, {
    nullable: true,
    subscribe: ({ args, context }) => (context as RequestContext).watch!.nodes((args as { ids: string[] }).ids),
    description: 'Tells whenever a command has changed one of these objects, with the object as it is then. Ends when the viewer sees none of them any more. Over WebSocket (graphql-transport-ws) only（对象变更订阅）.',
  })
  nodeChanged(
    @Arg('ids', () => [ID], { description: 'Objects that the viewer sees, at most 100（对象标识）.' }) _ids: string[],
    @Root() change: NodeChange,
  ): NodeChange {
    return change
  }
}

export const subscriptionsModule: DomainModule = {
  name: 'subscriptions',
  entities: [],
  types: [NodeChange],
  resolvers: [NodeChangeResolver],
  create: () => [new NodeChangeResolver()],
  reads: [],
  edges: [],
  permissions: { Subscription: { nodeChanged: 'authenticated' } },
}
