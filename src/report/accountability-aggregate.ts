import { Args, Ctx, Query, Resolver } from 'type-graphql'
import { rowIdOf } from '../core/ids'
import type { RequestContext } from '../core/request'
import type { Database } from '../database/database'
import { FormOfDiscipline, SanctionKind } from '../domain/accountability'
import { Responsibility } from '../domain/responsibility'
import { countDecisions, type CountedDecisions } from './accountability-aggregate.sql'
import { AccountabilityAggregate, AccountabilityAggregateArgs, AccountabilityDimension, UnitLevel, type AccountabilityGroup } from './accountability-aggregate.types'
import type { PeopleCount } from './appointment-aggregate.types'
import { leastCell } from './cell-size'
import { withheld, type Line } from './suppression'

const VALUES: Readonly<Record<AccountabilityDimension, readonly string[]>> = {
  KIND: Object.keys(SanctionKind), FORM: Object.keys(FormOfDiscipline), RESPONSIBILITY: [...Object.keys(Responsibility), ''], UNIT_LEVEL: Object.keys(UnitLevel),
}
const cellId = ({ dimension, value }: Pick<CountedDecisions, 'dimension' | 'value'>): string => `${dimension ?? ''}|${value ?? ''}`
const ALL = cellId({ dimension: null, value: null })

/** What is withheld is decided on all dimensions together, whichever was asked for: they share their total. */
@Resolver()
export class AccountabilityAggregateResolver {
  constructor(private readonly db: Database) {}

  @Query(() => AccountabilityAggregate, { nullable: true, description: 'Counts decisions on accountability that stand, at and below a unit or wherever the viewer sees, by one dimension; figures that would tell of few people are withheld. Null where the unit may not be seen（问责统计）.' })
  async accountabilityAggregate(@Args(() => AccountabilityAggregateArgs) { unitId, groupBy }: AccountabilityAggregateArgs, @Ctx() { actor }: RequestContext): Promise<AccountabilityAggregate | null> {
    const rowId = unitId == null ? null : rowIdOf('unit', unitId)
    const counted = unitId != null && rowId === null ? null : await countDecisions(this.db, actor, rowId)
    if (!counted) return null
    const least = leastCell(this.db, 'accountabilityAggregate')
    const { cells } = counted
    const hidden = withheld(cells.map(c => ({ id: cellId(c), value: c.n, small: c.people < least })), linesOf(cells), least)
    const told = (c: CountedDecisions): PeopleCount => (hidden.has(cellId(c)) ? { value: null, nullReason: 'SUPPRESSED' } : { value: c.n, nullReason: null })
    const all = cells.find(c => cellId(c) === ALL)
    const place = (c: CountedDecisions): number => VALUES[groupBy].indexOf(c.value!)
    return {
      groups: cells.filter(c => c.dimension === groupBy).sort((a, b) => place(a) - place(b)).map((c): AccountabilityGroup => ({ ...keyOf(c), decisions: told(c) })),
      totals: all ? told(all) : { value: 0, nullReason: null }, unitDecisions: counted.units, minimumCell: least, asOf: counted.as_of,
    }
  }
}

const keyOf = ({ dimension, value }: CountedDecisions): Omit<AccountabilityGroup, 'decisions'> => ({
  kind: (dimension === 'KIND' ? value : null) as SanctionKind | null, form: (dimension === 'FORM' ? value : null) as FormOfDiscipline | null,
  responsibility: (dimension === 'RESPONSIBILITY' ? value || null : null) as Responsibility | null, unitLevel: (dimension === 'UNIT_LEVEL' ? value : null) as UnitLevel | null,
})

const linesOf = (cells: readonly CountedDecisions[]): Line[] => (Object.keys(AccountabilityDimension) as AccountabilityDimension[])
  .map(dimension => ({ total: ALL, parts: cells.filter(c => c.dimension === dimension).map(cellId) })).filter(l => l.parts.length > 0)
