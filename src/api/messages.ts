import type { ErrorCode, Violation } from '../core/errors'
import type { Locale } from '../core/request'

type Values = Readonly<Record<string, string | number>>
interface Text { readonly en: string; readonly zh: string }

/** Messages by the `messageKey` of an AppError; `{name}` is filled from its `messageValues`. */
export const MESSAGES: Readonly<Record<string, Text>> = {
  tokenExpired: { en: 'The token has expired.', zh: '登录凭证已过期。' },
  tokenInvalid: { en: 'The token is not valid.', zh: '登录凭证无效。' },
  tokenUnknownPerson: { en: 'The token names nobody here.', zh: '登录凭证所指人员不存在。' },
  forbidden: { en: 'You may not read this.', zh: '无权查看该内容。' },
  signInFirst: { en: 'This needs a valid token.', zh: '请先登录。' },
  roleMissingAnywhere: { en: 'This needs one of the roles {roles}.', zh: '需要具备以下角色之一：{roles}。' },
  roleMissing: { en: '{command} needs one of the roles {roles} on this unit.', zh: '{command} 需要在该单位具备以下角色之一：{roles}。' },
  wrongState: { en: '{command} is not possible in the state {state}.', zh: '当前状态 {state} 下不能执行 {command}。' },
  staleRowVersion: { en: 'Somebody else changed this in the meantime. Read it again and repeat.', zh: '该记录已被他人修改，请重新读取后再试。' },
  keyReused: { en: 'This idempotency key was already used for another input.', zh: '该幂等键已用于其他输入。' },
  unavailable: { en: 'The service is not available at the moment. Try again.', zh: '服务暂不可用，请稍后再试。' },
  readingNotLogged: { en: 'The reading could not be logged, so it is not answered. Try again.', zh: '本次查阅未能记入日志，暂不提供结果，请稍后再试。' },
  pluginUnavailable: { en: 'The plugin {plugin} is not available.', zh: '插件 {plugin} 不可用。' },
  noSigningKey: { en: 'In production tokens come from the configured identity provider.', zh: '生产环境的登录凭证由统一身份认证签发。' },
  noSuchPerson: { en: 'There is no person with this staff number.', zh: '没有该工号的人员。' },
  alreadyRevoked: { en: 'The grant was already revoked.', zh: '该授权已被撤销。' },
  grantToSelf: { en: 'Nobody grants rights to themselves.', zh: '不得给自己授权。' },
  administratorFromAbove: { en: 'Administrators of a unit are made by an administrator of a unit above it.', zh: '单位管理员须由其上级单位的管理员授权。' },
  rolesApart: { en: '{role} is not held beside {with}: separation of duties.', zh: '角色 {role} 与 {with} 不得由同一人兼任（职责分离）。' },
  keyAlreadyRevoked: { en: 'The key was already revoked.', zh: '该密钥已被撤销。' },
  accountAlreadyRevoked: { en: 'The service account was already revoked.', zh: '该服务账号已被撤销。' },
  tooManyKeys: { en: 'An account has at most {most} keys that work at once.', zh: '一个服务账号同时有效的密钥最多 {most} 个。' },
  fourEyes: { en: 'Whoever prepared this, or decided another step of it, cannot decide on it.', zh: '经办人以及已审批其他环节的人不得审批该事项。' },
  contentChanged: { en: 'The content is not what you looked at: it was changed in the meantime. Read it again.', zh: '内容已不是您所看到的版本，请重新读取后再审批。' },
  opinionNeeded: { en: 'A written opinion is needed.', zh: '须填写书面意见。' },
  notResponsible: { en: 'Only the person who answers for the duty may do this.', zh: '只有该事项的责任人可以执行。' },
  notAbove: { en: 'The commission above the one that reported decides this.', zh: '须由上一级纪委（监委）办理。' },
  receiptSignedIn: { en: 'Whoever is signed in adds by addClueInformation.', zh: '已登录人员请使用“补充线索材料”。' },
  receiptAdditions: { en: 'At most {most} additions a day.', zh: '每天最多补充 {most} 次。' },
  wrongReceiptCodes: { en: 'Too many wrong codes. Try again later.', zh: '查询码错误次数过多，请稍后再试。' },
  unitNotActive: { en: 'The unit {code} is {state}.', zh: '单位 {code} 的状态为 {state}。' },
  alreadyEnded: { en: 'It already ended on {day}.', zh: '已于 {day} 终止。' },
  importRefused: { en: '{file} was not imported: {total} problem(s). Nothing was written.', zh: '{file} 未导入：共 {total} 个问题，未写入任何内容。' },
  fileTooLarge: { en: 'The file is larger than {most} bytes.', zh: '文件超过 {most} 字节。' },
  tooManyUploads: { en: 'Too many files are being uploaded at the moment. Try again.', zh: '当前上传的文件过多，请稍后再试。' },
  tooManyJobs: { en: 'At most {most} jobs of yours wait or run at once.', zh: '您同时排队和执行的任务最多 {most} 个。' },
  tooManyWorkbooks: { en: 'At most {most} files of yours wait for an import.', zh: '您待导入的文件最多 {most} 个。' },
  notYourJob: { en: 'Only whoever asked for it, or an administrator of the unit, may call it off.', zh: '只有任务提交人或本单位管理员可以取消。' },
  limit: { en: 'The request exceeds the limit {limit}: {actual} of at most {most}.', zh: '请求超出限制 {limit}：{actual}，上限 {most}。' },
  persistedHash: { en: 'The hash in persistedQuery is not that of the query.', zh: 'persistedQuery 中的散列与查询文本不符。' },
  persistedVersion: { en: 'The version of persistedQuery must be 1.', zh: 'persistedQuery 的版本须为 1。' },
  tooDeep: { en: 'The request is nested too deeply.', zh: '请求嵌套层数过多。' },
  tooManyTokens: { en: 'The document has more than {most} tokens.', zh: '查询文本超过 {most} 个词元。' },
  tooManyRequests: { en: 'Too many requests: the limit {limit} is {most}. Try again in {retryAfter} s.', zh: '请求过于频繁：{limit} 上限为 {most}，请在 {retryAfter} 秒后再试。' },
  bodyTooLarge: { en: 'The request body is larger than {most} bytes.', zh: '请求体超过 {most} 字节。' },
  queryTime: { en: 'The request took longer than the server allows. Ask for less.', zh: '请求耗时超出服务器允许的时间，请缩小范围。' },
  subscriptionTransport: { en: 'Subscriptions are not served over HTTP POST.', zh: '订阅不能通过 HTTP POST 执行。' },
  onlySubscriptions: { en: 'Only subscriptions are served over WebSocket; send queries and commands over HTTP.', zh: 'WebSocket 只执行订阅，查询和操作请通过 HTTP 发送。' },
  oneOperation: { en: 'Send one operation, not a list.', zh: '每个请求提交一个操作，不要放在列表里。' },
  badBody: { en: 'The request body is not valid JSON.', zh: '请求体不是有效的 JSON。' },
  badMediaType: { en: 'Send the request as application/json.', zh: '请以 application/json 发送请求。' },
  noSuchPage: { en: 'There is nothing at this address.', zh: '该地址没有内容。' },
}

