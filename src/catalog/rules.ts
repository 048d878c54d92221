import semver from 'semver'
import { compileFormula } from '../domain/indicator'
import { UnitKind } from '../domain/unit'
import { EXTENDED_LISTS } from '../sdk/catalog-shape'
import { RESERVED } from './formula-names'
import type { Joined, Placed } from './files'
import type { CatalogProblem } from './problem'

/** What the shape of a file cannot say: rules across items and files. All are checked, all problems are told. */
export function contentProblems(joined: Joined): CatalogProblem[] {
  const problems: CatalogProblem[] = []
  const report: Report = (at, code, message, inside = '') => {
    const path = [at.path, inside].filter(Boolean).join('.')
    const line = joined.lineOf(at.file, path)
    problems.push({ code, file: at.file, path, message, ...(line === undefined ? {} : { line }) })
  }
  releaseRules(joined, report)
  const known = codeRules(joined, report)
  audienceRules(joined, known, report)
  powerRules(joined, known, report)
  focusRules(joined, known, report)
  violationRules(joined, report)
  indicatorRules(joined, known, report)
  return problems
}

type Report = (at: Placed<unknown>, code: string, message: string, inside?: string) => void
interface Known {
  audiences: Set<string>; positions: Set<string>; violations: Set<string>; variables: Set<string>
  /** Audiences of each power and risk, by slug; null: all. */
  powers: Map<string, readonly string[] | null>; risks: Map<string, readonly string[] | null>
}

function releaseRules({ releases }: Joined, report: Report): void {
  const [first, ...more] = releases
  if (!first) return report({ value: null, file: '.', path: '' }, 'RELEASE', 'No file says which release this is (`release:` with version and titles).')
  for (const other of more) report(other, 'RELEASE', `The release is already named in ${first.file}.`)
  if (!semver.valid(first.value.version)) report(first, 'VERSION', `"${first.value.version}" is no semantic version such as 1.2.3.`, 'version')
}

/** Codes are unique per kind in the whole catalog, wherever they stand. */
function codeRules({ lists }: Joined, report: Report): Known {
  const unique = <T extends { code: string }>(of: readonly Placed<T>[], what: string): Set<string> => {
    const seen = new Map<string, string>()
    for (const at of of) {
      const before = seen.get(at.value.code)
      if (before !== undefined) report(at, 'DUPLICATE', `The ${what} ${at.value.code} is already in ${before}.`, 'code')
      else seen.set(at.value.code, at.file)
    }
    return new Set(seen.keys())
  }
  const risks = lists.powers.flatMap(p => inside(p, 'riskPoints', p.value.riskPoints))
  unique(lists.powers.map(p => ({ ...p, value: p.value.flow, path: `${p.path}.flow` })), 'flow')
  unique(risks.flatMap(r => inside(r, 'controls', r.value.controls)), 'control')
  unique(lists.duties, 'duty'); unique(lists.focuses, 'focus'); unique(lists.indicators, 'indicator'); unique(lists.codeLists, 'code list'); unique(lists.powers, 'power'); unique(risks, 'risk point')
  for (const list of EXTENDED_LISTS) unique(lists.codes.filter(c => c.value.list === list), 'code')
  for (const list of lists.codeLists) unique(inside(list, 'values', list.value.values), 'value')
  const power = new Map(lists.powers.map(p => [p.value.code, p.value.audiences ?? null]))
  return {
    audiences: unique(lists.audiences, 'audience'), positions: unique(lists.positions, 'position'), violations: unique(lists.violationTypes, 'violation type'),
    variables: unique(lists.variables, 'variable'), powers: power,
    risks: new Map(lists.powers.flatMap(p => p.value.riskPoints.map(r => [r.code, r.audiences ?? p.value.audiences ?? null]))),
  }
}

const inside = <P, T>(parent: Placed<P>, key: string, items: readonly T[]): Placed<T>[] => items.map((value, i) => ({ value, file: parent.file, path: `${parent.path}.${key}.${i}` }))

function audienceRules({ lists }: Joined, known: Known, report: Report): void {
  for (const at of lists.audiences) {
    at.value.unitKinds.forEach((kind, i) => { if (!(kind in UnitKind)) report(at, 'UNKNOWN', `${kind} is no kind of unit.`, `unitKinds.${i}`) })
  }
  for (const at of [...lists.powers, ...lists.duties, ...lists.focuses, ...lists.indicators, ...lists.powers.flatMap(p => inside(p, 'riskPoints', p.value.riskPoints))]) {
    at.value.audiences?.forEach((a, i) => { if (!known.audiences.has(a)) report(at, 'UNKNOWN', `There is no audience ${a}.`, `audiences.${i}`) })
  }
}

/** Does everybody who adopts `inner` also adopt `outer`? */
const covered = (inner: readonly string[] | null, outer: readonly string[] | null): boolean =>
  outer === null || (inner !== null && inner.every(a => outer.includes(a)))

