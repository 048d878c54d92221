import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import path from 'node:path'
import { PROJECT_ROOT } from '../../src/config'

export interface Product {
  readonly child: ChildProcess
  /** Everything it said so far on both outputs. */
  said(): string
  /** Resolves when it has said this; rejects when it ends before. */
  until(pattern: RegExp, milliseconds?: number): Promise<RegExpMatchArray>
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>
  stop(signal?: NodeJS.Signals): Promise<number | string>
}

let built = false

/**
 * A process of the product as it is shipped, compiled: `main`, or `cli` with arguments. It sees these variables and nothing of this
 * process's environment.
 */
export function runProduct(environment: Readonly<Record<string, string>>, args?: readonly string[]): Product {
  if (!built) execFileSync(process.execPath, [path.join(PROJECT_ROOT, '.tools', 'build.js')], { stdio: ['ignore', 'ignore', 'inherit'] })
  built = true
  const child = spawn(process.execPath, [path.join(PROJECT_ROOT, 'dist', 'src', args ? 'cli.js' : 'main.js'), ...(args ?? [])], {
    cwd: PROJECT_ROOT, env: { PATH: process.env['PATH'], HOST: '127.0.0.1', ...environment }, stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  const listeners = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part
      for (const listener of listeners) listener()
    })
  }
  const ended = new Promise<number | string>(resolve => child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown')))
  return {
    child, ended, said: () => text,
    until: (pattern, milliseconds = 60_000) => new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`It did not say ${pattern} in ${milliseconds} ms, but:\n${text}`)), milliseconds)
      const look = (): void => {
        const match = pattern.exec(text)
        if (!match) return
        clearTimeout(timer)
        listeners.delete(look)
        resolve(match)
      }
      listeners.add(look)
      look()
      void ended.then(code => {
        clearTimeout(timer)
        reject(new Error(`It ended with ${code} before it said ${pattern}:\n${text}`))
      })
    }),
    stop: signal => {
      child.kill(signal ?? 'SIGTERM')
      return ended
    },
  }
}
