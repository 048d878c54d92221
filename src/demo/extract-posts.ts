/** One post: code within its unit, names, whether it carries power (权力岗位), rank, the holder's role, and whose holder also has it. */
export interface Post {
  code: string
  zh: string
  en: string
  powerBearing: boolean
  rank: string
  role: string
  sameHolderAs?: string
}

const post = (code: string, zh: string, en: string, role: string, rank: string, powerBearing = true): Post =>
  ({ code, zh, en, role, rank, powerBearing })
const also = (holder: string, p: Post): Post => ({ ...p, sameHolderAs: holder })
const staff = (code: string, zh: string, en: string, powerBearing = false, rank = '科员'): Post => post(code, zh, en, 'STAFF', rank, powerBearing)

/** Head and editor: what a department needs so that one person drafts and another approves. */
const bureau = (rank: string): Post[] => [
  post('PARTY-GROUP-SECRETARY', '党组书记', 'Party group secretary', 'PARTY_GROUP_SECRETARY', rank),
  also('PARTY-GROUP-SECRETARY', post('HEAD', '局长', 'Head of bureau', 'UNIT_HEAD', rank)),
  post('DEPUTY-1', '党组成员、副局长', 'Party group member, deputy head', 'TEAM_MEMBER', rank.replace('正', '副')),
  staff('OFFICE', '办公室主任', 'Office head', true, '股级'),
]

const dispatchedGroup = (rank: string): Post[] => [
  post('LEADER', '组长', 'Group leader', 'GROUP_LEADER', rank),
  post('DEPUTY-LEADER', '副组长', 'Deputy group leader', 'SUPERVISOR_STAFF', rank.replace('正', '副')),
  post('SUPERVISOR-1', '监督检查岗一', 'Supervision officer 1', 'SUPERVISOR_STAFF', '科员'),
  post('SUPERVISOR-2', '监督检查岗二', 'Supervision officer 2', 'SUPERVISOR_STAFF', '科员'),
]

const partyCommittee = (rank: string): Post[] => [
  post('SECRETARY', '书记', 'Party secretary', 'PARTY_SECRETARY', rank),
  post('DEPUTY-SECRETARY', '副书记', 'Deputy Party secretary', 'TEAM_MEMBER', rank.replace('正', '副')),
  post('STANDING-MEMBER', '常委', 'Standing committee member', 'TEAM_MEMBER', rank.replace('正', '副')),
  staff('SECRETARIAT', '书记办公会秘书岗', 'Secretariat officer'),
]

const government = (rank: string): Post[] => [
  post('HEAD', '政府主要负责人', 'Head of government', 'UNIT_HEAD', rank),
  post('DEPUTY-HEALTH', '分管卫生健康的副职', 'Deputy head in charge of health', 'TEAM_MEMBER', rank.replace('正', '副')),
]

const countyCommission: Post[] = [
  post('SECRETARY', '书记、监委主任', 'Commission secretary', 'COMMISSION_SECRETARY', '副处级'),
  post('DEPUTY-SECRETARY', '副书记', 'Deputy secretary', 'TEAM_MEMBER', '正科级'),
  post('SUPERVISOR', '监督检查岗', 'Supervision officer', 'SUPERVISOR_STAFF', '科员'),
  post('CASE-OFFICER', '审查调查岗', 'Investigation officer', 'SUPERVISOR_STAFF', '科员'),
  post('TRIAL-OFFICER', '案件审理岗', 'Case trial officer', 'SUPERVISOR_STAFF', '科员'),
  staff('HEARING-SECRETARY', '阳光问效组织岗', 'Hearing secretary'),
]

const townshipCommission: Post[] = [
  post('SECRETARY', '纪委书记、监察室主任', 'Township commission secretary', 'COMMISSION_SECRETARY', '副科级'),
  post('OFFICER', '纪检监察岗', 'Township supervision officer', 'SUPERVISOR_STAFF', '科员'),
]

