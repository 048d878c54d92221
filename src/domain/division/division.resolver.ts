import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../../core/request'
import type { DivisionLoader } from './division.loader'
import { AdministrativeDivision } from './division.types'

@Resolver(() => AdministrativeDivision)
export class DivisionResolver {
  constructor(private readonly divisions: DivisionLoader) {}

  @FieldResolver(() => AdministrativeDivision, { nullable: true, description: 'The division above it, as it is now（上级区划）.' })
  parent(@Root() division: AdministrativeDivision, @Ctx() ctx: RequestContext): Promise<AdministrativeDivision | null> {
    return this.divisions.load(ctx, division.parentCode)
  }
}
