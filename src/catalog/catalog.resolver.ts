import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import type { RequestContext } from '../core/request'
import type { ResponsibilityList } from '../domain/responsibility'
import type { Unit } from '../domain/unit'
import type { AdoptionService } from './adoption.service'
import { AdoptCatalogInput } from './catalog.inputs'
import { AdoptCatalogPayload, type CatalogRelease } from './catalog.types'

@Resolver()
export class CatalogResolver {
  constructor(private readonly adoption: AdoptionService) {}

  @Mutation(() => AdoptCatalogPayload, {
    description: 'Copies the content of a catalog into the registers of a unit: posts, powers (PROPOSED), flows (DRAFT), risk points (IDENTIFIED) and controls (DESIGNED), and duties, focuses and powers onto its draft lists of the year. From there the unit works with its own commands. Adopting twice changes nothing（采用目录）.',
  })
  async adoptCatalog(@Arg('input', () => AdoptCatalogInput) input: AdoptCatalogInput, @Ctx() ctx: RequestContext): Promise<AdoptCatalogPayload> {
    const { unitId, releaseId, listIds, ...told } = await this.adoption.adopt(ctx, input)
    const [unit, release, lists] = await Promise.all([ctx.read.one('Unit', unitId), ctx.read.one('CatalogRelease', releaseId), ctx.read.many('ResponsibilityList', listIds)])
    return { ...told, unit: unit as Unit | null, release: release as CatalogRelease, responsibilityLists: lists.filter(l => l !== null) as ResponsibilityList[] }
  }
}
