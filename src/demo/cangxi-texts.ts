import type { FormOfDiscipline, SanctionKind } from '../domain/accountability'
import type { Responsibility } from '../domain/responsibility'

export interface Recommendation {
  readonly content: string
  /** What the unit does about it; absent where it declines. */
  readonly measure?: string
  readonly declined?: string
  /** How far the task is; absent: it was only opened. */
  readonly progress?: 'CLOSED' | 'RETURNED_TWICE' | 'IN_PROGRESS'
}

export interface Addressee {
  readonly unit: string
  readonly nameZh: string
  /** Of its secretary where the city's data has one; else what the staff numbers of its people begin with. */
  readonly staffNo: string
  /** Posts to add, the secretary's first; none where the city's data has them. */
  readonly posts: readonly string[]
  readonly items: readonly Recommendation[]
}

const POSTS = ['党组书记', '党组成员、副职']
const closed = (content: string, measure: string): Recommendation => ({ content, measure, progress: 'CLOSED' })
const going = (content: string, measure: string): Recommendation => ({ content, measure, progress: 'IN_PROGRESS' })
const opened = (content: string, measure: string): Recommendation => ({ content, measure })

/** Six letters with 5 + 5 + 4 + 4 + 4 + 4 recommendations, of which 23 are mended and three declined. All invented. */
export const ADDRESSEES: readonly Addressee[] = [
  {
    unit: '510824-HEALTH', nameZh: '县卫生健康局', staffNo: 'S146', posts: [], items: [
      closed('健全药械采购需求论证和验收复核制度', '修订采购管理办法，验收实行双人复核'),
      closed('规范医用耗材遴选程序', '遴选结果提交集体研究并公示'),
      { content: '整治大处方、滥检查问题', measure: '按月开展处方和检查点评', progress: 'RETURNED_TWICE' },
      going('严格乡镇卫生院负责人监督管理', '建立负责人任期内巡查制度'),
      opened('完善廉政风险点动态管理', '每季度更新风险点和防控措施'),
    ],
  },
  {
    unit: '510824-EDUCATION', nameZh: '县教育局', staffNo: 'CX-EDU', posts: POSTS, items: [
      closed('规范学校食堂食材采购', '统一招标，建立进货查验台账'), closed('严格教辅材料征订管理', '公示征订目录，畅通家长监督'),
      closed('健全校园工程变更审批', '变更事项集体决策'), going('整治违规补课收费', '开展专项检查并公开通报'),
      { content: '提前实行校长全员轮岗', declined: '与现行任期规定不符，按任期到期后安排' },
    ],
  },
  {
    unit: '510824-HOUSING', nameZh: '县住房和城乡建设局', staffNo: 'CX-HOU', posts: POSTS, items: [
      closed('规范工程项目变更管理', '变更须经论证、审批和公示'), closed('加强招标代理机构监管', '建立信用评价和退出机制'),
      { content: '清理物业维修资金使用问题', measure: '逐项核查并公示使用情况', progress: 'RETURNED_TWICE' }, opened('压实质量安全监督责任', '明确监督人员岗位责任清单'),
    ],
  },
  {
    unit: '510824-TRANSPORT', nameZh: '县交通运输局', staffNo: 'CX-TRA', posts: POSTS, items: [
      closed('规范农村公路养护资金拨付', '按工程进度和验收结果拨付'), closed('健全超限治理执法监督', '执法全过程记录并抽查'),
      going('严格车辆检测机构监管', '开展双随机检查'), { content: '取消执法中队轮岗限制', declined: '涉及机构编制事项，须由县委统筹' },
    ],
  },
  {
    unit: '510824-AGRICULTURE', nameZh: '县农业农村局', staffNo: 'CX-AGR', posts: POSTS, items: [
      closed('规范惠农补贴申报审核', '比对数据并在村级公示'), closed('健全高标准农田项目验收', '引入第三方核验'),
      going('加强村级集体资产监管', '完善资产台账和公开制度'), opened('整治基层服务作风问题', '公开服务事项和办理时限'),
    ],
  },
  {
    unit: '510824-MARKET', nameZh: '县市场监督管理局', staffNo: 'CX-MAR', posts: POSTS, items: [
      closed('规范行政处罚自由裁量', '修订裁量基准并公开'), closed('健全抽检经费使用管理', '经费使用集体研究、定期审计'),
      going('加强基层所执法监督', '建立案卷评查制度'), { content: '由派驻组列席全部案件讨论', declined: '与监督职责定位不符，改为重点案件通报' },
    ],
  },
]

const dual = 'MEMBER_DUAL_DUTY' as const satisfies Responsibility
const first = 'SECRETARY_FIRST' as const satisfies Responsibility

/** Twelve cadres, by the staff numbers of their posts. */
export const DECISIONS: readonly (readonly [staffNo: string, kind: SanctionKind, form: FormOfDiscipline, responsibility: Responsibility])[] = [
  ...['S146', 'CX-EDU-0', 'CX-HOU-0', 'CX-TRA-0', 'CX-AGR-0', 'CX-MAR-0'].map(staffNo => [staffNo, 'ADMONITION', 'FIRST', first] as const),
  ...['S147', 'CX-EDU-1', 'CX-HOU-1', 'CX-TRA-1', 'CX-AGR-1'].map(staffNo => [staffNo, 'PARTY_WARNING', 'SECOND', dual] as const),
  ['CX-MAR-1', 'DEMERIT', 'SECOND', dual],
]
