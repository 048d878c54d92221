import type { ClosedRealm, Realm, Role } from '../core/actor'

/** A sentence in both languages. */
export interface Sentence {
  readonly zh: string
  readonly en: string
}

/**
 * How a prohibition is held, as data. All but the last are held against every permission, noun, state table and approval chain at start: a
 * declaration that contradicts one stops the server. The last is held object by object, whatever a person's grants say together.
 * `COMMANDS`: gives no command, or `only` these. `THESE_COMMANDS`: gives none of `these`. `DECISIONS_ONLY`: gives no command but those that decide a step of an approval chain.
 * `NO_DECISIONS`: decides no step of any chain. `ROWS`: reads single rows of no noun, or `only` of these. `REALM`: reads nothing of a realm.
 * `APART`: no step in the life of a thing is open to both roles. `OWN_WORK`: four eyes, by the rule that the violation names.
 */
export type Prohibition =
  | { readonly kind: 'COMMANDS'; readonly only?: readonly string[] }
  | { readonly kind: 'THESE_COMMANDS'; readonly these: readonly string[] }
  | { readonly kind: 'DECISIONS_ONLY' }
  | { readonly kind: 'NO_DECISIONS' }
  | { readonly kind: 'ROWS'; readonly only: readonly string[] }
  | { readonly kind: 'REALM'; readonly realms: readonly Realm[] }
  | { readonly kind: 'APART'; readonly from: Role }
  | { readonly kind: 'OWN_WORK'; readonly rule: string }

/** What a role never does. Without `by` it is about things that no part of the product has yet; what brings them brings the rule. */
export interface Never extends Sentence {
  readonly by?: Prohibition
}

export interface RoleDescription extends Sentence {
  /** What the role is for. */
  readonly may: Sentence
  /** What it never does, whatever else is declared. */
  readonly never: readonly Never[]
}

/** What becomes of a clue. */
const DISPOSAL: Prohibition = {
  kind: 'THESE_COMMANDS',
  these: [
    'declineClue', 'mergeClue', 'assignClue', 'decideClueHandling', 'reconsiderClueHandling', 'resumeClue', 'concludeClueInquiry', 'concludeVerification', 'returnClueOutcome',
    'disposeClue', 'reconsiderClueDisposal', 'proposeCaseFiling', 'fileCase', 'refuseCaseFiling', 'closeClue', 'reopenClue',
  ],
}
const CLUES: Prohibition = { kind: 'REALM', realms: ['CLUES'] }
const NO_DECISIONS: Never = { zh: '审定画像', en: 'approves portraits', by: { kind: 'NO_DECISIONS' } }
const DECISIONS_ONLY: Never = { zh: '修改内容', en: 'edits content', by: { kind: 'DECISIONS_ONLY' } }
const OWN_UNIT: Never = { zh: '为本单位评分', en: 'scores own unit' }
/** What stands for itself without being anybody's draft: the organisation, catalogs, matrices and figures. */
const PUBLISHED_NOUNS = [
  'AdministrativeDivision', 'Unit', 'UnitRelation', 'Position', 'Person', 'Appointment', 'VillageSupervisor', 'RiskMatrix', 'RiskMatrixCell', 'CalendarYear',
  'CatalogRelease', 'CatalogItem', 'IndicatorDefinition', 'Plugin', 'Code',
] as const

