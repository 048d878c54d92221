import { BASELINE } from './extract-csv'
import type { Row } from './extract-csv'
import type { StaffNoOf } from './extract-people'

/** ROLE@unit, reaching down the territorial tree unless `:EDGE` says otherwise. */
type GrantText = string

/** One demo identity: key, the post whose holder it is (unit/post), labels, grants. */
type Identity = readonly [key: string, post: string, zh: string, en: string, grants: readonly GrantText[]]

/** A supervising group works on itself and, along its edge, what it supervises. */
const along = (role: string, unit: string, edge: string): GrantText[] => [`${role}@${unit}`, `${role}@${unit}:${edge}`]

const IDENTITIES: readonly Identity[] = [
  ['platform-admin', '510800-BIG-DATA/PLATFORM-ADMIN', '平台管理员', 'Platform administrator', ['PLATFORM_ADMIN@510800']],
  ['auditor', '510800-AUDIT/LOG-AUDITOR', '日志审计员', 'Log auditor', ['AUDITOR@510800']],
  ['city-reporting-client', '510800-BIG-DATA/REPORTING', '市级报表工具', 'City reporting tool', ['REPORTING_CLIENT@510800']],
  ['health-sector-maintainer', '510800-HEALTH/CATALOG-EDITOR', '市卫生健康委目录编制人', 'Health sector maintainer', ['SECTOR_MAINTAINER@510800-HEALTH']],
  ['health-sector-reviewer', '510800-HEALTH/CATALOG-REVIEWER', '市卫生健康委目录审核人', 'Health sector reviewer', ['SECTOR_MAINTAINER@510800-HEALTH']],
  ['medical-insurance-sector-maintainer', '510800-MEDICAL-INSURANCE/CATALOG-EDITOR', '市医疗保障局目录编制人', 'Medical insurance sector maintainer', ['SECTOR_MAINTAINER@510800-MEDICAL-INSURANCE']],

  ['city-party-secretary', '510800/SECRETARY', '市委书记', 'City Party secretary', ['PARTY_SECRETARY@510800', 'LEADER_READER@510800']],
  ['city-leader', '510800-GOV/HEAD', '市政府主要负责人', 'Head of the city government', ['LEADER_READER@510800']],
  ['city-responsible-leader', '510800-GOV/DEPUTY-HEALTH', '市政府分管负责人', 'Responsible leader of the city government', ['LEADER_READER@510800']],
  ['city-commission-secretary', '510800-CCDI/SECRETARY', '市纪委书记', 'City commission secretary', ['COMMISSION_APPROVER@510800', 'ACCOUNTABILITY_DECIDER@510800']],
  ['city-portrait-lead', '510800-CCDI/STANDING-MEMBER', '市纪委领导班子成员（画像牵头）', 'Member of the city commission’s leadership', ['PORTRAIT_LEAD@510800']],
  ['city-assessment-board', '510800-CCDI/DEPUTY-SECRETARY', '市考核评定委员', 'City assessment board', ['ASSESSMENT_BOARD@510800']],
  ['city-assessor', '510800-CCDI/CONDUCT-OFFICE', '市纪委党风政风监督室考核人', 'City assessor', ['ASSESSOR@510800']],
  ['city-supervisor', '510800-CCDI/CITY-SUPERVISOR', '市纪委监督检查人员', 'City supervisor', ['SUPERVISOR@510800']],
  ['city-standing-committee-secretariat', '510800-CCDI/GENERAL-OFFICE', '市纪委常委会秘书', 'Secretariat of the commission’s standing committee', ['STANDING_COMMITTEE_SECRETARIAT@510800']],
  ['city-portrait-office', '510800-CCDI/PORTRAIT-OFFICE', '市纪委政治生态评估办公室', 'City portrait office', ['PORTRAIT_OFFICE@510800']],
  ['city-case-officer', '510800-CCDI/CASE-OFFICER', '市纪委审查调查人员', 'City case officer', ['CASE_OFFICER@510800']],
  ['city-trial-officer', '510800-CCDI-TRIAL/TRIAL-OFFICER', '市纪委案件审理人员', 'City trial officer', ['TRIAL_OFFICER@510800']],
  ['city-identity-custodian', '510800-CCDI/IDENTITY-CUSTODIAN', '举报人信息保管人', 'Identity custodian', ['IDENTITY_CUSTODIAN@510800']],
  ['city-office-six', '510800-CCDI-SO6/SUPERVISOR-1', '第六监督检查室人员', 'Officer of supervision office 6', [...along('SUPERVISOR', '510800-CCDI-SO6', 'LIAISON'), ...along('PORTRAIT_EXECUTOR', '510800-CCDI-SO6', 'LIAISON')]],
  ['city-health-group-leader', '510800-DG-HEALTH/LEADER', '派驻市卫生健康委纪检监察组组长', 'Leader of the group at the city health commission', along('COMMISSION_APPROVER', '510800-DG-HEALTH', 'DISPATCHED')],
  ['city-health-group-supervisor', '510800-DG-HEALTH/SUPERVISOR-1', '派驻市卫生健康委纪检监察组人员', 'Officer of the group at the city health commission', [...along('SUPERVISOR', '510800-DG-HEALTH', 'DISPATCHED'), ...along('PORTRAIT_EXECUTOR', '510800-DG-HEALTH', 'DISPATCHED')]],
  ['city-health-editor', '510800-HEALTH/OFFICE', '市卫生健康委填报人', 'City health commission, editor', ['UNIT_EDITOR@510800-HEALTH']],
  ['city-health-approver', '510800-HEALTH/PARTY-GROUP-SECRETARY', '市卫生健康委党组书记', 'City health commission, approver', ['UNIT_APPROVER@510800-HEALTH']],

  ['wangcang-health-editor', '510821-HEALTH/OFFICE', '旺苍县卫生健康局填报人', 'Wangcang health bureau, editor', ['UNIT_EDITOR@510821-HEALTH']],
  ['wangcang-health-approver', '510821-HEALTH/PARTY-GROUP-SECRETARY', '旺苍县卫生健康局党组书记', 'Wangcang health bureau, Party group secretary', ['UNIT_APPROVER@510821-HEALTH', 'DUTY_OWNER@510821-HEALTH']],
  ['wangcang-health-duty-owner', '510821-HEALTH/DEPUTY-MEDICAL', '旺苍县卫生健康局班子成员', 'Wangcang health bureau, team member', ['DUTY_OWNER@510821-HEALTH']],
  ['wangcang-health-group-leader', '510821-DG-HEALTH/LEADER', '派驻旺苍县卫生健康局纪检监察组组长', 'Leader of the group at the Wangcang health bureau', [...along('COMMISSION_APPROVER', '510821-DG-HEALTH', 'DISPATCHED'), 'DUTY_OWNER@510821-DG-HEALTH']],
  ['wangcang-health-group-supervisor', '510821-DG-HEALTH/SUPERVISOR-1', '派驻旺苍县卫生健康局纪检监察组人员', 'Officer of the group at the Wangcang health bureau', ['UNIT_EDITOR@510821-DG-HEALTH', ...along('SUPERVISOR', '510821-DG-HEALTH', 'DISPATCHED')]],
  ['wangcang-insurance-editor', '510821-MEDICAL-INSURANCE/OFFICE', '旺苍县医疗保障局填报人', 'Wangcang medical insurance bureau, editor', ['UNIT_EDITOR@510821-MEDICAL-INSURANCE']],
  ['wangcang-insurance-approver', '510821-MEDICAL-INSURANCE/PARTY-GROUP-SECRETARY', '旺苍县医疗保障局党组书记', 'Wangcang medical insurance bureau, approver', ['UNIT_APPROVER@510821-MEDICAL-INSURANCE']],
  ['wangcang-hospital-editor', '510821-HOSPITAL/OFFICE', '旺苍县综合医院填报人', 'Wangcang county hospital, editor', ['UNIT_EDITOR@510821-HOSPITAL']],
  ['wangcang-hospital-approver', '510821-HOSPITAL/PARTY-SECRETARY', '旺苍县综合医院党委书记', 'Wangcang county hospital, approver', ['UNIT_APPROVER@510821-HOSPITAL']],
  ['wangcang-reader', '510821/SECRETARY', '旺苍县委书记', 'Wangcang reader', ['LEADER_READER@510821']],
  ['wangcang-commission-secretary', '510821-CCDI/SECRETARY', '旺苍县纪委书记', 'Wangcang commission secretary', ['COMMISSION_APPROVER@510821', 'ACCOUNTABILITY_DECIDER@510821']],
  ['wangcang-commission-supervisor', '510821-CCDI/SUPERVISOR', '旺苍县纪委监督检查人员', 'Wangcang commission, supervision officer', ['SUPERVISOR@510821']],

  ['cangxi-reader', '510824/SECRETARY', '苍溪县委书记', 'Cangxi reader', ['LEADER_READER@510824']],
  ['cangxi-health-editor', '510824-HEALTH/OFFICE', '苍溪县卫生健康局填报人', 'Cangxi health bureau, editor', ['UNIT_EDITOR@510824-HEALTH']],
  ['cangxi-health-approver', '510824-HEALTH/PARTY-GROUP-SECRETARY', '苍溪县卫生健康局党组书记', 'Cangxi health bureau, approver', ['UNIT_APPROVER@510824-HEALTH']],
  ['cangxi-health-group-supervisor', '510824-DG-HEALTH/SUPERVISOR-1', '派驻苍溪县卫生健康局纪检监察组人员', 'Officer of the group at the Cangxi health bureau', along('SUPERVISOR', '510824-DG-HEALTH', 'DISPATCHED')],
  ['cangxi-commission-secretary', '510824-CCDI/SECRETARY', '苍溪县纪委书记', 'Cangxi commission secretary', ['COMMISSION_APPROVER@510824', 'ACCOUNTABILITY_DECIDER@510824']],

  ['zhaohua-hearing-secretary', '510811-CCDI/HEARING-SECRETARY', '昭化区阳光问效组织人', 'Zhaohua hearing secretariat', ['HEARING_SECRETARIAT@510811']],
  ['zhaohua-representative', '510811/REPRESENTATIVE', '昭化区问责代表', 'Zhaohua accountability representative', ['ACCOUNTABILITY_REPRESENTATIVE@510811']],
  ['zhaohua-housing-duty-owner', '510811-HOUSING/PARTY-GROUP-SECRETARY', '昭化区住房和城乡建设局党组书记', 'Zhaohua housing bureau, Party group secretary', ['DUTY_OWNER@510811-HOUSING', 'UNIT_APPROVER@510811-HOUSING']],
  ['zhaohua-housing-team-member', '510811-HOUSING/DEPUTY-1', '昭化区住房和城乡建设局班子成员', 'Zhaohua housing bureau, team member', ['DUTY_OWNER@510811-HOUSING']],
  ['zhaohua-housing-group-leader', '510811-DG-HOUSING/LEADER', '派驻昭化区住房和城乡建设局纪检监察组组长', 'Leader of the group at the Zhaohua housing bureau', [...along('COMMISSION_APPROVER', '510811-DG-HOUSING', 'DISPATCHED'), 'DUTY_OWNER@510811-DG-HOUSING']],
  ['zhaohua-housing-group-supervisor', '510811-DG-HOUSING/SUPERVISOR-1', '派驻昭化区住房和城乡建设局纪检监察组人员', 'Officer of the group at the Zhaohua housing bureau', along('SUPERVISOR', '510811-DG-HOUSING', 'DISPATCHED')],

  ['lizhou-commission-secretary', '510802-CCDI/SECRETARY', '利州区纪委书记', 'Lizhou commission secretary', ['COMMISSION_APPROVER@510802', 'ACCOUNTABILITY_DECIDER@510802']],
  ['lizhou-outpost-supervisor', '510802-OG-3/SUPERVISOR-1', '利州区片区派出组人员', 'Officer of a Lizhou outpost group', along('SUPERVISOR', '510802-OG-3', 'OUTPOST')],
  ['sandui-township-commission', '510802105-CDI/SECRETARY', '三堆镇纪委书记', 'Sandui township commission', ['TOWNSHIP_COMMISSION@510802105']],
  ['sandui-township-officer', '510802105-CDI/OFFICER', '三堆镇纪检监察人员', 'Sandui township commission, officer', ['TOWNSHIP_COMMISSION@510802105']],
  ['yangpan-village-supervisor', '510802105203-SC/VILLAGE-SUPERVISOR', '羊盘村“四职合一”监督员', 'Yangpan village supervisor', ['VILLAGE_SUPERVISOR@510802105203']],
]

export const identities = (staffNoOf: StaffNoOf): Row[] =>
  IDENTITIES.map(([key, post, labelZh, labelEn]) => ({ key, staffNo: staffNoOf(post), labelZh, labelEn }))

export const grants = (staffNoOf: StaffNoOf): Row[] =>
  IDENTITIES.flatMap(([, post, , , texts]) => texts.map(text => {
    const [role, target] = text.split('@')
    const [unitCode, edge = 'TERRITORIAL'] = target.split(':')
    return { staffNo: staffNoOf(post), role, unitCode, edge, from: BASELINE, to: '' }
  }))