/** What a code says when nothing more precise may or can be said. */
const CODES: Readonly<Record<ErrorCode, Text>> = {
  UNAUTHENTICATED: { en: 'This needs a valid token.', zh: '请先登录。' },
  FORBIDDEN: { en: 'You may not do this.', zh: '无权执行该操作。' },
  NOT_FOUND: { en: 'There is no such object.', zh: '没有该对象。' },
  BAD_INPUT: { en: 'The input is not valid.', zh: '输入有误。' },
  CONFLICT: { en: 'This conflicts with what is already there.', zh: '与现有内容冲突。' },
  PRECONDITION_FAILED: { en: 'This is not possible in the present state.', zh: '当前状态下不能执行该操作。' },
  LIMIT_EXCEEDED: { en: 'The request exceeds a limit.', zh: '请求超出限制。' },
  OPERATION_NOT_LISTED: { en: 'Only operations that were listed beforehand are answered here.', zh: '此处仅执行事先登记的操作。' },
  PLUGIN_UNAVAILABLE: { en: 'The plugin that answers this is not available.', zh: '提供该内容的插件不可用。' },
  UNAVAILABLE: { en: 'The service is not available at the moment. Try again.', zh: '服务暂不可用，请稍后再试。' },
  INTERNAL: { en: 'Something went wrong on our side. Tell support the request id.', zh: '服务器内部错误，请将请求编号告知技术支持。' },
}