function powerRules({ lists }: Joined, known: Known, report: Report): void {
  const position = (at: Placed<unknown>, slug: string | undefined, field: string): void => {
    if (slug !== undefined && !known.positions.has(slug)) report(at, 'UNKNOWN', `There is no position ${slug}.`, field)
  }
  const basis = (at: Placed<{ isSynthetic: boolean; legalBasis: readonly unknown[] }>): void => {
    if (!at.value.isSynthetic && !at.value.legalBasis.length) report(at, 'LEGAL_BASIS', 'A fact names its legal basis; an invented text says isSynthetic: true.')
  }
  for (const at of lists.powers) {
    const { value: power } = at
    basis(at)
    basis({ ...at, value: power.flow, path: `${at.path}.flow` })
    power.positions.forEach((p, i) => position(at, p, `positions.${i}`))
    power.flow.steps.forEach((s, i) => position(at, s.position, `flow.steps.${i}.position`))
    for (const risk of inside(at, 'riskPoints', power.riskPoints)) {
      basis(risk)
      position(risk, risk.value.ownerPosition, 'ownerPosition')
      if (risk.value.step !== undefined && risk.value.step > power.flow.steps.length) report(risk, 'STEP', `The flow has ${power.flow.steps.length} steps; there is no step ${risk.value.step}.`, 'step')
      if (!covered(risk.value.audiences ?? power.audiences ?? null, power.audiences ?? null)) report(risk, 'AUDIENCE', 'A risk point has no audience that its power has not.', 'audiences')
      risk.value.violationTypes.forEach((v, i) => { if (!known.violations.has(v)) report(risk, 'UNKNOWN', `There is no violation type ${v}.`, `violationTypes.${i}`) })
      for (const control of inside(risk, 'controls', risk.value.controls)) {
        basis(control)
        position(control, control.value.ownerPosition, 'ownerPosition')
      }
    }
  }
  for (const at of [...lists.duties, ...lists.focuses, ...lists.violationTypes, ...lists.codes]) basis(at)
  // Indicators come from published documents as often as from law.
  for (const at of lists.indicators) if (!at.value.sourceNote) basis(at)
}

function focusRules({ lists }: Joined, known: Known, report: Report): void {
  for (const at of lists.focuses) {
    const own = at.value.audiences ?? null
    for (const [field, slugs, of] of [['powers', at.value.powers, known.powers], ['riskPoints', at.value.riskPoints, known.risks]] as const) {
      slugs.forEach((slug, i) => {
        const audiences = of.get(slug)
        if (audiences === undefined) report(at, 'UNKNOWN', `There is no ${field === 'powers' ? 'power' : 'risk point'} ${slug}.`, `${field}.${i}`)
        else if (!covered(own, audiences)) report(at, 'AUDIENCE', `Not everybody who adopts this focus adopts ${slug}.`, `${field}.${i}`)
      })
    }
  }
}

function violationRules({ lists }: Joined, report: Report): void {
  for (const at of lists.violationTypes) {
    const s = at.value.sanction
    if (!s) continue
    const pairs = [['fineMultiple', s.fineMultipleMin, s.fineMultipleMax], ['fineAmount', s.fineAmountMin, s.fineAmountMax], ['suspensionMonths', s.suspensionMonthsMin, s.suspensionMonthsMax]] as const
    for (const [field, min, max] of pairs) if (min !== undefined && max !== undefined && Number(min) > Number(max)) report(at, 'SANCTION', 'The lower end is above the upper end.', `sanction.${field}Min`)
  }
}

function indicatorRules({ lists }: Joined, known: Known, report: Report): void {
  for (const at of lists.variables) if (RESERVED.has(at.value.code)) report(at, 'VARIABLE', `${at.value.code} is a word of the formula language.`, 'code')
  for (const at of lists.indicators) {
    const { value: i } = at
    i.variables.forEach((v, n) => { if (!known.variables.has(v)) report(at, 'VARIABLE', `The variable ${v} is not declared.`, `variables.${n}`) })
    const used = new Set<string>()
    let compiles = true
    for (const field of ['numerator', 'denominator'] as const) {
      const text = i[field]
      if (text === undefined) continue
      const compiled = compileFormula(text, i.variables)
      if ('problem' in compiled) {
        compiles = false
        report(at, 'FORMULA', `${field}: ${compiled.problem}.`, field)
      } else for (const v of [...compiled.formula.uses.value, ...compiled.formula.uses.previous]) used.add(v)
    }
    if (compiles) i.variables.forEach((v, n) => { if (!used.has(v)) report(at, 'VARIABLE', `${v} is listed but no formula uses it.`, `variables.${n}`) })
    if (i.aggregation === 'RATIO_OF_SUMS' && !i.denominator) report(at, 'AGGREGATION', 'A ratio of sums needs a denominator.', 'aggregation')
    if (i.aggregation === 'SUM' && i.denominator) report(at, 'AGGREGATION', 'Ratios are not added up: use RATIO_OF_SUMS.', 'aggregation')
  }
}