/** The roles as people know them. What a role may call stands in permissions and state tables; which rows, in the grant's subtree. */
export const ROLE_DESCRIPTIONS: Readonly<Record<Role, RoleDescription>> = {
  PLATFORM_ADMIN: {
    zh: '平台管理员', en: 'Platform administrator', may: { zh: '管理用户、授权、插件、日历和风险矩阵', en: 'Manages users, grants, plugins, calendars and matrices' },
    never: [{ zh: '查看线索内容、案件、举报人身份和画像', en: 'reads clue content, cases, reporter identity or portraits', by: { kind: 'REALM', realms: ['CLUES', 'CASES', 'IDENTITY', 'PORTRAITS'] } }],
  },
  UNIT_EDITOR: {
    zh: '单位填报人', en: 'Unit editor', may: { zh: '起草本单位的清单、职权、流程、风险点、防控措施和报告', en: 'Drafts lists, powers, flows, risks, controls and reports of the unit' },
    never: [{ zh: '审批自己起草的内容', en: 'approves own drafts', by: { kind: 'OWN_WORK', rule: 'INV-24' } }],
  },
  UNIT_APPROVER: {
    zh: '单位审批人', en: 'Unit approver', may: { zh: '审定并公布本单位清单，接受剩余风险', en: 'Approves and publishes the unit’s lists, accepts residual risk' },
    never: [{ zh: '审批自己提交的内容', en: 'approves own submission', by: { kind: 'OWN_WORK', rule: 'INV-24' } }],
  },
  DUTY_OWNER: {
    zh: '责任人', en: 'Duty owner', may: { zh: '报告进展、提交佐证、述责述廉、作出承诺', en: 'Reports progress, evidence and duty, and pledges' },
    never: [{ zh: '核实自己负责的事项', en: 'verifies own items', by: { kind: 'OWN_WORK', rule: 'INV-24' } }],
  },
  SUPERVISOR: {
    zh: '监督人员', en: 'Supervisor', may: { zh: '开展监督检查、提出问题、核实整改、测试防控措施', en: 'Carries out activities, findings, verification and control tests' },
    never: [{ zh: '超出监督规则规定的对象和事项', en: 'acts outside the objects and matters of its rule' }],
  },
  COMMISSION_APPROVER: {
    zh: '纪委（组）负责人', en: 'Commission approver', may: { zh: '审定监督责任清单和建议书', en: 'Approves supervision lists and letters' },
    never: [{ zh: '审批自己提交的内容', en: 'approves own submission', by: { kind: 'OWN_WORK', rule: 'INV-24' } }],
  },
  TOWNSHIP_COMMISSION: {
    zh: '乡镇纪委（监察室）', en: 'Township commission', may: { zh: '办理线索、核实问题、制作村级画像', en: 'Handles clues, verification and the portraits of villages' },
    never: [{ zh: '制作本级以上的画像', en: 'makes portraits above its level' }],
  },
  VILLAGE_SUPERVISOR: {
    zh: '村级“四职合一”监督员', en: 'Village supervisor', may: { zh: '登记群众诉求、协助核实、反馈结果', en: 'Registers grievances, assists verification, feeds back' },
    never: [{ zh: '处置线索', en: 'disposes of clues', by: DISPOSAL }],
  },
  CASE_OFFICER: {
    zh: '审查调查人员', en: 'Case officer', may: { zh: '审查调查案件', en: 'Reviews and investigates cases' },
    never: [{ zh: '审理同一案件', en: 'tries the same case', by: { kind: 'APART', from: 'TRIAL_OFFICER' } }],
  },
  TRIAL_OFFICER: {
    zh: '案件审理人员', en: 'Trial officer', may: { zh: '审理案件', en: 'Tries cases' },
    never: [{ zh: '调查同一案件', en: 'investigates the same case', by: { kind: 'APART', from: 'CASE_OFFICER' } }],
  },
  ASSESSOR: { zh: '考核人员', en: 'Assessor', may: { zh: '为考核表评分', en: 'Scores assessment sheets' }, never: [OWN_UNIT] },
  ASSESSMENT_BOARD: { zh: '考核评定委员', en: 'Assessment board', may: { zh: '评定考核结果', en: 'Confirms assessment results' }, never: [OWN_UNIT] },
  PORTRAIT_EXECUTOR: { zh: '画像实施人员', en: 'Portrait executor', may: { zh: '收集材料、起草画像', en: 'Collects sources and drafts portraits' }, never: [NO_DECISIONS] },
  PORTRAIT_LEAD: { zh: '画像牵头领导', en: 'Portrait lead', may: { zh: '牵头组织画像', en: 'Leads the making of portraits' }, never: [NO_DECISIONS] },
  PORTRAIT_OFFICE: { zh: '政治生态评估办公室', en: 'Portrait office', may: { zh: '组织画像轮次、印送画像', en: 'Runs portrait rounds and distributes portraits' }, never: [NO_DECISIONS] },
  STANDING_COMMITTEE_SECRETARIAT: {
    zh: '纪委常委会秘书', en: 'Standing committee secretariat', may: { zh: '记录常委会的审定意见', en: 'Records the standing committee’s approval' }, never: [DECISIONS_ONLY],
  },
  PARTY_SECRETARY: { zh: '党委书记', en: 'Party secretary', may: { zh: '同意画像印送，审定监督检查工作规则', en: 'Consents to portraits, approves work rules of supervision' }, never: [DECISIONS_ONLY] },
  LEADER_READER: {
    zh: '领导阅览', en: 'Leader, reading', may: { zh: '查看各项台账和印送给本人的材料', en: 'Reads registers and what was distributed' },
    never: [{ zh: '查看线索原件', en: 'sees raw clues', by: CLUES }],
  },
  ACCOUNTABILITY_DECIDER: {
    zh: '问责决定机关', en: 'Accountability decider', may: { zh: '在管理权限内作出问责决定', en: 'Decides sanctions within its authority over persons' }, never: [],
  },
  HEARING_SECRETARIAT: { zh: '阳光问效组织人', en: 'Hearing secretariat', may: { zh: '筹备并记录阳光问效', en: 'Prepares and records public hearings' }, never: [] },
  ACCOUNTABILITY_REPRESENTATIVE: { zh: '问责代表', en: 'Accountability representative', may: { zh: '在阳光问效中质询', en: 'Asks questions in public hearings' }, never: [] },
  IDENTITY_CUSTODIAN: {
    zh: '举报人信息保管人', en: 'Identity custodian', may: { zh: '审批披露举报人身份的申请', en: 'Decides on requests to release a reporter’s identity' },
    never: [{ zh: '查看申请以外的线索内容', en: 'sees clue content beyond the request', by: CLUES }],
  },
  REPORTING_CLIENT: {
    zh: '报表工具', en: 'Reporting client', may: { zh: '读取组织机构、汇总数据、已公布数据和快照', en: 'Reads the organisation, aggregates, published data and snapshots' },
    never: [
      { zh: '读取单条台账草稿、线索和案件', en: 'reads single clues, cases or drafts', by: { kind: 'ROWS', only: PUBLISHED_NOUNS } },
      { zh: '修改任何内容', en: 'changes anything', by: { kind: 'COMMANDS' } },
    ],
  },
  SECTOR_MAINTAINER: {
    zh: '行业目录编制人', en: 'Sector maintainer', may: { zh: '发布本行业的目录版本', en: 'Publishes catalog releases of a sector' },
    never: [{ zh: '修改单位数据', en: 'changes unit data', by: { kind: 'COMMANDS', only: ['validateCatalogRelease', 'publishCatalogRelease', 'deprecateCatalogRelease'] } }],
  },
  AUDITOR: {
    zh: '日志审计员', en: 'Auditor', may: { zh: '查看审计日志', en: 'Reads the audit log' },
    never: [{ zh: '修改任何内容', en: 'changes anything', by: { kind: 'COMMANDS' } }],
  },
}

