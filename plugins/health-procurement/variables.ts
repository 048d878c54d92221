import { measure, where, type Measure } from 'plumbline/sdk/data'
import { contractReads } from './contracts/contract.reads'

const COMPETITIVE = ['OPEN_TENDER', 'INVITED_TENDER', 'COMPETITIVE_NEGOTIATION', 'COMPETITIVE_CONSULTATION', 'INQUIRY']
const count = (condition: Parameters<typeof measure.count>[1]['where']): Measure => measure.count(contractReads, { on: 'signedOn', ...(condition && { where: condition }) })
const sum = (condition: NonNullable<Parameters<typeof measure.sum>[2]['where']>): Measure => measure.sum(contractReads, 'amount', { on: 'signedOn', where: condition })

/** The regimes to which the tender rules apply; centralised purchase of drugs is outside them. */
const tenderLaw = where.isIn('regime', ['GPL', 'BIDDING'])
const competitive = where.all(tenderLaw, where.isIn('method', COMPETITIVE))
const withWindow = where.all(tenderLaw, where.isIn('method', ['OPEN_TENDER', 'INVITED_TENDER']), where.notNull('announcedOn'), where.notNull('bidDeadline'))
const awarded = where.all(tenderLaw, where.notNull('awardNoticeOn'))
const outsideCentralised = where.ne('regime', 'CENTRALISED_DRUG_PURCHASE')

/** How the COMPUTED variables of the catalog are counted. A contract belongs to the period in which it was signed. */
export const variables: Readonly<Record<string, Measure>> = {
  competitiveTenders: count(competitive),
  singleBidTenders: count(where.all(competitive, where.eq('biddersCount', 1))),
  contractValue: sum(outsideCentralised),
  singleSourceValue: sum(where.all(outsideCentralised, where.eq('method', 'SINGLE_SOURCE'))),
  tendersWithWindow: count(withWindow),
  shortWindowTenders: count(where.all(withWindow, where.lt(where.days('announcedOn', 'bidDeadline'), 20))),
  awardedContracts: count(awarded),
  lateContracts: count(where.all(awarded, where.gt(where.days('awardNoticeOn', 'signedOn'), 30))),
  contractsTotal: count(where.eq('regime', 'GPL')),
  oversupplementedContracts: count(where.all(where.eq('regime', 'GPL'), where.gt('supplementAmount', where.times('amount', '0.1')))),
}
