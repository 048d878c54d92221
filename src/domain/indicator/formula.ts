import { Environment, type ASTNode } from '@marcbachmann/cel-js'
import type { Decimal } from 'decimal.js'
import { Exact } from '../../core/decimal'

/** A number inside an expression: exact decimals instead of CEL's doubles. */
class Amount {
  constructor(readonly exact: Decimal) {}
}
const exact = (v: unknown): Decimal => (v instanceof Amount ? v.exact : new Exact(String(v)))

/** Nothing in a formula grows beyond this: a formula is read by people. */
const LIMITS = { maxAstNodes: 200, maxDepth: 20, maxListElements: 1, maxMapEntries: 1, maxCallArguments: 1 }

function environment(): Environment {
  const env = new Environment({ limits: LIMITS }).registerType('Amount', { ctor: Amount, fields: {} })
  const pairs = [['Amount', 'Amount'], ['Amount', 'double'], ['double', 'Amount'], ['Amount', 'int'], ['int', 'Amount']] as const
  for (const [l, r] of pairs) {
    for (const [op, method] of [['+', 'plus'], ['-', 'minus'], ['*', 'times']] as const) {
      env.registerOperator(`${l} ${op} ${r}: Amount`, (a: unknown, b: unknown) => new Amount(exact(a)[method](exact(b))))
    }
    for (const [op, method] of [['<', 'lt'], ['<=', 'lte'], ['>', 'gt'], ['>=', 'gte']] as const) {
      env.registerOperator(`${l} ${op} ${r}: bool`, (a: unknown, b: unknown) => exact(a)[method](exact(b)))
    }
    // Equality is known in both directions as soon as it is in one.
    if (l === 'Amount') env.registerOperator(`${l} == ${r}: bool`, (a: unknown, b: unknown) => exact(a).eq(exact(b)))
  }
  return env.registerOperator('-Amount', (a: Amount) => new Amount(a.exact.neg()))
}
const BASE = environment()

/** Names of CEL that a formula may use: `value.x` is the figure of the period, `previous.x` that of the same period a year earlier. */
const ROOTS = ['value', 'previous'] as const
type Root = (typeof ROOTS)[number]
const ALLOWED = new Set(['value', 'id', '.', '+', '-', '*', '<', '<=', '>', '>=', '==', '!=', '?:', '&&', '||', '!_', '-_'])

/** A compiled formula over declared variables. */
export interface Formula {
  readonly text: string
  /** Variables that it uses, of the period and of the year before. */
  readonly uses: Readonly<Record<Root, readonly string[]>>
  /** Exact. Every used variable must be given as decimal text. */
  evaluate(figures: Readonly<Record<Root, Readonly<Record<string, string>>>>): Decimal
}

/**
 * Compiles an expression, or says what is wrong with it. No division (the engine divides, so that zero is seen), no function calls
 * (`matches` can run for minutes on a short text), no lists.
 */
export function compileFormula(text: string, variables: readonly string[]): { formula: Formula } | { problem: string } {
  try {
    const env = BASE.clone()
    for (const root of ROOTS) env.registerVariable({ name: root, schema: Object.fromEntries(variables.map(v => [v, 'Amount'])) })
    const parsed = env.parse(text)
    const uses = { value: new Set<string>(), previous: new Set<string>() }
    const refused = walk(parsed.ast, uses)
    if (refused) return { problem: refused }
    const checked = parsed.check()
    if (!checked.valid) return { problem: summary(checked.error) }
    if (!['Amount', 'int', 'double'].includes(checked.type ?? '')) return { problem: `gives a ${checked.type}, not a number` }
    return { formula: { text, uses: { value: [...uses.value].sort(), previous: [...uses.previous].sort() }, evaluate: figures => run(parsed, uses, figures) } }
  } catch (error) {
    return { problem: summary(error) }
  }
}

const summary = (error: unknown): string => (error as { summary?: string }).summary ?? (error as Error).message

function run(parsed: (context: object) => unknown, uses: Record<Root, Set<string>>, figures: Readonly<Record<Root, Readonly<Record<string, string>>>>): Decimal {
  const context = Object.fromEntries(ROOTS.map(root => [root, Object.fromEntries([...uses[root]].map(v => [v, new Amount(new Exact(figures[root][v]!))]))]))
  const result = exact(parsed(context))
  if (!result.isFinite()) throw new Error('The formula gave no finite number.')
  return result
}

/** Collects the variables; answers the first thing that a formula may not hold. */
function walk(node: ASTNode, uses: Record<Root, Set<string>>): string | null {
  if (node.op === 'call' || node.op === 'rcall') return `${node.args[0]}() is not allowed: formulas have no function calls`
  if (node.op === '/' || node.op === '%') return `${node.op} is not allowed: give numerator and denominator apart, the engine divides`
  if (!ALLOWED.has(node.op)) return `${node.op} is not allowed in a formula`
  if (node.op === 'value') return typeof node.args === 'number' || typeof node.args === 'bigint' ? null : 'only numbers may stand in a formula'
  if (node.op === 'id') return `${node.args}: variables are written value.${node.args}`
  if (node.op === '.') {
    const [of, name] = node.args
    if (of.op !== 'id' || !ROOTS.includes(of.args as Root)) return 'variables are written value.x or previous.x'
    uses[of.args as Root].add(name)
    return null
  }
  const children = (Array.isArray(node.args) ? node.args : [node.args]) as ASTNode[]
  for (const child of children) {
    const refused = walk(child, uses)
    if (refused) return refused
  }
  return null
}
