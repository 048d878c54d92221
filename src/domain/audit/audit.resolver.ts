import type { GraphQLResolveInfo } from 'graphql'
import { FieldResolver, Info, Resolver, Root } from 'type-graphql'
import { AuditRecord } from './audit.types'

@Resolver(() => AuditRecord)
export class AuditResolver {
  @FieldResolver()
  commandDescription(@Root() { command }: AuditRecord, @Info() { schema }: GraphQLResolveInfo): string | null {
    return schema.getMutationType()?.getFields()[command]?.description ?? null
  }
}
