/** An error as it may stand in a log: what broke and where, without the values that it broke on. */
export interface SafeError {
  readonly type: string
  readonly message: string
  readonly stack?: string
  readonly cause?: SafeError
  readonly [detail: string]: unknown
}

/** What says where an error comes from and never holds a value of a row or of a request. */
const DETAILS = ['code', 'severity', 'schema', 'table', 'column', 'constraint', 'dataType', 'routine', 'syscall', 'errno', 'address', 'port'] as const

/**
 * Classes of SQLSTATE whose sentences name tables, columns and conditions only. Those of data (22), of functions (P0) and of the inside (XX)
 * quote values; DETAIL, HINT and CONTEXT quote whole rows and are never kept.
 */
const PLAIN_SQLSTATE = /^(08|0A|23|25|28|3D|3F|40|42|53|54|55|57|58)/

const DEEPEST = 5

/** For pino's `serializers.err`, and wherever else an error is written down. */
export function safeError(error: unknown, depth = 0): SafeError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'Something that is no error was thrown.' }
  const given = error as Error & Record<string, unknown>
  const details = Object.fromEntries(DETAILS.flatMap(key => (typeof given[key] === 'string' || typeof given[key] === 'number' ? [[key, given[key]]] : [])))
  const frames = given.stack?.split('\n').filter(line => /^\s+at /.test(line)).join('\n')
  const cause = given.cause ?? (given as { driverError?: unknown }).driverError
  return {
    type: error.constructor.name, message: messageOf(given), ...details, ...(frames && { stack: frames }),
    ...(cause !== undefined && depth < DEEPEST && { cause: safeError(cause, depth + 1) }),
  }
}

function messageOf({ message, code, severity }: Error & { code?: unknown; severity?: unknown }): string {
  if (typeof code === 'string' && typeof severity === 'string') return PLAIN_SQLSTATE.test(code) ? message : `PostgreSQL refused it: ${code}.`
  return safeText(message)
}

const LONGEST = 500

/** A sentence of a library or of ours without what may be a value in it: quoted texts, long numbers, tokens, anything beyond ASCII. */
export const safeText = (text: string): string => text.slice(0, 4_000)
  .replace(/(["'`]).*\1/g, '$1…$1')
  .replace(/[\w+/=.-]{20,}/g, word => (/\d/.test(word) || word.length > 40 ? '…' : word))
  .replace(/\d{5,}/g, '…')
  // eslint-disable-next-line no-control-regex -- ASCII is the point
  .replace(/[^\x00-\x7f…]+/g, '…')
  .slice(0, LONGEST)
