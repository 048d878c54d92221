import type { ScaffoldOptions } from './scaffold-options'

/** Manifest, catalog and README: what every plugin has. */
export function contentFiles(o: ScaffoldOptions): Record<string, string> {
  return {
    ...(o.tier === 2 ? {} : { 'plugin.yaml': manifest(o) }),
    'README.md': readme(o),
    'catalog/00-release.yaml': release(o),
    'catalog/10-positions.yaml': POSITIONS,
    'catalog/20-powers.yaml': POWERS,
    'catalog/30-duties.yaml': DUTIES,
    ...(o.tier === 0 ? {} : { 'catalog/50-indicators.yaml': indicators(o) }),
  }
}

const manifest = (o: ScaffoldOptions): string => `name: ${o.name}
title: { zh: ${o.titleZh}, en: ${o.titleEn} }
version: 0.1.0
core: ^1.0.0
tier: ${o.tier}
catalog: catalog
`

const readme = (o: ScaffoldOptions): string => `# ${o.titleZh} · ${o.titleEn}

What it covers: one power with its flow, a risk point, a control, a duty and a focus${o.tier === 0 ? '' : ', and an indicator'}, as a start.
${o.tier === 2 ? 'It also has a register of its own (`records/`) with a GraphQL type and a migration.\n' : ''}
Source: invented for illustration; replace it and name the laws and documents that the content comes from.
Maintained by: (the department that answers for the content).

Check it with \`npm run check:plugin ${o.name}\`. How plugins work: \`plugins/README.md\`.
`

const release = (o: ScaffoldOptions): string => `# Which release this is, and the kinds of units that it is written for.
release:
  version: 0.1.0
  titleZh: ${o.titleZh}
  titleEn: ${o.titleEn}
  changeLog: [First draft.]
audiences:
  - code: county-bureau
    nameZh: 县级主管部门
    nameEn: County bureau
    unitKinds: [GOVERNMENT_DEPARTMENT]
    sectorCodes: [${o.name}]
    levels: [COUNTY]
`

const POSITIONS = `# Posts that powers, steps, risk points and controls name. Offices and posts only, never persons.
positions:
  - code: bureau-head
    nameZh: 局长
    nameEn: Director
    powerBearing: true
  - code: section-head
    nameZh: 业务股股长
    nameEn: Head of section
    powerBearing: true
`

const POWERS = `# A power with its one operating flow; each risk point sits on a step and has at least one control.
powers:
  - code: project-approval
    isSynthetic: true
    nameZh: 项目审批
    nameEn: Approval of projects
    category: APPROVAL
    significance: MAJOR
    positions: [section-head, bureau-head]
    flow:
      code: project-approval
      isSynthetic: true
      steps:
        - { nameZh: 受理申请, nameEn: Receive the application, kind: APPLY, position: section-head, timeLimitWorkingDays: 2 }
        - { nameZh: 集体决定, nameEn: Decide collectively, kind: DECIDE, position: bureau-head, collectiveDecision: true }
    riskPoints:
      - code: selective-acceptance
        isSynthetic: true
        descriptionZh: 对条件相同的申请选择性受理
        descriptionEn: Accepting some of several equal applications
        category: CONDUCT
        step: 1
        ownerPosition: section-head
        suggested: { likelihood: 3, impact: 4 }
        controls:
          - code: numbered-acceptance
            isSynthetic: true
            descriptionZh: 统一编号登记，按顺序受理并公开进度
            descriptionEn: Number every application, accept in order and publish the progress
            nature: PREVENTIVE
            mode: HYBRID
            frequency: PER_TRANSACTION
            ownerPosition: section-head
`

const DUTIES = `duties:
  - code: annual-study
    isSynthetic: true
    responsibility: COMMITTEE_MAIN
    contentZh: 党组每半年专题研究一次项目审批廉政风险
    contentEn: The Party group studies the integrity risks of project approval twice a year
    due: 06-30
focuses:
  - code: approval-order
    isSynthetic: true
    contentZh: 抽查项目审批是否按受理顺序办理
    contentEn: Sample whether approvals follow the order of acceptance
    powers: [project-approval]
    riskPoints: [selective-acceptance]
`

const indicators = (o: ScaffoldOptions): string => `# Figures, and what is told from them: numerator ÷ denominator × multiplier. The engine divides; formulas only add, subtract and multiply.
variables:
  - { code: approvalsTotal, nameZh: 办结数, nameEn: Approvals decided, unit: 件, source: ${o.tier === 2 ? 'COMPUTED' : 'REPORTED'} }
  - { code: approvalsLate, nameZh: 超时办结数, nameEn: Approvals decided late, unit: 件, source: ${o.tier === 2 ? 'COMPUTED' : 'REPORTED'} }
indicators:
  - code: late-share
    isSynthetic: true
    nameZh: 超时办结占比
    nameEn: Share decided late
    calibreZh: 超过承诺时限办结的件数占办结件数的比例
    calibreEn: Approvals decided after the promised time, of all decided
    numerator: value.approvalsLate
    denominator: value.approvalsTotal
    multiplier: 100
    unit: '%'
    direction: LOWER_BETTER
    periodKinds: [QUARTER, YEAR]
    aggregation: RATIO_OF_SUMS
    minDenominator: 10
    variables: [approvalsTotal, approvalsLate]
`
