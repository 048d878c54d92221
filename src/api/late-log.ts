import type { FastifyBaseLogger } from 'fastify'
import type { Bindings, ChildLoggerOptions, LogFn, Logger } from 'pino'

type Words = Parameters<LogFn>

/** A request's logger, made when something is logged through it: hardly any request does. For Fastify's `childLoggerFactory`. */
export class LateLog {
  private made: Logger | undefined

  constructor(private readonly parent: Logger, private readonly bindings: Bindings, private readonly options: ChildLoggerOptions) {}

  fatal(...words: Words): void { this.log.fatal(...words) }
  error(...words: Words): void { this.log.error(...words) }
  warn(...words: Words): void { this.log.warn(...words) }
  info(...words: Words): void { this.log.info(...words) }
  debug(...words: Words): void { this.log.debug(...words) }
  trace(...words: Words): void { this.log.trace(...words) }
  silent(...words: Words): void { this.log.silent(...words) }
  child(bindings: Bindings, options?: ChildLoggerOptions): FastifyBaseLogger { return this.log.child(bindings, options) }

  get level(): string { return this.log.level }

  private get log(): Logger {
    return (this.made ??= this.parent.child(this.bindings, this.options))
  }
}
