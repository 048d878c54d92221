export type DepartmentKind = 'PARTY_DEPARTMENT' | 'GOVERNMENT_DEPARTMENT' | 'AUDIT_OFFICE' | 'PUBLIC_INSTITUTION'

/** slug, Chinese name, English name without the city, kind, sectors (space separated). */
export type CityDepartment = readonly [slug: string, zh: string, en: string, kind: DepartmentKind, sectors: string]

const PARTY = 'PARTY_DEPARTMENT'
const GOV = 'GOVERNMENT_DEPARTMENT'
const INST = 'PUBLIC_INSTITUTION'

/**
 * The 68 city departments of the portrait round: real department types of a Sichuan prefecture-level city, the choice of 68 is ours.
 * Not among them: the commission, the inspection office, congress, CPPCC, the government as such. Mass organisations (群团) count as
 * Party departments, for want of a kind of their own.
 */
export const CITY_DEPARTMENTS: readonly CityDepartment[] = [
  // Party committee: 11
  ['PC-OFFICE', '中共广元市委办公室', 'Party Committee Office', PARTY, 'general-affairs'],
  ['ORG', '中共广元市委组织部', 'Organisation Department', PARTY, 'personnel'],
  ['PUBLICITY', '中共广元市委宣传部', 'Publicity Department', PARTY, 'publicity'],
  ['UNITED-FRONT', '中共广元市委统一战线工作部', 'United Front Work Department', PARTY, 'united-front'],
  ['POLITICS-LAW', '中共广元市委政法委员会', 'Political and Legal Affairs Commission', PARTY, 'politics-and-law'],
  ['POLICY-RESEARCH', '中共广元市委政策研究室', 'Policy Research Office', PARTY, 'general-affairs'],
  ['STAFFING', '中共广元市委机构编制委员会办公室', 'Staffing Commission Office', PARTY, 'personnel'],
  ['ORGANS-WORK', '中共广元市直属机关工作委员会', 'Work Committee of Municipal Organs', PARTY, 'party-building'],
  ['VETERAN-CADRES', '中共广元市委老干部局', 'Veteran Cadres Bureau', PARTY, 'personnel'],
  ['PETITION', '广元市信访局', 'Petition Bureau', PARTY, 'petition'],
  ['CYBERSPACE', '中共广元市委网络安全和信息化委员会办公室', 'Cyberspace Affairs Office', PARTY, 'information'],
  // Government: 37
  ['GOV-OFFICE', '广元市人民政府办公室', 'Government Office', GOV, 'general-affairs'],
  ['DRC', '广元市发展和改革委员会', 'Development and Reform Commission', GOV, 'planning'],
  ['ECONOMY-IT', '广元市经济和信息化局', 'Economy and Information Bureau', GOV, 'industry'],
  ['EDUCATION', '广元市教育局', 'Education Bureau', GOV, 'education'],
  ['SCIENCE-TECH', '广元市科学技术局', 'Science and Technology Bureau', GOV, 'science'],
  ['ETHNIC-RELIGION', '广元市民族宗教事务局', 'Ethnic and Religious Affairs Bureau', GOV, 'united-front'],
  ['PUBLIC-SECURITY', '广元市公安局', 'Public Security Bureau', GOV, 'public-security law-enforcement'],
  ['CIVIL-AFFAIRS', '广元市民政局', 'Civil Affairs Bureau', GOV, 'civil-affairs'],
  ['JUSTICE', '广元市司法局', 'Justice Bureau', GOV, 'justice'],
  ['FINANCE', '广元市财政局', 'Finance Bureau', GOV, 'finance'],
  ['HRSS', '广元市人力资源和社会保障局', 'Human Resources and Social Security Bureau', GOV, 'personnel social-security'],
  ['NATURAL-RESOURCES', '广元市自然资源局', 'Natural Resources Bureau', GOV, 'natural-resources'],
  ['ECOLOGY', '广元市生态环境局', 'Ecology and Environment Bureau', GOV, 'environment law-enforcement'],
  ['HOUSING', '广元市住房和城乡建设局', 'Housing and Construction Bureau', GOV, 'construction'],
  ['TRANSPORT', '广元市交通运输局', 'Transport Bureau', GOV, 'transport'],
  ['WATER', '广元市水利局', 'Water Bureau', GOV, 'water'],
  ['AGRICULTURE', '广元市农业农村局', 'Agriculture and Rural Affairs Bureau', GOV, 'agriculture'],
  ['COMMERCE', '广元市商务局', 'Commerce Bureau', GOV, 'commerce'],
  ['CULTURE-TOURISM', '广元市文化广播电视和旅游局', 'Culture, Broadcasting and Tourism Bureau', GOV, 'culture'],
  ['HEALTH', '广元市卫生健康委员会', 'Health Commission', GOV, 'health'],
  ['VETERANS', '广元市退役军人事务局', 'Veterans Affairs Bureau', GOV, 'civil-affairs'],
  ['EMERGENCY', '广元市应急管理局', 'Emergency Management Bureau', GOV, 'emergency law-enforcement'],
  ['AUDIT', '广元市审计局', 'Audit Bureau', 'AUDIT_OFFICE', 'audit'],
  ['SASAC', '广元市国有资产监督管理委员会', 'State-owned Assets Commission', GOV, 'state-assets'],
  ['MARKET', '广元市市场监督管理局', 'Market Regulation Bureau', GOV, 'market-regulation law-enforcement'],
  ['SPORTS', '广元市体育局', 'Sports Bureau', GOV, 'sports'],
  ['STATISTICS', '广元市统计局', 'Statistics Bureau', GOV, 'statistics'],
  ['FORESTRY', '广元市林业局', 'Forestry Bureau', GOV, 'forestry'],
  ['MEDICAL-INSURANCE', '广元市医疗保障局', 'Medical Insurance Bureau', GOV, 'medical-insurance'],
  ['URBAN-ENFORCEMENT', '广元市城市管理行政执法局', 'Urban Management and Enforcement Bureau', GOV, 'law-enforcement'],
  ['CIVIL-DEFENCE', '广元市人民防空办公室', 'Civil Air Defence Office', GOV, 'civil-defence'],
  ['FINANCIAL-WORK', '广元市金融工作局', 'Financial Work Bureau', GOV, 'finance'],
  ['ECONOMIC-COOPERATION', '广元市经济合作局', 'Economic Cooperation Bureau', GOV, 'commerce'],
  ['APPROVAL', '广元市行政审批局', 'Administrative Approval Bureau', GOV, 'public-service'],
  ['BIG-DATA', '广元市大数据局', 'Big Data Bureau', GOV, 'information'],
  ['GRAIN', '广元市粮食和物资储备局', 'Grain and Reserves Bureau', GOV, 'grain'],
  ['RURAL-REVITALISATION', '广元市乡村振兴局', 'Rural Revitalisation Bureau', GOV, 'agriculture'],
  // Mass organisations: 11
  ['TRADE-UNIONS', '广元市总工会', 'Federation of Trade Unions', PARTY, 'mass-organisation'],
  ['YOUTH-LEAGUE', '共青团广元市委员会', 'Youth League Committee', PARTY, 'mass-organisation'],
  ['WOMEN', '广元市妇女联合会', 'Women’s Federation', PARTY, 'mass-organisation'],
  ['SCIENCE-ASSOCIATION', '广元市科学技术协会', 'Association for Science and Technology', PARTY, 'mass-organisation'],
  ['ARTS', '广元市文学艺术界联合会', 'Federation of Literary and Art Circles', PARTY, 'mass-organisation'],
  ['SOCIAL-SCIENCE', '广元市社会科学界联合会', 'Federation of Social Sciences', PARTY, 'mass-organisation'],
  ['DISABLED', '广元市残疾人联合会', 'Disabled Persons’ Federation', PARTY, 'mass-organisation'],
  ['RED-CROSS', '广元市红十字会', 'Red Cross', PARTY, 'mass-organisation'],
  ['INDUSTRY-COMMERCE', '广元市工商业联合会', 'Federation of Industry and Commerce', PARTY, 'mass-organisation'],
  ['OVERSEAS-CHINESE', '广元市归国华侨联合会', 'Federation of Returned Overseas Chinese', PARTY, 'mass-organisation'],
  ['TRADE-PROMOTION', '中国国际贸易促进委员会广元市委员会', 'Council for Trade Promotion', PARTY, 'mass-organisation'],
  // Institutions directly under the city: 9
  ['PARTY-SCHOOL', '中共广元市委党校', 'Party School', INST, 'education'],
  ['PARTY-HISTORY', '广元市党史和地方志编纂中心', 'Party History and Local Records Centre', INST, 'archives'],
  ['ORGAN-AFFAIRS', '广元市机关事务服务中心', 'Government Offices Service Centre', INST, 'general-affairs'],
  ['RESOURCE-TRADING', '广元市公共资源交易中心', 'Public Resource Trading Centre', INST, 'procurement'],
  ['SUPPLY-MARKETING', '广元市供销合作社联合社', 'Supply and Marketing Cooperatives', INST, 'agriculture'],
  ['HOUSING-FUND', '广元市住房公积金管理中心', 'Housing Provident Fund Centre', INST, 'construction'],
  ['ARCHIVES', '广元市档案馆', 'Archives', INST, 'archives'],
  ['BROADCASTING', '广元市广播电视台', 'Broadcasting Station', INST, 'publicity'],
  ['NEWSPAPER', '广元市报社', 'Newspaper Office', INST, 'publicity'],
]