/** Roles that may read rows of the registers: lists, duties, powers, risks, controls, cycles. Drafts stand there too, hence no reporting client. */
export const REGISTER_READERS: readonly Role[] = Object.freeze([
  'UNIT_EDITOR', 'UNIT_APPROVER', 'DUTY_OWNER', 'SUPERVISOR', 'COMMISSION_APPROVER', 'TOWNSHIP_COMMISSION', 'VILLAGE_SUPERVISOR',
  'CASE_OFFICER', 'TRIAL_OFFICER', 'ASSESSOR', 'ASSESSMENT_BOARD', 'PORTRAIT_EXECUTOR', 'PORTRAIT_LEAD', 'PORTRAIT_OFFICE',
  'STANDING_COMMITTEE_SECRETARIAT', 'PARTY_SECRETARY', 'LEADER_READER', 'ACCOUNTABILITY_DECIDER', 'HEARING_SECRETARIAT',
] as const)

/** Roles that may read units, positions, persons (masked) and appointments. */
export const ORGANISATION_READERS: readonly Role[] = Object.freeze([
  ...REGISTER_READERS, 'PLATFORM_ADMIN', 'REPORTING_CLIENT', 'SECTOR_MAINTAINER', 'AUDITOR',
] as const)

/** Roles whose work is with named people: they read names and staff numbers whole; everybody else reads the first character. */
export const NAME_READERS: readonly Role[] = Object.freeze([
  'PLATFORM_ADMIN', 'UNIT_APPROVER', 'SUPERVISOR', 'COMMISSION_APPROVER', 'TOWNSHIP_COMMISSION', 'CASE_OFFICER', 'TRIAL_OFFICER', 'ACCOUNTABILITY_DECIDER',
] as const)

/** Roles that need a name now and then: whom a draft duty falls on, whom a hearing is held with, whose facts a portrait gathers. One at a time, for a reason. */
export const NAME_REVEALERS: readonly Role[] = Object.freeze([
  ...NAME_READERS, 'UNIT_EDITOR', 'HEARING_SECRETARIAT', 'PORTRAIT_EXECUTOR', 'PORTRAIT_LEAD', 'PORTRAIT_OFFICE',
] as const)

/**
 * Which roles open which realm, over the subtree of their grant. Nobody else does: administrators, auditors and tools are in none of them.
 * What a portrait's recipient or a petitioner's helper may read beyond it hangs on single rows, not on a realm.
 */
export const REALM_ROLES: Readonly<Record<ClosedRealm, readonly Role[]>> = Object.freeze({
  EVIDENCE: ['UNIT_APPROVER', 'SUPERVISOR', 'COMMISSION_APPROVER', 'CASE_OFFICER', 'TRIAL_OFFICER', 'ACCOUNTABILITY_DECIDER'],
  PORTRAITS: ['PORTRAIT_EXECUTOR', 'PORTRAIT_LEAD', 'PORTRAIT_OFFICE', 'STANDING_COMMITTEE_SECRETARIAT', 'PARTY_SECRETARY', 'TOWNSHIP_COMMISSION'],
  CLUES: ['SUPERVISOR', 'COMMISSION_APPROVER', 'TOWNSHIP_COMMISSION', 'CASE_OFFICER'],
  CASES: ['CASE_OFFICER', 'TRIAL_OFFICER', 'COMMISSION_APPROVER'],
  IDENTITY: ['IDENTITY_CUSTODIAN'],
})
