import { AppError } from '../core/errors'

/** A connection that was given up by us: the server does not answer on it, or does not answer at all. */
export class ConnectionGivenUp extends AppError {
  constructor(cause: string) {
    super('UNAVAILABLE', 'The service is not available at the moment. Try again.', { messageKey: 'unavailable' }, { cause: new Error(cause) })
  }
}

/** Codes of Node.js for a connection that broke, and for one that never came about. */
const BROKEN = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END'])
const UNREACHABLE = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'ENOTFOUND', 'EAI_AGAIN', 'EMFILE', 'ENFILE'])

/** The driver's own words; they carry no code. */
const ENDED = /^(Connection terminated( unexpectedly)?$|Client has encountered a connection error|Client was closed)/
const NEVER_BEGAN = /^(timeout exceeded when trying to connect|timeout expired|Connection terminated due to connection timeout|Cannot use a pool after)/

const partsOf = (error: unknown): { code?: unknown; message?: unknown } => (error ?? {}) as { code?: unknown; message?: unknown }

/** The connection ended under a statement, whatever the server may think of others: the same statement may do well on another one. */
export function connectionLost(error: unknown): boolean {
  if (error instanceof AppError) return error instanceof ConnectionGivenUp
  const { code, message } = partsOf(error)
  if (typeof code === 'string') return BROKEN.has(code) || /^(08|57P0[12]$)/.test(code)
  return typeof message === 'string' && ENDED.test(message)
}

/** PostgreSQL cannot be reached, is starting or stopping, or lacks what it needs (room on its disk, memory, connections). */
export function databaseUnavailable(error: unknown): boolean {
  if (connectionLost(error)) return true
  const { code, message } = partsOf(error)
  // Also: a deadlock or a conflict with others that did not resolve, and a transaction that waited too long for us.
  if (typeof code === 'string') return UNREACHABLE.has(code) || /^(53|57P|58)/.test(code) || ['40001', '40P01', '25P03'].includes(code)
  return typeof message === 'string' && NEVER_BEGAN.test(message)
}
