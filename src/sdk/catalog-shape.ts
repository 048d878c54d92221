import { z } from 'zod'

/**
 * The shape of a catalog: what sector departments keep in YAML (and later in workbooks). Published as schema/catalog.schema.json.
 * Codes here are slugs; the permanent code of an item is `<plugin>.<kind>.<slug>`, e.g. `health-procurement.risk.tailored-specification`.
 */
export const slug = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens').max(80)
const zh = z.string().trim().min(1).max(500)
const en = z.string().trim().min(1).max(1000)

/** Where a fact stands in law; `article` as people cite it ("第三十八条第(一)项" or "art. 38(1)"). */
export const legalBasis = z.strictObject({ title: zh, article: z.string().max(200).optional(), documentNo: z.string().max(200).optional() })

/** What every item carries besides its content. Facts name their legal basis; invented texts say so. */
const item = {
  code: slug,
  /** A permanent code that this item replaces. */
  supersedes: slug.optional(),
  legalBasis: z.array(legalBasis).default([]),
  /** Text written by the catalog's authors, not taken from a law or a published document. */
  isSynthetic: z.boolean(),
  sourceNote: z.string().max(500).optional(),
}
/** Audiences (by slug) that adopt the item; absent: every audience of the catalog. */
const audiences = z.array(slug).optional()

/** A kind of unit that the catalog is written for; a unit matches when its kind, one of its sectors and its level all do. */
export const audience = z.strictObject({
  code: slug, nameZh: zh, nameEn: en,
  unitKinds: z.array(z.string()).min(1), sectorCodes: z.array(slug).min(1),
  levels: z.array(z.enum(['CITY', 'COUNTY', 'TOWNSHIP'])).min(1),
})

/** A post that powers, steps, risk points and controls name; adoption finds the unit's own post with this code or makes it. */
export const positionTemplate = z.strictObject({ code: slug, nameZh: zh, nameEn: en, powerBearing: z.boolean() })

export const FLOW_STEP_KINDS = ['APPLY', 'REVIEW', 'DECIDE', 'EXECUTE', 'ACCEPT', 'PAY', 'PUBLISH', 'ARCHIVE'] as const
export const flowStep = z.strictObject({
  nameZh: zh, nameEn: en, kind: z.enum(FLOW_STEP_KINDS), position: slug.optional(),
  timeLimitWorkingDays: z.int().min(1).max(366).optional(),
  /** 三重一大: decided collectively. */
  collectiveDecision: z.boolean().default(false),
})
/** One operating flow per power; the steps' order is their sequence, 1, 2, 3 … */
export const flow = z.strictObject({ ...item, steps: z.array(flowStep).min(1).max(40) })

export const CONTROL_NATURES = ['PREVENTIVE', 'DETECTIVE', 'CORRECTIVE'] as const
export const CONTROL_MODES = ['MANUAL', 'AUTOMATED', 'HYBRID'] as const
export const CONTROL_FREQUENCIES = ['PER_TRANSACTION', 'DAILY', 'WEEKLY', 'MONTHLY', 'QUARTERLY', 'HALF_YEARLY', 'YEARLY', 'ON_CHANGE'] as const
export const control = z.strictObject({
  ...item, descriptionZh: zh, descriptionEn: en,
  nature: z.enum(CONTROL_NATURES), mode: z.enum(CONTROL_MODES), frequency: z.enum(CONTROL_FREQUENCIES), ownerPosition: slug,
})
export const RISK_CATEGORIES = ['POST', 'PROCESS', 'DECISION', 'SYSTEM', 'EXTERNAL', 'CONDUCT'] as const
export const riskPoint = z.strictObject({
  ...item, audiences,
  descriptionZh: zh, descriptionEn: en, causeZh: zh.optional(), consequenceZh: zh.optional(),
  category: z.enum(RISK_CATEGORIES),
  /** Sequence number of the step of the power's flow where the risk sits. */
  step: z.int().min(1).optional(),
  ownerPosition: slug,
  /** A suggestion for the first rating; the unit rates for itself. */
  suggested: z.strictObject({ likelihood: z.int().min(1).max(5), impact: z.int().min(1).max(5) }).optional(),
  /** Slugs of violation types of this catalog that the risk leads to. */
  violationTypes: z.array(slug).default([]),
  controls: z.array(control).min(1).max(20),
})
export const POWER_CATEGORIES = ['PERSONNEL', 'FINANCE', 'PROCUREMENT', 'PROJECT', 'APPROVAL', 'ENFORCEMENT', 'INSPECTION_SUPERVISION', 'FUND_SUPERVISION', 'ASSET', 'PUBLIC_SERVICE', 'INFORMATION_DATA', 'OTHER'] as const
export const power = z.strictObject({
  ...item, audiences, nameZh: zh, nameEn: en, descriptionZh: zh.optional(),
  category: z.enum(POWER_CATEGORIES), significance: z.enum(['MAJOR', 'GENERAL']),
  positions: z.array(slug).min(1), flow, riskPoints: z.array(riskPoint).min(1).max(100),
})

export const RESPONSIBILITIES = ['COMMITTEE_MAIN', 'SECRETARY_FIRST', 'MEMBER_DUAL_DUTY'] as const
/** A duty item of the committee, its secretary or a team member. `due`: month and day within the list's year. */
export const duty = z.strictObject({
  ...item, audiences, responsibility: z.enum(RESPONSIBILITIES), contentZh: zh, contentEn: en,
  due: z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/).optional(), isPriorityTask: z.boolean().default(false),
})
/** A supervision focus (监督重点) for the dispatched group; names the powers or risk points (slugs of this catalog) it looks at. */
export const focus = z.strictObject({
  ...item, audiences, contentZh: zh, contentEn: en, due: duty.shape.due, isPriorityTask: z.boolean().default(false),
  powers: z.array(slug).default([]), riskPoints: z.array(slug).default([]),
}).refine(f => f.powers.length + f.riskPoints.length > 0, 'a focus names at least one power or risk point')

