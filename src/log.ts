import pino, { type DestinationStream, type Logger } from 'pino'
import { safeError } from './core/safe-log'

export interface LogOptions {
  readonly logLevel: string
  /** `json`: a line is an object, for machines. `text`: for people. */
  readonly logFormat: 'json' | 'text'
}

/** What must not stand in a log even if somebody should log it one day. At the top of a line only: looking deeper costs more than the rest of a request's line. */
const NEVER = ['authorization', 'cookie', 'token', 'password', 'headers', 'req', 'request', 'res', 'variables', 'query', 'body', 'detail', 'parameters']

/** The product's logger: JSON lines (or text) on standard output. Errors lose the values that they quote; what is in `NEVER` is cut out. */
export function createLogger({ logLevel, logFormat }: LogOptions, to: DestinationStream = pino.destination(1)): Logger {
  return pino({
    level: logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: label => ({ level: label }) },
    serializers: { err: (error: unknown) => safeError(error) },
    redact: { paths: NEVER, censor: '[redacted]' },
  }, logFormat === 'text' ? asText(to) : to)
}

/** Time, level, message, and the rest as it was. */
const asText = (to: DestinationStream): DestinationStream => ({
  write(line) {
    const { time, level, msg, ...rest } = JSON.parse(line) as Record<string, unknown>
    const details = Object.entries(rest).map(([key, value]) => ` ${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`).join('')
    to.write(`${String(time)} ${String(level).toUpperCase().padEnd(5)} ${String(msg ?? '')}${details}\n`)
  },
})