/** Rules of violations: invariants, rule names of the services, and the checks of class-validator. `{0}` is the first number in the English text. */
const RULES: Readonly<Record<string, string>> = {
  exists: '没有该对象。', unique: '已存在相同的值。', current: '版本号不是最新的。', unused: '该幂等键已用于其他输入。', known: '不是已知的值。',
  dateOrder: '结束日期须晚于开始日期。', downwards: '沿该关系的授权将及于您不管理的单位。', within: '授权期限不得超出授权人自身的期限。', separation: '职责分离：该角色不得与其已有角色由同一人兼任。',
  machineRole: '服务账号不得具有该角色或进入该数据域。', future: '须晚于今天。', keyMaxDays: '密钥有效期最长 {0} 天。', wellFormed: '文本中含有空字符或不完整的代理对。', required: '必须填写。', needsOpinion: '必须填写意见。',
  activeUnit: '单位须为存续状态。', notEnded: '尚未终止方可办理。', notInFuture: '不得晚于今天。', noCycle: '不得置于自身或下级单位之下。', maxDepth: '层级不得超过 {0} 级。',
  noActiveChild: '下级单位尚未调整或撤销。', relationsEnd: '组织关系的起始日期晚于该日期。', relationEnds: '该类组织关系不适用于这种单位。', twoUnits: '须为两个不同的单位。',
  village: '只能在村（社区）任命。', noIdentityNumber: '不得填写身份证件号码。',
  range: '数值超出允许范围。', monotone: '可能性或影响增大时，等级不得降低。', complete: '须恰好包含全部 25 个单元格。',
  source: '佐证材料须为文件或链接之一。', file: '该佐证材料是链接，没有文件。', notWithdrawn: '该佐证材料已撤回。', noEvidence: '已附佐证材料，不能删除。', linkNotSensitive: '链接不得标为敏感。', maxBytes: '文件超过 {0} 字节。',
  notEmpty: '文件为空。', mediaType: '文件内容不属于允许的类型，或含有宏。', fileName: '文件扩展名与内容不符。', archive: '文档已损坏或已加密，无法检查。', archiveBomb: '文档解压后过大。',
  reserved: '该标题保留用于敏感材料的代号。', sealed: '该佐证材料没有密存的内容。', purged: '文件保存期限届满已销毁，校验值仍保留。',
  multipart: '请以 multipart/form-data 表单提交，文件放在最后。', once: '表单中的同一字段不得重复。', last: '文件须为表单的最后一部分。', depth: '嵌套层数过多。',
  firstOrLast: 'first 与 last 不能同时使用。', cursor: '不是该列表在此排序下的游标。', format: '格式不正确。', length: '长度不符合要求。',
  isString: '必须是文本。', isNotEmpty: '不能为空。', isInt: '必须是整数。', isArray: '必须是列表。', isBoolean: '必须是布尔值。', isEnum: '不是允许的值。', isIn: '不是允许的值。',
  isLength: '长度须为 {0} 至 {1} 个字符。', minLength: '不得少于 {0} 个字符。', maxLength: '不得超过 {0} 个字符。',
  min: '不得小于 {0}。', max: '不得大于 {0}。', arrayMinSize: '至少 {0} 项。', arrayMaxSize: '至多 {0} 项。', arrayUnique: '列表中不得有重复项。', arrayNotEmpty: '列表不能为空。',
  matches: '格式不正确。', isUrl: '不是有效的网址。', isUuid: '不是有效的标识。', isDateString: '不是有效的日期。',
  'INV-05': '村级监督员须恰好担任四个岗位，每村同一时间只有一名。', 'INV-06': '清单种类与责任类别不符。', 'INV-07': '三张清单须均已审批且四责齐备，方可同亮。',
  'INV-08': '每项责任须恰有一名责任主体，且公布之日任职有效、身份相符。', 'INV-09': '公布的职权须有一张生效的运行流程图，步骤连续且不重复。',
  'INV-10': '公布的重大职权至少须有一个风险点。', 'INV-11': '风险点须恰属一项职权，其流程步骤须属同一职权的流程。', 'INV-12': '每个有效风险点至少须有一项有效防控措施。',
  'INV-13': '防控措施须对应至少一个风险点并有责任岗位。', 'INV-14': '剩余风险不得高于固有风险；低于固有风险须有运行中且未评为无效的措施。',
  'INV-15': '风险等级由可能性、影响和矩阵版本计算得出。', 'INV-16': '监督重点应指明被监督单位的职权或风险点。', 'INV-36': '目录编码不可更改且不得重复；同一版本内容须一致。',
  'INV-38': '已锁定的内容保留其形成时的版本。', 'INV-39': '分母为零或缺失时指标值为空并说明原因。', 'INV-41': '统一社会信用代码或区划代码未通过校验。',
  'INV-24': '经办人以及已审批其他环节的人不得审批该事项。', 'content-hash': '审定之后内容有改动，请重新打开并再次审定。', 'content-seen': '内容已不是您所看到的版本，请重新读取。', 'approval-order': '前一审批环节尚未通过。', locked: '已公布的清单不得修改，请修订新版本。',
  'one-open-version': '该清单已有编制中的版本。', supervises: '该机构对该单位没有监督关系。', 'SM-1': '清单已公布，请修订新版本。', 'SM-2': '本方已确认，另一方尚未确认。',
  'SM-3': '清单公布后方可履责，附佐证材料后方可报告完成。', 'SM-4': '清单只列已确认或已公布的职权。',
  'INV-27': '建议书须至少有一项建议并写明回复期限；不采纳须说明理由。', 'INV-28': '整改须附佐证材料，由责任人以外的人核实后方可销号。', 'INV-29': '每项军令状恰有一项整改任务，期限与承诺一致。',
  'INV-35': '问责决定须写明依据，由有权机关作出。', 'SM-12': '建议书当前状态下不能办理，或建议尚未全部落实、核实。', superior: '被建议单位没有上级单位。', addressee: '风险点须属被建议单位。', oneSubject: '问责对象须为人员或单位之一。', ofUnits: '该方式不适用于单位。', form: '对人员须写明四种形态之一，对单位不写。', responsibleAndDate: '责任人与期限须一并填写。', 'SM-13': '提交整改后不得延期。', mostExtensions: '延期最多 {0} 次。', oneRequest: '已有一项延期申请待审批。', later: '须晚于现有期限。', responsible: '整改责任人须为整改单位的现任人员。',
  workbookType: '请上传 .xlsx 工作簿（不含密码和宏），或 UTF-8、GB 18030 编码的 .csv 文本。',
  UNREADABLE: '文件无法读取：编码须为 UTF-8 或 GB 18030，工作簿须为不带密码的 .xlsx。', TOO_LARGE: '文件或其解压内容过大。', TOO_MANY_ROWS: '行数过多。', TOO_MANY_COLUMNS: '列数过多。', EMPTY: '表头下没有数据行。',
  MISSING_COLUMN: '缺少必需的列。', UNKNOWN_COLUMN: '没有该列。', DUPLICATE_COLUMN: '该列重复。', REQUIRED: '必须填写。', TOO_LONG: '内容过长。', BAD_FORMAT: '格式不正确。', BAD_CHARACTER: '含有无法保存的字符。',
  IDENTITY_NUMBER: '不得填写身份证件号码。', NOT_A_DATE: '日期应写作 2026-11-22。', NOT_A_NUMBER: '不是允许的数值。', NOT_A_PERIOD: '期间应写作 2026、2026-H1、2026-Q3 或 2026-07。', NOT_IN_LIST: '不在允许的取值之内：{list}',
  CELL_ERROR: '单元格的公式有错误。', NO_RESULT: '单元格的公式没有结果，请在表格软件中重新计算并保存。', NUMBER_TOO_LONG: '数字过长，表格软件已丢失其末位，请以文本格式填写。', DUPLICATE: '与文件中的另一行重复。', EXISTS: '已存在相同的记录。',
  UNKNOWN_UNIT: '没有该代码的单位。', UNKNOWN_PARENT: '没有该代码的上级单位。', UNKNOWN_PERSON: '没有该工号的人员。', UNKNOWN_POSITION: '该单位没有此岗位。', UNKNOWN_POWER: '该单位没有此职权。', UNKNOWN_RISK_POINT: '该单位没有此风险点。',
  UNKNOWN_VARIABLE: '没有该填报变量。', UNKNOWN_TYPE: '目录中没有该类型。', INACTIVE_UNIT: '单位须为存续状态。', INACTIVE_PARENT: '上级单位须为存续状态。', WRONG_KIND: '该类组织关系不适用于这种单位。', SAME_UNIT: '须为两个不同的单位。', TOO_MUCH: '数额超出允许范围。', NOT_ALLOWED: '此处不允许填写该值。',
  DATE_ORDER: '日期先后不符。', CYCLE: '上级单位循环。', TOO_DEEP: '层级过深。', 'SM-5': '与风险点的状态不符。', 'SM-6': '与防控措施的状态不符。',
  'INV-01': '工作规则六个部分均须有条目，第六部分须涵盖弃权、乱权、滥权三种情形，方可公布。', 'INV-02': '同一机关同一种工作规则在同一日期只能有一份有效。',
  'INV-03': '牵头和配合单位须符合监督模式，对象、事项、方式和手段须在牵头单位的有效工作规则和监督关系之内。', 'INV-04': '与其他活动的对象、事项和时间重叠，须先联合开展、运用已有结果或说明单独开展的理由。',
  'INV-30': '四责协同专场须四类责任均有述责、质询和测评。', 'INV-31': '不得将线索或举报人信息交给被反映的单位或个人。', 'INV-32': '核实组不得少于二人，成员不得与被反映对象同单位或有亲属关系。',
  'INV-33': '须先确定处置意见；有已知举报人的须反馈；诉求属实的须兑现补发退还，方可办结。', 'INV-34': '至少落实一项治理措施，或记录无需治理的理由，案件方可办结。',
  'INV-42': '预警只是线索提示，须由人员核实并写明核实情况后方可登记为问题。', 'SM-8': '线索当前环节不能办理此操作。', 'SM-9': '案件或治理措施当前环节所需的材料尚不齐全。', 'SM-14': '专场当前环节不能办理此操作。', 'SM-15': '专项整治当前环节所需的工作尚未完成。',
  object: '该单位不在本次监督检查的对象之内。', 'under-way': '须在监督检查进行期间办理。', concluded: '所属监督检查已结束，须先恢复。', consent: '对方牵头单位尚未同意联合开展。', state: '对方活动已不再接受并入。', partners: '配合单位尚未确认。',
  'use-of-results': '尚有问题未确定如何处理，不能完成结果运用。', unit: '所涉及的是另一个单位。', 'closed-realm': '与线索有关的意见须在线索中填写，不随问题保存。', 'not-future': '不得晚于今天。', 'not-past': '终止日期过早。', order: '日期的先后顺序不符。',
  day: '尚未到会商日期。', minutes: '尚有参加单位未确认纪要，且异议期限未满。', other: '须为另一个单位。', transfer: '线索须通过线索移送办理，不能直接登记为协作事项。', result: '只有成果互用可写明运用于哪项监督检查。', 'joint-action': '提议联合行动须同时写明双方的监督检查。',
  'known-code': '该代码表中没有这个代码。', 'code-in-use': '该代码已停用。', issuer: '该单位无权制定工作规则。', section: '该内容不属于这一部分。', period: '终止日期不得早于生效日期。',
  channel: '只有来源为监督发现问题的线索才写明所依据的问题。', handlesClues: '线索由纪检监察机关及其派出机构、村级监督员受理。', registered: '线索登记后不能再改变性质。', openHere: '并入的线索须已在本单位登记且尚未办结。', elsewhere: '线索已在该单位。',
  misconduct: '须有属实或部分属实的违纪违法问题方可立案。', proposed: '尚未提请立案。', hasDeadline: '该线索没有办理期限。', deadline: '该期限最多可延长 {0} 天。', caseOpen: '由其立案的案件尚未办结。', oneLead: '核实组须恰有一名组长。', inFuture: '须晚于当前时间。',
  decision: '问责处理须写明问责决定，其他处理不写。', votes: '票数不得为负，且至少有一票。', count: '已整改的问题不得多于发现的问题。', 'four-bodies': '四主一体的单位须为存续单位，主推单位须为监督机构。', 'on-record': '已报送、已附佐证或已发现问题的单位须保留在整治范围内。',
  'one-open-report': '该责任人已有尚未述职的报告，请直接修改。', size: '一次最多订阅 {1} 个对象。', minimumCell: '涉及单个人员或事项的数据仅供台账读者查看。', oneUnitDimension: '两种单位维度不能同时使用。', afterFrom: '截止日期不得早于起始日期。',
  audience: '该目录不适用于此单位。', 'one-of': '插件和版本须恰填一项。',
  'INV-43': '每次写入均须留痕。', 'INV-44': '插件不得越出其命名空间。',
}