export const violationType = z.strictObject({
  ...item, nameZh: zh, nameEn: en, descriptionZh: zh.optional(),
  subjectKind: z.enum(['AGENCY', 'PROVIDER', 'INDIVIDUAL', 'OTHER']), category: slug,
  /** What the law provides: text, and the fine as a multiple of the loss or as an amount in CNY where the law gives one. */
  sanction: z.strictObject({
    textZh: zh, textEn: en, fineMultipleMin: z.number().optional(), fineMultipleMax: z.number().optional(),
    fineAmountMin: z.string().regex(/^\d+(\.\d{1,2})?$/).optional(), fineAmountMax: z.string().regex(/^\d+(\.\d{1,2})?$/).optional(),
    suspensionMonthsMin: z.int().optional(), suspensionMonthsMax: z.int().optional(),
  }).optional(),
  screeningSignalZh: zh.optional(),
})

/** Lists of the core that a catalog adds codes to, beside its violation types. */
export const EXTENDED_LISTS = ['FINDING_CATEGORY', 'SUPERVISION_MATTER', 'PROBLEM_CATEGORY'] as const
/** A code of such a list: `<plugin>.finding-category.<slug>`. It stays for ever; retire it, or let its successor name it as `supersedes`. */
export const listedCode = z.strictObject({ ...item, list: z.enum(EXTENDED_LISTS), nameZh: zh, nameEn: en, descriptionZh: zh.optional() })

/**
 * An indicator: numerator ÷ denominator × multiplier, both CEL expressions over declared variables (`value.drugIncome`).
 * A figure that cannot be told is null with a reason, never 0.
 */
export const indicator = z.strictObject({
  ...item, audiences, nameZh: zh, nameEn: en,
  /** The calibre: what exactly is counted, in words. */
  calibreZh: zh, calibreEn: en,
  numerator: z.string().min(1).max(500), denominator: z.string().min(1).max(500).optional(),
  multiplier: z.number().positive().default(1), decimals: z.int().min(0).max(6).default(2),
  unit: z.string().min(1).max(20),
  direction: z.enum(['HIGHER_BETTER', 'LOWER_BETTER', 'TARGET_RANGE', 'MONITOR_ONLY']),
  periodKinds: z.array(z.enum(['MONTH', 'QUARTER', 'HALF_YEAR', 'YEAR'])).min(1),
  aggregation: z.enum(['RATIO_OF_SUMS', 'SUM', 'LAST', 'NONE']),
  /** Below this denominator the value is told but marked unstable. */
  minDenominator: z.number().nonnegative().default(0),
  /** Variables needed, by slug-like camelCase name, declared in `variables`. `previous.x` is the same period a year earlier. */
  variables: z.array(z.string()).min(1),
})
/** A figure that indicators count with. `REPORTED`: entered or imported per unit and period. `COMPUTED`: the plugin's code counts it from its own register. */
export const variable = z.strictObject({
  code: z.string().regex(/^[a-z][A-Za-z0-9]*$/).max(60), nameZh: zh, nameEn: en, unit: z.string().max(20),
  source: z.enum(['REPORTED', 'COMPUTED']), descriptionZh: zh.optional(), isSynthetic: z.boolean().default(true),
})
/** A namespaced code list of the plugin (`HP_PROCUREMENT_STAGE` …) for screens. */
export const codeList = z.strictObject({ code: slug, nameZh: zh, nameEn: en, values: z.array(z.strictObject({ code: slug, labelZh: zh, labelEn: en })).min(1) })

/** An item of an earlier release that this one no longer holds. Codes never just disappear: what records refer to stays explained. */
export const ITEM_KINDS = ['POSITION', 'POWER', 'FLOW', 'RISK', 'CONTROL', 'DUTY', 'FOCUS', 'INDICATOR', 'VIOLATION_TYPE', ...EXTENDED_LISTS] as const
export const retirement = z.strictObject({ kind: z.enum(ITEM_KINDS), code: slug, reasonZh: zh, reasonEn: en })

/** One YAML file of a catalog folder holds any of these keys; the folder's files are read in name order and joined. */
export const catalogFile = z.strictObject({
  release: z.strictObject({ version: z.string(), titleZh: zh, titleEn: en, changeLog: z.array(z.string()).default([]), maintainer: zh.optional() }).optional(),
  audiences: z.array(audience).optional(), positions: z.array(positionTemplate).optional(), powers: z.array(power).optional(),
  duties: z.array(duty).optional(), focuses: z.array(focus).optional(), violationTypes: z.array(violationType).optional(), codes: z.array(listedCode).optional(),
  variables: z.array(variable).optional(), indicators: z.array(indicator).optional(), codeLists: z.array(codeList).optional(),
  retired: z.array(retirement).optional(),
})
export type CatalogFile = z.infer<typeof catalogFile>
export type CatalogPower = z.infer<typeof power>
export type CatalogAudience = z.infer<typeof audience>
export type CatalogVariable = z.infer<typeof variable>
export type CatalogIndicator = z.infer<typeof indicator>
export type ItemKind = (typeof ITEM_KINDS)[number]
