import { Exact } from '../../core/decimal'
import { compileFormula, type Formula } from './formula'
import type { IndicatorAggregation, IndicatorNullReason } from './indicator.types'

/** What evaluation needs of a definition. */
export interface Computable {
  numerator: string
  denominator: string | null
  multiplier: string
  decimals: number
  aggregation: IndicatorAggregation
  minDenominator: string
  variables: readonly { code: string }[]
}
/** Figures of one unit: of the period, and of the same period a year earlier. Decimal text; what is not there is missing. */
export interface UnitFigures {
  value: Readonly<Record<string, string>>
  previous: Readonly<Record<string, string>>
}
export interface Evaluated {
  numerator: string | null
  denominator: string | null
  value: string | null
  nullReason: IndicatorNullReason | null
  missing: string[]
  unstable: boolean
  unitsCounted: number
}

const NOTHING: Evaluated = { numerator: null, denominator: null, value: null, nullReason: null, missing: [], unstable: false, unitsCounted: 0 }
export const untold = (nullReason: IndicatorNullReason, missing: readonly string[] = []): Evaluated => ({ ...NOTHING, nullReason, missing: [...missing] })

const compiled = new WeakMap<Computable, { numerator: Formula; denominator: Formula | null }>()

/** The formulas of a definition, compiled once per object. Definitions were checked when they were published. */
export function formulasOf(d: Computable): { numerator: Formula; denominator: Formula | null } {
  let formulas = compiled.get(d)
  if (!formulas) {
    const names = d.variables.map(v => v.code)
    const formula = (text: string): Formula => {
      const c = compileFormula(text, names)
      if ('problem' in c) throw new Error(`The formula "${text}" does not compile: ${c.problem}`)
      return c.formula
    }
    compiled.set(d, (formulas = { numerator: formula(d.numerator), denominator: d.denominator === null ? null : formula(d.denominator) }))
  }
  return formulas
}

/** Inputs that both formulas use. */
export function inputsOf(d: Computable): { value: string[]; previous: string[] } {
  const { numerator, denominator } = formulasOf(d)
  const all = (root: 'value' | 'previous'): string[] => [...new Set([...numerator.uses[root], ...(denominator?.uses[root] ?? [])])].sort()
  return { value: all('value'), previous: all('previous') }
}

interface Missing { value: string[]; previous: string[] }
function missingOf(d: Computable, figures: UnitFigures): Missing {
  const needed = inputsOf(d)
  return { value: needed.value.filter(v => figures.value[v] === undefined), previous: needed.previous.filter(v => figures.previous[v] === undefined) }
}
const reason = (m: Missing): Evaluated => untold(m.value.length ? 'MISSING_INPUT' : 'NO_PREVIOUS', [...m.value, ...m.previous.map(v => `previous.${v}`)])

type Amount = InstanceType<typeof Exact>
const apply = (d: Computable, figures: UnitFigures): { numerator: Amount; denominator: Amount | null } => {
  const { numerator, denominator } = formulasOf(d)
  return { numerator: new Exact(numerator.evaluate(figures)), denominator: denominator && new Exact(denominator.evaluate(figures)) }
}

/** An indicator of one unit. INV-39: a denominator of 0 or a missing input gives null with a reason, never 0. */
export function evaluateUnit(d: Computable, figures: UnitFigures): Evaluated {
  const missing = missingOf(d, figures)
  if (missing.value.length || missing.previous.length) return reason(missing)
  const { numerator, denominator } = apply(d, figures)
  return conclude(d, numerator, denominator, 1)
}

/**
 * An indicator of many units. Ratios are the sum of numerators over the sum of denominators (INV-39), over the units that have every input;
 * a unit with some inputs missing is left out of both sums, and `unitsCounted` tells.
 */
export function evaluateMany(d: Computable, units: readonly UnitFigures[]): Evaluated {
  if (d.aggregation !== 'RATIO_OF_SUMS' && d.aggregation !== 'SUM') return untold('NOT_APPLICABLE')
  const complete = units.filter(u => { const m = missingOf(d, u); return !m.value.length && !m.previous.length })
  if (!complete.length) {
    const needed = inputsOf(d)
    const nobody = (root: 'value' | 'previous'): string[] => needed[root].filter(v => units.every(u => u[root][v] === undefined))
    const missing = { value: nobody('value'), previous: nobody('previous') }
    return missing.value.length || missing.previous.length ? reason(missing) : untold('MISSING_INPUT', needed.value)
  }
  let numerator = new Exact(0)
  let denominator: Amount | null = d.denominator === null ? null : new Exact(0)
  for (const unit of complete) {
    const parts = apply(d, unit)
    numerator = numerator.plus(parts.numerator)
    if (denominator && parts.denominator) denominator = denominator.plus(parts.denominator)
  }
  return conclude(d, numerator, denominator, complete.length)
}

function conclude(d: Computable, numerator: Amount, denominator: Amount | null, unitsCounted: number): Evaluated {
  const told = { ...NOTHING, numerator: text(numerator), denominator: denominator && text(denominator), unitsCounted }
  if (denominator?.isZero()) return { ...told, nullReason: 'ZERO_DENOMINATOR' }
  const scaled = numerator.times(d.multiplier)
  const value = denominator ? scaled.div(denominator) : scaled
  return { ...told, value: value.toFixed(d.decimals), unstable: denominator !== null && denominator.abs().lt(d.minDenominator) }
}

const text = (amount: Amount): string => amount.toFixed()
