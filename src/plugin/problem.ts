/** The stages of a plugin's start, in order. A failure in any of them quarantines that plugin and those that need it, nothing else. */
export const PHASES = ['DISCOVER', 'VALIDATE', 'LINK', 'MIGRATE', 'WIRE', 'START'] as const
export type Phase = (typeof PHASES)[number]

/** One thing that is wrong with a plugin, so that its author can find it. */
export interface PluginProblem {
  /** MANIFEST, CODE_IN_CONTENT, CORE_RANGE, REQUIRES, CONFIG, CATALOG, LOAD, TIMEOUT, EXIT, SCHEMA, SECOND_GRAPHQL, NAMESPACE, CLASH, PERMISSION, MIGRATION, RELEASE, WIRE, START. */
  code: string
  message: string
  /** File, inside the plugin where it can be told. */
  file?: string
  /** Place inside the file: `powers.0.riskPoints.3.step`. */
  path?: string
}

/** Why a plugin does not run. */
export interface Failure {
  phase: Phase
  problems: PluginProblem[]
}

export const failure = (phase: Phase, ...problems: PluginProblem[]): Failure => ({ phase, problems })

/** What is shown where there is room for one sentence. */
export const reasonOf = (f: Failure): string =>
  f.problems[0] ? f.problems[0].message + (f.problems.length > 1 ? ` (and ${f.problems.length - 1} more)` : '') : 'unknown'
