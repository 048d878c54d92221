import { ORGANISATION_READERS, REALM_ROLES, REGISTER_READERS } from '../auth/roles'
import { ReadModel } from '../database/sql'
import type { Noun } from '../core/reads'
import { coreModules } from '../domain'
import { SUPERVISION_READERS } from '../domain/supervision'
import type { DomainModule } from '../domain/module'
import { AccountabilityAggregateResolver } from './accountability-aggregate'
import { AccountabilityAggregate, AccountabilityGroup } from './accountability-aggregate.types'
import { AppointmentAggregateResolver } from './appointment-aggregate.resolver'
import { AppointmentAggregateService } from './appointment-aggregate.service'
import { AppointmentAggregate, AppointmentGroup, PeopleCount } from './appointment-aggregate.types'
import { CaseAggregateResolver } from './case-aggregate'
import { CaseAggregate, CaseFigures, CaseGroup, CaseStepDays } from './case-aggregate.types'
import { ClueAggregateResolver } from './clue-aggregate'
import { ClueAges, ClueAggregate, ClueFigures, ClueGroup, DispositionCount } from './clue-aggregate.types'
import { DutyItemAggregate, DutyItemFigures, DutyItemGroup, DutyItemGroupKey } from './duty-item-aggregate.types'
import { JointPublicationAggregate, JointPublicationFigures, JointPublicationGroup } from './joint-publication-aggregate.types'
import { LetterAggregateResolver } from './letter-aggregate'
import { LetterAggregate, LetterFigures, LetterGroup } from './letter-aggregate.types'
import { PledgeAggregateResolver } from './pledge-aggregate'
import { PledgeAggregate, PledgeFigures, PledgeGroup } from './pledge-aggregate.types'
import { Ratio } from './ratio.types'
import { RectificationAggregateResolver } from './rectification-aggregate'
import { RectificationAggregate, RectificationFigures, RectificationGroup } from './rectification-aggregate.types'
import { RepeatSubjectsResolver } from './repeat-subjects'
import { RepeatSubject, RepeatSubjects } from './repeat-subjects.types'
import { ResponsibilityBalance, ResponsibilityShare, UnitBalance } from './responsibility-balance.types'
import { RestitutionAggregateResolver } from './restitution-aggregate'
import { RestitutionAggregate, RestitutionFigures, RestitutionGroup, RestoredQuantity } from './restitution-aggregate.types'
import { RiskPointAggregateResolver } from './risk-point-aggregate.resolver'
import { RiskPointAggregateService } from './risk-point-aggregate.service'
import { RiskPointAggregate, RiskPointFigures, RiskPointGroup, RiskPointGroupKey } from './risk-point-aggregate.types'
import { SpecialRectificationAggregateResolver } from './special-rectification-aggregate'
import { SpecialRectificationAggregate, SpecialRectificationFigures, SpecialRectificationGroup, SpecialRectificationGroupKey } from './special-rectification-aggregate.types'
import { SupervisionCoverageResolver } from './supervision-coverage.resolver'
import { FIGURE_READERS } from './supervision-coverage.sql'
import { SupervisionReportResolver } from './supervision-report.resolver'
import { STATISTICS_READERS, WithheldStatisticsResolver } from './withheld-statistics'
import { RestitutionStatistics, RestoredStatistics, WithheldCount, WithheldGroup, WithheldMedian, WithheldStatistics } from './withheld-statistics.types'
import { YearFiguresResolver } from './year-figures.resolver'
import { YearFiguresService } from './year-figures.service'

export { AppointmentAggregateService, RiskPointAggregateService }
export { useCellSizes } from './cell-size'

/** The read declarations of the core: aggregates filter and narrow by the same ones as lists. */
const model = (): ReadModel => new ReadModel(coreModules.flatMap(m => m.reads).map(counted), coreModules.flatMap(m => m.edges))

/** Where roles narrow whose rows are read, reporting tools are counted among them: they get figures here, and rows nowhere. */
const counted = (noun: Noun): Noun => (noun.scope.by === 'unit' && noun.scope.roles === SUPERVISION_READERS ? { ...noun, scope: { ...noun.scope, roles: FIGURE_READERS } } : noun)

