import { REGISTER_READERS } from '../../auth/roles'
import { auditable, bool, date, enumeration, instant, int, noun, text, type NounEdge } from '../../core/reads'
import { transitions } from '../audit'
import { specialRectificationMachine } from './special-rectification.states'

/** The row belongs to the body that leads; the other three and the units in its scope see it, too. */
export const campaignScope = {
  by: 'unit', column: 'unit_id',
  alsoAt: [{ column: 'grip_unit_id' }, { column: 'push_unit_id' }, { column: 'responsible_unit_id' }, { via: { table: 'special_rectification_unit', near: 'special_rectification_id', far: 'unit_id' } }],
} as const
/** What a unit reports is seen at the unit and at the four bodies, not at other units. */
export const reportScope = {
  by: 'unit', column: 'unit_id', alsoAt: [{ column: 'lead_unit_id' }, { column: 'grip_unit_id' }, { column: 'push_unit_id' }, { column: 'responsible_unit_id' }],
} as const

const FINDINGS = { table: 'special_rectification_finding', near: 'special_rectification_id', far: 'finding_id' } as const
const MEASURES = { table: 'special_rectification_measure', near: 'special_rectification_id', far: 'measure_id' } as const
const body = (key: string, does: string, zh: string) => ({ card: 'one', to: 'Unit', key, nullable: true, description: `The body that ${does}; null when it is out of the viewer's sight（${zh}）.` }) as const

export const specialRectificationReads = noun({
  type: 'SpecialRectification', prefix: 'camp', table: 'special_rectification', scope: campaignScope, permission: REGISTER_READERS,
  columns: {
    id: { kind: 'id' }, code: text(), nameZh: text(), nameEn: text({ nullable: true }), campaignGroup: text({ nullable: true }), matters: text({ sql: 'matters_zh' }), problemCategories: { kind: 'textArray' },
    leadNameZh: text(), gripNameZh: text(), pushNameZh: text(), responsibleNameZh: text(), validFrom: date(), selfCheckDueOn: date(), validTo: date(), state: enumeration('SpecialRectificationState'),
    allowedCommands: { kind: 'commands', machine: specialRectificationMachine }, evaluation: text({ sql: 'evaluation_zh', nullable: true }), closedOn: date({ nullable: true }), isSynthetic: bool(), ...auditable,
  },
  edges: {
    leadUnit: body('unit_id', 'leads', '主导单位'), gripUnit: body('grip_unit_id', 'grips', '主抓单位'), pushUnit: body('push_unit_id', 'pushes', '主推单位'),
    responsibleUnit: body('responsible_unit_id', 'is responsible', '主责单位'),
    units: { card: 'connection', to: 'SpecialRectificationUnit', by: 'special_rectification_id', description: 'The units in its scope with what they report, as far as the viewer sees them（整治单位）.' },
    findings: { card: 'connection', to: 'SupervisionFinding', via: FINDINGS, description: 'What supervisors found in its course, as far as the viewer sees it（监督发现的问题）.' },
    findingCount: { card: 'count', to: 'SupervisionFinding', via: FINDINGS, description: 'Number of these findings that the viewer sees（监督发现问题数）.' },
    resolvedFindingCount: { card: 'count', to: 'SupervisionFinding', via: FINDINGS, where: { state: 'RESOLVED' }, description: 'Of these, those of which everything that they led to is settled（已办结问题数）.' },
    rectificationTasks: { card: 'connection', to: 'RectificationTask', by: 'source_id', description: 'What units have to mend because of it; what follows from its findings stands there（整改任务）.' },
    governanceMeasures: { card: 'connection', to: 'GovernanceMeasure', via: MEASURES, description: 'Governance measures that it comes from or carries out: reform driven by cases（以案促改治理措施）.' },
    transitions,
  },
  filters: {
    code: { type: 'text' }, nameZh: { type: 'text' }, campaignGroup: { type: 'text', nullable: true }, problemCategories: { type: 'text', array: true }, state: { type: 'enum', enum: 'SpecialRectificationState' },
    validFrom: { type: 'date' }, selfCheckDueOn: { type: 'date' }, validTo: { type: 'date' }, leadUnit: { type: 'ref', of: 'Unit', sql: 'unit_id', within: true }, gripUnit: { type: 'ref', of: 'Unit', sql: 'grip_unit_id' },
    pushUnit: { type: 'ref', of: 'Unit', sql: 'push_unit_id' }, responsibleUnit: { type: 'ref', of: 'Unit', sql: 'responsible_unit_id' }, isSynthetic: { type: 'boolean' },
  },
  orders: { VALID_FROM: { type: 'date' }, VALID_TO: { type: 'date' }, CREATED_AT: { type: 'id', sql: 'id' } },
  defaultOrder: [{ field: 'VALID_FROM', direction: 'DESC' }],
  root: { one: 'specialRectification', many: 'specialRectifications', oneDescription: 'One special rectification by id（专项整治）.', manyDescription: 'Special rectifications（专项整治列表）.' },
})

