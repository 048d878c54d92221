import { Arg, Ctx, Field, FieldResolver, Mutation, ObjectType, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../../core/request'
import { AdministrativeDivision, type DivisionLoader } from '../division'
import type { UnitRelationService } from './unit-relation.service'
import { UnitRelation } from './unit-relation.types'
import { DissolveUnitInput, EditUnitInput, EndUnitRelationInput, MergeUnitInput, MoveUnitInput, RegisterUnitInput, RelateUnitsInput } from './unit.inputs'
import type { UnitService } from './unit.service'
import { unitMachine } from './unit.states'
import { Unit } from './unit.types'

@ObjectType({ description: 'The unit that a command changed（操作结果）.' })
export class UnitPayload {
  @Field(() => Unit, { nullable: true, description: 'The unit as it is now; null where the viewer manages it without reading it（单位）.' })
  unit!: Unit | null
}

@ObjectType({ description: 'The relation that a command changed（操作结果）.' })
export class UnitRelationPayload {
  @Field(() => UnitRelation, { nullable: true, description: 'The relation as it is now; null where the viewer manages it without reading it（组织关系）.' })
  unitRelation!: UnitRelation | null
}

const commands = unitMachine.commands

@Resolver(() => Unit)
export class UnitResolver {
  constructor(private readonly units: UnitService, private readonly relations: UnitRelationService, private readonly divisions: DivisionLoader) {}

  @FieldResolver(() => AdministrativeDivision, { nullable: true, description: 'The administrative division it belongs to, as it is now（行政区划）.' })
  division(@Root() unit: Unit, @Ctx() ctx: RequestContext): Promise<AdministrativeDivision | null> {
    return this.divisions.load(ctx, unit.divisionCode)
  }

  @Mutation(() => UnitPayload, { description: 'Enters a unit under its territorial parent（登记单位）.' })
  async registerUnit(@Arg('input', () => RegisterUnitInput) input: RegisterUnitInput, @Ctx() ctx: RequestContext): Promise<UnitPayload> {
    return this.unit(ctx, await this.units.register(ctx, input))
  }

  @Mutation(() => UnitPayload, { description: commands.editUnit.description })
  async editUnit(@Arg('input', () => EditUnitInput) input: EditUnitInput, @Ctx() ctx: RequestContext): Promise<UnitPayload> {
    return this.unit(ctx, await this.units.edit(ctx, input))
  }

  @Mutation(() => UnitPayload, { description: commands.moveUnit.description })
  async moveUnit(@Arg('input', () => MoveUnitInput) input: MoveUnitInput, @Ctx() ctx: RequestContext): Promise<UnitPayload> {
    return this.unit(ctx, await this.units.move(ctx, input))
  }

  @Mutation(() => UnitPayload, { description: commands.mergeUnit.description })
  async mergeUnit(@Arg('input', () => MergeUnitInput) input: MergeUnitInput, @Ctx() ctx: RequestContext): Promise<UnitPayload> {
    return this.unit(ctx, await this.units.merge(ctx, input))
  }

  @Mutation(() => UnitPayload, { description: commands.dissolveUnit.description })
  async dissolveUnit(@Arg('input', () => DissolveUnitInput) input: DissolveUnitInput, @Ctx() ctx: RequestContext): Promise<UnitPayload> {
    return this.unit(ctx, await this.units.dissolve(ctx, input))
  }

  @Mutation(() => UnitRelationPayload, { description: 'Makes a dated relation between two units（建立组织关系）.' })
  async relateUnits(@Arg('input', () => RelateUnitsInput) input: RelateUnitsInput, @Ctx() ctx: RequestContext): Promise<UnitRelationPayload> {
    return this.relation(ctx, await this.relations.relate(ctx, input))
  }

  @Mutation(() => UnitRelationPayload, { description: 'Ends a relation between two units; it stays on record（终止组织关系）.' })
  async endUnitRelation(@Arg('input', () => EndUnitRelationInput) input: EndUnitRelationInput, @Ctx() ctx: RequestContext): Promise<UnitRelationPayload> {
    return this.relation(ctx, await this.relations.end(ctx, input))
  }

  private async unit(ctx: RequestContext, id: string): Promise<UnitPayload> {
    return { unit: (await ctx.read.one('Unit', id)) as Unit | null }
  }

  private async relation(ctx: RequestContext, id: string): Promise<UnitRelationPayload> {
    return { unitRelation: (await ctx.read.one('UnitRelation', id)) as UnitRelation | null }
  }
}
