import { Ctx, FieldResolver, Query, Resolver } from 'type-graphql'
import { ROLES } from '../../core/actor'
import type { RequestContext } from '../../core/request'
import { ROLE_DESCRIPTIONS } from '../../auth/roles'
import type { Database } from '../../database/database'
import type { GrantEdge, Role } from '../../domain/grant'
import { heldGrants, scopeUnitIds } from './viewer.repository'
import { HeldGrant, HeldRole, Viewer } from './viewer.types'

@Resolver(() => Viewer)
export class ViewerResolver {
  constructor(private readonly db: Database) {}

  @Query(() => Viewer, { nullable: true, description: 'Who is asking; null without a token（当前用户）.' })
  viewer(@Ctx() ctx: RequestContext): Partial<Viewer> | null {
    return ctx.actor.ref === 'anonymous' ? null : { ref: ctx.actor.ref }
  }

  @FieldResolver()
  async person(@Ctx() ctx: RequestContext): Promise<object | null> {
    return ctx.actor.personId === null ? null : ctx.read.one('Person', ctx.actor.personId)
  }

  @FieldResolver()
  roles(@Ctx() ctx: RequestContext): HeldRole[] {
    const held = new Set(ctx.actor.roles.map(r => r.role))
    return ROLES.filter(role => held.has(role)).map(role => ({ role, labelZh: ROLE_DESCRIPTIONS[role].zh, labelEn: ROLE_DESCRIPTIONS[role].en }))
  }

  @FieldResolver()
  async grants(@Ctx() ctx: RequestContext): Promise<HeldGrant[]> {
    const rows = await heldGrants(this.db, ctx.actor)
    const units = await ctx.read.many('Unit', rows.map(r => r.unit_id))
    return rows.map((r, i) => ({
      role: r.role as Role, edge: r.edge as GrantEdge, unitNameZh: r.name_zh, unit: units[i] ?? null, validFrom: r.valid_from, validTo: r.valid_to,
    }))
  }

  @FieldResolver()
  async scope(@Ctx() ctx: RequestContext): Promise<object[]> {
    const units = await ctx.read.many('Unit', await scopeUnitIds(this.db, ctx.actor))
    return units.filter(u => u !== null)
  }
}