/** Posts of the units that the demo stories walk through. Every post has one holder. */
export const POSTS: Readonly<Record<string, readonly Post[]>> = {
  '510800': partyCommittee('正厅级'),
  '510800-GOV': government('正厅级'),
  '510800-BIG-DATA': [staff('PLATFORM-ADMIN', '平台管理岗', 'Platform administrator'), staff('REPORTING', '数据报送岗', 'Reporting officer')],
  '510800-AUDIT': [...bureau('正处级'), staff('LOG-AUDITOR', '日志审计岗', 'Log auditor')],
  '510800-CCDI': [
    post('SECRETARY', '书记、监委主任', 'Commission secretary', 'COMMISSION_SECRETARY', '副厅级'),
    post('DEPUTY-SECRETARY', '副书记、监委副主任', 'Deputy secretary', 'TEAM_MEMBER', '正处级'),
    post('STANDING-MEMBER', '常委', 'Standing committee member', 'TEAM_MEMBER', '副处级'),
    staff('GENERAL-OFFICE', '办公厅常委会秘书岗', 'Standing committee secretariat'),
    staff('PORTRAIT-OFFICE', '政治生态评估办公室岗', 'Portrait office'),
    post('CONDUCT-OFFICE', '党风政风监督室考核岗', 'Conduct supervision office, assessor', 'SUPERVISOR_STAFF', '正科级'),
    post('CITY-SUPERVISOR', '全市监督检查综合岗', 'City-wide supervision officer', 'SUPERVISOR_STAFF', '正科级'),
    post('CASE-OFFICER', '审查调查岗', 'Investigation officer', 'SUPERVISOR_STAFF', '正科级'),
    staff('IDENTITY-CUSTODIAN', '举报人信息保管岗', 'Identity custodian'),
  ],
  '510800-CCDI-SO6': [
    post('HEAD', '室主任', 'Head of supervision office', 'UNIT_HEAD', '正处级'),
    post('SUPERVISOR-1', '联系监督岗', 'Liaison supervision officer', 'SUPERVISOR_STAFF', '正科级'),
  ],
  '510800-CCDI-TRIAL': [
    post('HEAD', '室主任', 'Head of case trial office', 'UNIT_HEAD', '正处级'),
    post('TRIAL-OFFICER', '审理岗', 'Case trial officer', 'SUPERVISOR_STAFF', '正科级'),
  ],
  '510800-DG-HEALTH': dispatchedGroup('正处级'),
  '510800-INSPECTION': [post('HEAD', '巡察办主任', 'Head of inspection office', 'UNIT_HEAD', '正处级')],
  '510800-HEALTH': [
    post('PARTY-GROUP-SECRETARY', '党组书记', 'Party group secretary', 'PARTY_GROUP_SECRETARY', '正处级'),
    also('PARTY-GROUP-SECRETARY', post('HEAD', '主任', 'Director', 'UNIT_HEAD', '正处级')),
    post('DEPUTY-1', '党组成员、副主任', 'Party group member, deputy director', 'TEAM_MEMBER', '副处级'),
    staff('OFFICE', '办公室主任', 'Office head', true, '正科级'),
    staff('CATALOG-EDITOR', '行业目录编制岗', 'Sector catalog editor'),
    staff('CATALOG-REVIEWER', '行业目录审核岗', 'Sector catalog reviewer'),
  ],
  '510800-MEDICAL-INSURANCE': [...bureau('正处级'), staff('CATALOG-EDITOR', '行业目录编制岗', 'Sector catalog editor')],
  '510802': partyCommittee('正处级'),
  '510802-CCDI': countyCommission,
  '510802-OG-3': dispatchedGroup('正科级'),
  '510802105': [
    post('PARTY-SECRETARY', '党委书记', 'Party secretary', 'PARTY_SECRETARY', '正科级'),
    post('HEAD', '镇长', 'Head of town', 'UNIT_HEAD', '正科级'),
    post('LAND-OFFICER', '自然资源所负责人', 'Land and resources officer', 'STAFF', '股级'),
  ],
  '510802105-CDI': townshipCommission,
  '510802105203': [
    post('PARTY-SECRETARY', '村党组织书记、村委会主任', 'Village Party secretary', 'PARTY_SECRETARY', '', true),
    staff('CLERK', '村文书', 'Village clerk', true, ''),
  ],
  '510802105203-SC': [post('VILLAGE-SUPERVISOR', '四职合一监督岗', 'Village supervisor, four posts in one', 'VILLAGE_SUPERVISOR', '', false)],
  '510811': [...partyCommittee('正处级'), staff('REPRESENTATIVE', '问责代表', 'Accountability representative')],
  '510811-CCDI': countyCommission,
  '510811-DG-HOUSING': dispatchedGroup('正科级'),
  '510811-HOUSING': bureau('正科级'),
  '510821': partyCommittee('正处级'),
  '510821-GOV': government('正处级'),
  '510821-CCDI': countyCommission,
  '510821-DG-HEALTH': dispatchedGroup('正科级'),
  '510821-HEALTH': [
    post('PARTY-GROUP-SECRETARY', '党组书记', 'Party group secretary', 'PARTY_GROUP_SECRETARY', '正科级'),
    also('PARTY-GROUP-SECRETARY', post('HEAD', '局长', 'Head of bureau', 'UNIT_HEAD', '正科级')),
    post('DEPUTY-MEDICAL', '党组成员、副局长（分管医政药政）', 'Deputy head, medical and drug affairs', 'TEAM_MEMBER', '副科级'),
    post('DEPUTY-PUBLIC-HEALTH', '党组成员、副局长（分管公共卫生）', 'Deputy head, public health', 'TEAM_MEMBER', '副科级'),
    post('DEPUTY-FINANCE', '党组成员、副局长（分管财务项目）', 'Deputy head, finance and projects', 'TEAM_MEMBER', '副科级'),
    post('DEPUTY-PERSONNEL', '党组成员（分管人事）', 'Party group member, personnel', 'TEAM_MEMBER', '副科级'),
    post('ORGAN-PARTY-SECRETARY', '党组成员、机关党委书记', 'Party group member, organ Party secretary', 'TEAM_MEMBER', '副科级'),
    staff('OFFICE', '办公室主任', 'Office head', true, '股级'),
    staff('PERSONNEL', '人事股股长', 'Personnel section head', true, '股级'),
    staff('FINANCE', '规划财务股股长', 'Finance section head', true, '股级'),
    staff('PROJECT', '项目建设管理岗', 'Construction project officer', true),
    staff('PROCUREMENT', '药械采购管理岗', 'Drug and device procurement officer', true),
    staff('MEDICAL', '医政医管股股长', 'Medical administration section head', true, '股级'),
    staff('FUND-SUPERVISION', '医保基金监管岗', 'Medical-insurance fund supervision officer', true),
    staff('PRIMARY-CARE', '基层卫生股股长', 'Primary care section head', true, '股级'),
    staff('PUBLIC-HEALTH', '公共卫生股股长', 'Public health section head', true, '股级'),
    staff('APPROVAL', '行政审批股股长', 'Licensing section head', true, '股级'),
    staff('ENFORCEMENT', '卫生监督执法大队大队长', 'Head of health inspection brigade', true, '股级'),
    staff('ARCHIVES', '档案信息岗', 'Archives and information officer'),
  ],
  '510821-HOSPITAL': [
    post('PARTY-SECRETARY', '党委书记', 'Party secretary', 'PARTY_SECRETARY', '副科级'),
    post('HEAD', '院长', 'Director of the hospital', 'UNIT_HEAD', '副科级'),
    post('DEPUTY-1', '党委委员、副院长', 'Party committee member, deputy director', 'TEAM_MEMBER', '股级'),
    staff('OFFICE', '院办公室主任', 'Office head', true, ''),
    staff('PHARMACY', '药剂科主任', 'Head of pharmacy', true, ''),
    staff('EQUIPMENT', '设备科科长', 'Head of equipment', true, ''),
    staff('PROCUREMENT', '采购办主任', 'Head of procurement', true, ''),
    staff('INSURANCE-OFFICE', '医保办主任', 'Head of insurance office', true, ''),
    staff('FINANCE', '财务科科长', 'Head of finance', true, ''),
  ],
  '510821-MEDICAL-INSURANCE': [
    ...bureau('正科级'),
    staff('FUND-SUPERVISION', '基金监管股股长', 'Fund supervision section head', true, '股级'),
    staff('SETTLEMENT', '待遇结算岗', 'Settlement officer', true),
  ],
  '510821-MI-CENTRE': [
    post('HEAD', '中心主任', 'Head of centre', 'UNIT_HEAD', '股级'), staff('REVIEW', '费用审核岗', 'Claims review officer', true, ''),
    staff('PAYMENT', '基金支付岗', 'Fund payment officer', true, ''),
  ],
  '510824': partyCommittee('正处级'),
  '510824-GOV': government('正处级'),
  '510824-CCDI': countyCommission,
  '510824-DG-HEALTH': dispatchedGroup('正科级'),
  '510824-HEALTH': bureau('正科级'),
}
