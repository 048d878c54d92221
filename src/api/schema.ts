import type { GraphQLObjectType, GraphQLSchema } from 'graphql'
import { buildSchemaSync, getMetadataStorage, type PubSub } from 'type-graphql'
import { AppError } from '../core/errors'
import type { PermissionMap } from '../core/permission'
import type { Database } from '../database/database'
import { declaredChains } from '../domain/approval'
import type { Class, DomainModule } from '../domain/module'
import { DateTime } from '../domain/scalars'
import { checkInput } from './check-input'
import { declareCommands } from './command-resolvers'
import { describeCommands } from './declared-commands'
import { declareCosts } from './declared-costs'
import { ErrorExtensions, ErrorViolation } from './error-types'
import { operationsModule } from './operations'
import { gatherPermissions, guardEdges } from './permissions'
import { buildReadableSchema, type ReadableSchema } from './reading'
import { applyShield } from './shield'
import { withUnavailable, type UnavailablePart, type WithUnavailable } from './unavailable'
import { checkRoles, rolesModule } from './roles'
import { subscriptionsModule } from './subscriptions'
import { viewerModule } from './viewer'
import { vocabularyModule } from './vocabulary'

/** Modules of the API's own; they are part of every schema. */
export const apiModules: readonly DomainModule[] = [viewerModule, vocabularyModule, rolesModule, operationsModule, subscriptionsModule]

export interface ApiSchema {
  /** What clients see and the executor runs: shielded. */
  readonly schema: GraphQLSchema
  readonly model: ReadableSchema['model']
  readonly permissions: PermissionMap
  /** Plugins that do not run and whose last part no longer fits. */
  readonly unfit: WithUnavailable['unfit']
}

/**
 * The whole schema of some modules: type-graphql's part, what follows from the read declarations, and one shield over all of it. Without
 * a database it can be printed but not asked. Once per process: type-graphql keeps its metadata globally.
 * `unavailable`: what plugins that do not run brought when they last did.
 */
export function buildSchema(domain: readonly DomainModule[], db: Database | null, unavailable: readonly UnavailablePart[] = []): ApiSchema {
  const modules = [...apiModules, ...domain]
  const { base, written } = buildBase(modules, db)
  const reads = guardEdges(modules.flatMap(m => m.reads), modules.flatMap(m => m.edges))
  const { schema, model } = buildReadableSchema({ base, ...reads, written })
  const kept = withUnavailable(schema, unavailable)
  describeCommands(kept.schema, reads.nouns)
  declareCosts(kept.schema, written)
  const permissions = gatherPermissions(kept.schema, modules, kept.permissions)
  // What only says that it is not available changes nothing for anybody.
  checkRoles({ permissions: without(permissions, kept.permissions), nouns: reads.nouns, chains: declaredChains() })
  return { schema: applyShield(kept.schema, permissions), model, permissions, unfit: kept.unfit }
}

/** Does somebody answer this field by hand? */
type Written = (type: string, field: string) => boolean

const without = (all: PermissionMap, some: PermissionMap): PermissionMap =>
  Object.fromEntries(Object.entries(all).map(([type, fields]) => [type, Object.fromEntries(Object.entries(fields).filter(([field]) => !some[type]?.[field]))]))

function buildBase(modules: readonly DomainModule[], db: Database | null): { base: GraphQLSchema; written: Written } {
  const resolvers = modules.flatMap(m => m.resolvers) as unknown as [Class, ...Class[]]
  const instances = new Map<Class, object>((db ? modules.flatMap(m => m.create(db)) : []).map(i => [i.constructor as Class, i]))
  const missing = db ? resolvers.filter(r => !instances.has(r)) : []
  if (missing.length) throw new Error(`No instance was created of these resolvers: ${missing.map(r => r.name).join(', ')}`)
  const base = buildSchemaSync({
    resolvers,
    orphanedTypes: [...modules.flatMap(m => m.types), ErrorExtensions, ErrorViolation],
    scalarsMap: [{ type: Date, scalar: DateTime }],
    // What comes of it is checked with the generated part, in buildReadableSchema.
    skipCheck: true,
    validateFn: checkInput,
    pubSub: NO_TOPICS,
    container: { get: someClass => instances.get(someClass as Class) ?? notWired(someClass.name) },
  })
  const describe = (type: GraphQLObjectType | null | undefined, description: string): void => { if (type) type.description = description }
  describe(base.getQueryType(), 'Everything that can be read（查询入口）.')
  describe(base.getMutationType(), 'Every command: named, atomic, audited（操作入口）.')
  describe(base.getSubscriptionType(), 'What can be watched（订阅入口）.')
  const byHand = writtenFields(modules)
  const written: Written = (type, field) => byHand.has(`${type}.${field}`)
  declareCommands(base, instances, written)
  return { base, written }
}

/** Subscription fields name their source themselves (`subscribe`): type-graphql's own topics know neither instances nor rights. */
const NO_TOPICS: PubSub = {
  publish: () => undefined,
  subscribe: topic => { throw new Error(`A subscription listens to ${topic}: it must name its source instead.`) },
}

function notWired(name: string): never {
  throw new AppError('INTERNAL', `There is no instance of ${name}.`)
}

/** Fields that somebody answers by hand: queries, mutations, subscriptions and field resolvers of these modules. */
function writtenFields(modules: readonly DomainModule[]): Set<string> {
  const storage = getMetadataStorage()
  const ours = new Set<unknown>(modules.flatMap(m => m.resolvers))
  const roots = [['Query', storage.queries], ['Mutation', storage.mutations], ['Subscription', storage.subscriptions]] as const
  const written = new Set(roots.flatMap(([type, fields]) => fields.filter(f => ours.has(f.target)).map(f => `${type}.${f.schemaName}`)))
  const types = [...storage.objectTypes, ...storage.interfaceTypes]
  for (const f of storage.fieldResolvers) {
    if (f.kind !== 'internal' && !ours.has(f.target)) continue
    const target = f.getObjectType?.()
    const owner = types.find(t => t.target === target)
    if (!owner) continue
    written.add(`${owner.name}.${f.schemaName}`)
    for (const t of storage.objectTypes) if (t.interfaceClasses?.some(i => i === target)) written.add(`${t.name}.${f.schemaName}`)
  }
  return written
}