/** A dispatched group is named after the first department it covers; `office` is the supervision office in charge of all of them (LIAISON). */
export const CITY_GROUPS: readonly { covers: string, office: number }[] = [
  { office: 1, covers: 'PC-OFFICE POLICY-RESEARCH PARTY-HISTORY ARCHIVES' },
  { office: 1, covers: 'ORG VETERAN-CADRES STAFFING PARTY-SCHOOL' },
  { office: 2, covers: 'PUBLICITY CYBERSPACE ARTS SOCIAL-SCIENCE BROADCASTING NEWSPAPER' },
  { office: 2, covers: 'UNITED-FRONT ETHNIC-RELIGION INDUSTRY-COMMERCE OVERSEAS-CHINESE' },
  { office: 3, covers: 'POLITICS-LAW JUSTICE PETITION' },
  { office: 3, covers: 'ORGANS-WORK TRADE-UNIONS YOUTH-LEAGUE WOMEN' },
  { office: 3, covers: 'PUBLIC-SECURITY' },
  { office: 4, covers: 'GOV-OFFICE ORGAN-AFFAIRS CIVIL-DEFENCE' },
  { office: 4, covers: 'APPROVAL BIG-DATA RESOURCE-TRADING' },
  { office: 4, covers: 'DRC GRAIN STATISTICS' },
  { office: 5, covers: 'ECONOMY-IT SASAC' },
  { office: 5, covers: 'EDUCATION SPORTS' },
  { office: 5, covers: 'SCIENCE-TECH SCIENCE-ASSOCIATION' },
  { office: 5, covers: 'FINANCE FINANCIAL-WORK' },
  { office: 6, covers: 'HEALTH MEDICAL-INSURANCE RED-CROSS' },
  { office: 6, covers: 'CIVIL-AFFAIRS VETERANS DISABLED' },
  { office: 6, covers: 'HRSS' },
  { office: 6, covers: 'MARKET' },
  { office: 7, covers: 'NATURAL-RESOURCES FORESTRY' },
  { office: 7, covers: 'ECOLOGY' },
  { office: 7, covers: 'HOUSING HOUSING-FUND' },
  { office: 7, covers: 'URBAN-ENFORCEMENT' },
  { office: 7, covers: 'TRANSPORT' },
  { office: 8, covers: 'WATER' },
  { office: 8, covers: 'AGRICULTURE RURAL-REVITALISATION SUPPLY-MARKETING' },
  { office: 8, covers: 'COMMERCE ECONOMIC-COOPERATION TRADE-PROMOTION' },
  { office: 8, covers: 'CULTURE-TOURISM' },
  { office: 8, covers: 'AUDIT' },
  { office: 8, covers: 'EMERGENCY' },
]

/** The county, district or zone each supervision office is in charge of, beside its departments. */
export const OFFICE_OF_COUNTY: Readonly<Record<string, number>> = {
  510802: 1, 510811: 2, 510812: 3, 510822: 4, 510823: 5, 510821: 6, '5108E1': 7, 510824: 8,
}
