import { measure, where, type Measure } from 'plumbline/sdk/data'
import { violationReads } from './violations/violation.reads'

/** A violation that stands: confirmed, not revoked. */
const confirmed = where.all(where.ne('outcome', 'NO_VIOLATION'), where.eq('isRevoked', false))

/** How the COMPUTED variables of the catalog are counted: findings by the day they were confirmed, fines by the day they were decided. */
export const variables: Readonly<Record<string, Measure>> = {
  foundAmount: measure.sum(violationReads, 'foundAmount', { on: 'foundOn', where: confirmed }),
  recoveredAmount: measure.sum(violationReads, 'recoveredAmount', { on: 'foundOn', where: where.all(confirmed, where.byPeriodEnd('recoveredOn')) }),
  violationRecords: measure.count(violationReads, { on: 'foundOn', where: confirmed }),
  repeatViolators: measure.countDistinct(violationReads, 'providerCode', { on: 'foundOn', where: where.all(confirmed, where.yearBefore(['providerCode', 'typeCode'], confirmed)) }),
  fineImposed: measure.sum(violationReads, 'fineImposed', { on: 'fineDecidedOn', where: confirmed }),
  fineCollected: measure.sum(violationReads, 'fineCollected', { on: 'fineDecidedOn', where: where.all(confirmed, where.byPeriodEnd('fineCollectedOn')) }),
  institutionsInspected: measure.countDistinct(violationReads, 'providerCode', { on: 'inspectedOn' }),
}