export const specialRectificationUnitReads = noun({
  type: 'SpecialRectificationUnit', prefix: 'campu', table: 'special_rectification_unit', scope: reportScope, permission: REGISTER_READERS,
  columns: {
    id: { kind: 'id' }, nameZh: text(), problemsFound: int({ nullable: true }), problemsFixed: int({ nullable: true }), report: text({ sql: 'report_zh', nullable: true }),
    reportedBy: text({ nullable: true }), reportedAt: instant({ nullable: true }), returnedReason: text({ nullable: true }), ...auditable,
  },
  edges: {
    specialRectification: { card: 'one', to: 'SpecialRectification', key: 'special_rectification_id', nullable: true, description: 'The special rectification（专项整治）.' },
    unit: { card: 'one', to: 'Unit', key: 'unit_id', nullable: true, description: 'The unit; null when it is out of the viewer\'s sight（单位）.' },
  },
  filters: {
    specialRectification: { type: 'ref', of: 'SpecialRectification', sql: 'special_rectification_id' }, unit: { type: 'ref', of: 'Unit', sql: 'unit_id', within: true }, nameZh: { type: 'text' },
    reportedAt: { type: 'instant', nullable: true }, problemsFound: { type: 'int', nullable: true },
  },
  orders: { CREATED_AT: { type: 'id', sql: 'id' } },
  root: {
    one: 'specialRectificationUnit', many: 'specialRectificationUnits', oneDescription: 'What one unit reports in a special rectification, by id（专项整治单位自查情况）.',
    manyDescription: 'Units in the scope of special rectifications with what they report; `reportedAt: { isNull: true }` leaves those that have not（专项整治单位自查情况列表）.',
  },
})

export const campaignEdges: NounEdge[] = [
  { on: 'Unit', field: 'pushedSpecialRectifications', edge: { card: 'connection', to: 'SpecialRectification', by: 'push_unit_id', description: 'Special rectifications that it pushes（主推的专项整治）.' } },
  {
    on: 'Unit', field: 'specialRectificationReports',
    edge: { card: 'connection', to: 'SpecialRectificationUnit', by: 'unit_id', description: 'Special rectifications in whose scope it is, with what it reports（参加的专项整治）.', sameScope: 'a report is in the scope of its unit' },
  },
  {
    on: 'SupervisionFinding', field: 'specialRectifications',
    edge: { card: 'connection', to: 'SpecialRectification', via: { ...FINDINGS, near: 'finding_id', far: 'special_rectification_id' }, description: 'Special rectifications in whose course it was found（所属专项整治）.' },
  },
  {
    on: 'GovernanceMeasure', field: 'specialRectifications',
    edge: { card: 'connection', to: 'SpecialRectification', via: { ...MEASURES, near: 'measure_id', far: 'special_rectification_id' }, description: 'Special rectifications that come from it or carry it out（相关专项整治）.' },
  },
]