export const reportModule: DomainModule = {
  name: 'report',
  entities: [],
  types: [
    AppointmentAggregate, AppointmentGroup, PeopleCount, Ratio, RiskPointAggregate, RiskPointFigures, RiskPointGroup, RiskPointGroupKey,
    DutyItemAggregate, DutyItemFigures, DutyItemGroup, DutyItemGroupKey, JointPublicationAggregate, JointPublicationFigures, JointPublicationGroup, ResponsibilityBalance, ResponsibilityShare, UnitBalance,
    AccountabilityAggregate, AccountabilityGroup, LetterAggregate, LetterFigures, LetterGroup, RectificationAggregate, RectificationFigures, RectificationGroup,
    SpecialRectificationAggregate, SpecialRectificationFigures, SpecialRectificationGroup, SpecialRectificationGroupKey,
    PledgeAggregate, PledgeFigures, PledgeGroup, RestitutionAggregate, RestitutionFigures, RestitutionGroup, RestoredQuantity, ClueAggregate, ClueAges, ClueFigures, ClueGroup, DispositionCount,
    CaseAggregate, CaseFigures, CaseGroup, CaseStepDays, RepeatSubject, RepeatSubjects, WithheldCount, WithheldGroup, WithheldMedian, WithheldStatistics,
    RestitutionStatistics, RestoredStatistics,
  ],
  resolvers: [
    AppointmentAggregateResolver, RiskPointAggregateResolver,
    YearFiguresResolver,
    SupervisionReportResolver, SupervisionCoverageResolver,
    RectificationAggregateResolver, LetterAggregateResolver, AccountabilityAggregateResolver, SpecialRectificationAggregateResolver,
    PledgeAggregateResolver, RestitutionAggregateResolver, ClueAggregateResolver, CaseAggregateResolver, RepeatSubjectsResolver, WithheldStatisticsResolver,
  ],
  create: db => {
    const nouns = model()
    return [
      new AppointmentAggregateResolver(new AppointmentAggregateService(db)), new RiskPointAggregateResolver(new RiskPointAggregateService(db, nouns.of('RiskPoint'))),
      new YearFiguresResolver(new YearFiguresService(db)),
      new SupervisionReportResolver(db, nouns), new SupervisionCoverageResolver(db),
      new RectificationAggregateResolver(db, nouns.of('RectificationTask')), new LetterAggregateResolver(db, nouns.of('RecommendationLetter')), new AccountabilityAggregateResolver(db),
      new SpecialRectificationAggregateResolver(db, nouns.of('SpecialRectificationUnit')),
      new PledgeAggregateResolver(db, nouns.of('Pledge')), new RestitutionAggregateResolver(db, nouns.of('Restitution')), new ClueAggregateResolver(db, nouns.of('Clue')), new CaseAggregateResolver(db, nouns.of('Case')),
      new RepeatSubjectsResolver(db, nouns.of('Clue')), new WithheldStatisticsResolver(db),
    ]
  },
  reads: [],
  edges: [],
  // Reporting tools read figures of registers whose single rows they may not read.
  permissions: {
    Query: {
      appointmentAggregate: ORGANISATION_READERS,
      ...Object.fromEntries(['riskPointAggregate', 'dutyItemAggregate', 'jointPublicationAggregate', 'responsibilityBalance', 'rectificationTaskAggregate', 'recommendationLetterAggregate', 'accountabilityAggregate', 'specialRectificationAggregate']
        .map(q => [q, [...REGISTER_READERS, 'REPORTING_CLIENT'] as const])),
      supervisionActivityAggregate: FIGURE_READERS, supervisionFindingAggregate: FIGURE_READERS, collaborationAggregate: FIGURE_READERS,
      pledgeAggregate: REGISTER_READERS,
      // Who opens the realm is told exactly; cases stand on the investigating unit, which trial officers are never of.
      clueAggregate: REALM_ROLES.CLUES, restitutionAggregate: REALM_ROLES.CLUES, repeatSubjects: REALM_ROLES.CLUES, caseAggregate: REALM_ROLES.CASES.filter(r => r !== 'TRIAL_OFFICER'),
      clueStatistics: STATISTICS_READERS, caseStatistics: STATISTICS_READERS, restitutionStatistics: STATISTICS_READERS, repeatSubjectStatistics: STATISTICS_READERS,
    },
    SpecialRectificationGroupKey: { specialRectification: REGISTER_READERS },
    Unit: { supervisionCoverage: FIGURE_READERS, supervisionDuplication: FIGURE_READERS, consultationsHeld: FIGURE_READERS },
  },
}