const fill = (text: string, values: Values): string => text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))

/** The text of an AppError in the reader's language. Without a Chinese text the English one stays beside the code's Chinese sentence. */
export function messageOf(locale: Locale, code: ErrorCode, english: string, key?: string, values: Values = {}): string {
  const text = key ? MESSAGES[key] : undefined
  if (text) return fill(locale === 'en' ? text.en : text.zh, values)
  if (locale === 'en') return english
  const generic = CODES[code]
  return english === generic.en ? generic.zh : `${generic.zh}（${english}）`
}

export const codeMessage = (locale: Locale, code: ErrorCode): string => (locale === 'en' ? CODES[code].en : CODES[code].zh)

export function translateViolation(locale: Locale, violation: Violation): Violation {
  const numbers = violation.message.match(/-?\d+(\.\d+)?/g) ?? []
  // A length between two numbers tells only the one that was missed.
  const named = violation.rule === 'isLength' && numbers.length === 1 ? (violation.message.includes('longer') ? 'minLength' : 'maxLength') : violation.rule
  const rule = locale === 'en' ? undefined : RULES[named]
  if (!rule) return violation
  // What a value may be stands behind a colon, with the Chinese words in it.
  const list = violation.message.split(': ')[1]
  const text = fill(rule, { ...Object.fromEntries(numbers.map((n, i) => [String(i), n])), ...(list !== undefined && { list }) })
  return text.includes('{') ? violation : { ...violation, message: text }
}

/** The first language of an Accept-Language header that the product speaks. Browsers always name theirs; English for tools that name none. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  if (!acceptLanguage) return 'en'
  const wanted = acceptLanguage.slice(0, 200).split(',').map(part => {
    const [tag = '', q] = part.trim().split(/\s*;\s*q=/)
    return { tag: tag.toLowerCase(), q: q === undefined ? 1 : Number(q) || 0 }
  })
  const best = wanted.filter(w => w.q > 0 && /^(zh|en)\b/.test(w.tag)).sort((a, b) => b.q - a.q)[0]
  return best?.tag.startsWith('zh') ? 'zh-CN' : 'en'
}
