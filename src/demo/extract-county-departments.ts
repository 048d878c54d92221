import type { DepartmentKind } from './extract-city-departments'

/** slug, Chinese name after the county's, English name, kind, sectors: the same in each of the 7 counties and districts. */
export const COUNTY_DEPARTMENTS: readonly (readonly [slug: string, zh: string, en: string, kind: DepartmentKind, sectors: string])[] = [
  ['HEALTH', '卫生健康局', 'Health Bureau', 'GOVERNMENT_DEPARTMENT', 'health'],
  ['MEDICAL-INSURANCE', '医疗保障局', 'Medical Insurance Bureau', 'GOVERNMENT_DEPARTMENT', 'medical-insurance'],
  ['EDUCATION', '教育局', 'Education Bureau', 'GOVERNMENT_DEPARTMENT', 'education'],
  ['FINANCE', '财政局', 'Finance Bureau', 'GOVERNMENT_DEPARTMENT', 'finance'],
  ['HRSS', '人力资源和社会保障局', 'Human Resources and Social Security Bureau', 'GOVERNMENT_DEPARTMENT', 'personnel social-security'],
  ['HOUSING', '住房和城乡建设局', 'Housing and Construction Bureau', 'GOVERNMENT_DEPARTMENT', 'construction'],
  ['TRANSPORT', '交通运输局', 'Transport Bureau', 'GOVERNMENT_DEPARTMENT', 'transport'],
  ['NATURAL-RESOURCES', '自然资源局', 'Natural Resources Bureau', 'GOVERNMENT_DEPARTMENT', 'natural-resources'],
  ['AGRICULTURE', '农业农村局', 'Agriculture and Rural Affairs Bureau', 'GOVERNMENT_DEPARTMENT', 'agriculture'],
  ['CIVIL-AFFAIRS', '民政局', 'Civil Affairs Bureau', 'GOVERNMENT_DEPARTMENT', 'civil-affairs'],
  ['MARKET', '市场监督管理局', 'Market Regulation Bureau', 'GOVERNMENT_DEPARTMENT', 'market-regulation law-enforcement'],
  ['WATER', '水利局', 'Water Bureau', 'GOVERNMENT_DEPARTMENT', 'water'],
  ['DRC', '发展和改革局', 'Development and Reform Bureau', 'GOVERNMENT_DEPARTMENT', 'planning'],
  ['AUDIT', '审计局', 'Audit Bureau', 'AUDIT_OFFICE', 'audit'],
  ['EMERGENCY', '应急管理局', 'Emergency Management Bureau', 'GOVERNMENT_DEPARTMENT', 'emergency law-enforcement'],
  ['CULTURE-TOURISM', '文化旅游和体育局', 'Culture, Tourism and Sports Bureau', 'GOVERNMENT_DEPARTMENT', 'culture sports'],
  ['FORESTRY', '林业局', 'Forestry Bureau', 'GOVERNMENT_DEPARTMENT', 'forestry'],
  ['URBAN-ENFORCEMENT', '综合行政执法局', 'Administrative Enforcement Bureau', 'GOVERNMENT_DEPARTMENT', 'law-enforcement'],
  ['PUBLIC-SECURITY', '公安局', 'Public Security Bureau', 'GOVERNMENT_DEPARTMENT', 'public-security law-enforcement'],
  ['ORG', '组织部', 'Organisation Department', 'PARTY_DEPARTMENT', 'personnel'],
]

/** What each dispatched group of a county commission covers; named after the first. The hospital and the agency centre go with their bureaus. */
export const COUNTY_GROUPS: readonly string[] = [
  'HEALTH MEDICAL-INSURANCE HOSPITAL MI-CENTRE',
  'EDUCATION CULTURE-TOURISM',
  'FINANCE DRC AUDIT',
  'ORG HRSS CIVIL-AFFAIRS',
  'HOUSING NATURAL-RESOURCES FORESTRY URBAN-ENFORCEMENT',
  'TRANSPORT EMERGENCY',
  'AGRICULTURE WATER',
  'MARKET PUBLIC-SECURITY',
]

/** Codes of the domain guide, section 11.6. Every other code is computed. */
export const NAMED_USCC: Readonly<Record<string, string>> = {
  '510800-CCDI': '11510800FK9000017T', '510821-HEALTH': '11510821FK90000253', '510821-MEDICAL-INSURANCE': '11510821FK9000033X',
  '510821-HOSPITAL': '12510821FK9000041M', '510821100-HC': '12510821FK900005XD', '510802-HEALTH': '11510802FK90000680',
  '510811-HEALTH': '11510811FK9000076U', '510824-HEALTH': '11510824FK9000084H',
}
