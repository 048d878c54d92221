import type { Role } from '../core/actor'

export interface RoleDescription {
  readonly zh: string
  readonly en: string
  /** What the role is for. */
  readonly may: string
  /** What it never does, whatever else is granted; enforced by the state tables and the realms. */
  readonly never?: string
}

/** The roles as people know them. What a role may call stands in permissions and state tables; which rows, in the grant's subtree. */
export const ROLE_DESCRIPTIONS: Readonly<Record<Role, RoleDescription>> = {
  PLATFORM_ADMIN: { zh: '平台管理员', en: 'Platform administrator', may: 'Manages users, grants, plugins, calendars and matrices', never: 'reads clue content, reporter identity or portraits' },
  UNIT_EDITOR: { zh: '单位填报人', en: 'Unit editor', may: 'Drafts lists, powers, flows, risks, controls and reports of the unit', never: 'approves own drafts' },
  UNIT_APPROVER: { zh: '单位审批人', en: 'Unit approver', may: 'Approves and publishes the unit’s lists, accepts residual risk', never: 'approves own submission' },
  DUTY_OWNER: { zh: '责任人', en: 'Duty owner', may: 'Reports progress, evidence and duty, and pledges', never: 'verifies own items' },
  SUPERVISOR: { zh: '监督人员', en: 'Supervisor', may: 'Carries out activities, findings, verification and control tests', never: 'acts outside the objects and matters of its rule' },
  COMMISSION_APPROVER: { zh: '纪委（组）负责人', en: 'Commission approver', may: 'Approves supervision lists and letters' },
  TOWNSHIP_COMMISSION: { zh: '乡镇纪委（监察室）', en: 'Township commission', may: 'Handles clues, verification and the portraits of villages', never: 'makes portraits above its level' },
  VILLAGE_SUPERVISOR: { zh: '村级“四职合一”监督员', en: 'Village supervisor', may: 'Registers grievances, assists verification, feeds back', never: 'disposes of clues' },
  CASE_OFFICER: { zh: '审查调查人员', en: 'Case officer', may: 'Reviews and investigates cases', never: 'tries the same case' },
  TRIAL_OFFICER: { zh: '案件审理人员', en: 'Trial officer', may: 'Tries cases', never: 'investigates the same case' },
  ASSESSOR: { zh: '考核人员', en: 'Assessor', may: 'Scores assessment sheets', never: 'scores own unit' },
  ASSESSMENT_BOARD: { zh: '考核评定委员', en: 'Assessment board', may: 'Confirms assessment results', never: 'scores own unit' },
  PORTRAIT_EXECUTOR: { zh: '画像实施人员', en: 'Portrait executor', may: 'Collects sources and drafts portraits', never: 'approves portraits' },
  PORTRAIT_LEAD: { zh: '画像牵头领导', en: 'Portrait lead', may: 'Leads the making of portraits', never: 'approves portraits' },
  PORTRAIT_OFFICE: { zh: '政治生态评估办公室', en: 'Portrait office', may: 'Runs portrait rounds and distributes portraits', never: 'approves portraits' },
  STANDING_COMMITTEE_SECRETARIAT: { zh: '纪委常委会秘书', en: 'Standing committee secretariat', may: 'Records the standing committee’s approval', never: 'edits content' },
  PARTY_SECRETARY: { zh: '党委书记', en: 'Party secretary', may: 'Consents to portraits', never: 'edits content' },
  LEADER_READER: { zh: '领导阅览', en: 'Leader, reading', may: 'Reads registers and what was distributed', never: 'sees raw clues' },
  ACCOUNTABILITY_DECIDER: { zh: '问责决定机关', en: 'Accountability decider', may: 'Decides sanctions within its authority over persons' },
  HEARING_SECRETARIAT: { zh: '阳光问效组织人', en: 'Hearing secretariat', may: 'Prepares and records public hearings' },
  ACCOUNTABILITY_REPRESENTATIVE: { zh: '问责代表', en: 'Accountability representative', may: 'Asks questions in public hearings' },
  IDENTITY_CUSTODIAN: { zh: '举报人信息保管人', en: 'Identity custodian', may: 'Decides on requests to release a reporter’s identity', never: 'sees clue content beyond the request' },
  REPORTING_CLIENT: { zh: '报表工具', en: 'Reporting client', may: 'Reads the organisation, aggregates, published data and snapshots', never: 'reads single clues, cases or drafts' },
  SECTOR_MAINTAINER: { zh: '行业目录编制人', en: 'Sector maintainer', may: 'Publishes catalog releases of a sector', never: 'changes unit data' },
  AUDITOR: { zh: '日志审计员', en: 'Auditor', may: 'Reads the audit log', never: 'changes anything' },
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
