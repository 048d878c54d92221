import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Extensions, Info, Query, Resolver } from 'type-graphql'
import { ROLE_DESCRIPTIONS } from '../../auth/roles'
import { ROLES, type Role as RoleName } from '../../core/actor'
import type { Permission } from '../../core/permission'
import { Role } from '../../domain/grant'
import { opens } from './check'
import { RoleDefinition } from './roles.types'

@Resolver()
export class RolesResolver {
  @Extensions({ max: ROLES.length })
  @Query(() => [RoleDefinition], { description: 'The roles: what each is for, what it never does, and which commands it opens（角色说明）.' })
  roles(
    @Info() info: GraphQLResolveInfo,
    @Arg('only', () => [Role], { nullable: true, description: 'These roles only（角色）.' }) only?: readonly RoleName[] | null,
  ): RoleDefinition[] {
    const commands = Object.values(info.schema.getMutationType()?.getFields() ?? {})
    const opened = (role: RoleName): string[] => commands.filter(f => opens(f.extensions['permission'] as Permission, role)).map(f => f.name).sort()
    return ROLES.filter(role => !only || only.includes(role)).map(role => {
      const { zh, en, may, never } = ROLE_DESCRIPTIONS[role]
      return {
        role, labelZh: zh, labelEn: en, mayZh: may.zh, mayEn: may.en, commands: opened(role),
        never: never.map(n => ({ textZh: n.zh, textEn: n.en, kind: n.by?.kind ?? null })),
      }
    })
  }
}
