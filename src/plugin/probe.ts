import { fork, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import type { Examined } from './examine'
import type { ProbeJob } from './probe-job'
import { failure, type Phase } from './problem'
import { productRoot } from './settings'

/** What a process of its own may use: a plugin that fills memory ends itself, not the server. */
const MEMORY_MB = 512
/** The same everywhere, and nothing secret: neither the address of the database nor any key reaches a plugin that is only being looked at. */
const ENVIRONMENT = { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', TZ: 'UTC' }

/** Milliseconds for what the plugin cannot help: starting the process, loading the core. A busy machine is not its fault. */
const OURS = 60_000

/** Examines a plugin in a process of its own. Whatever it does there (throw, hang, exit, crash), the answer is a failure and nothing
 * more. `timeout` holds for each phase, counted from when the process tells that it begins. */
export function probe(job: ProbeJob, timeout: number): Promise<Examined> {
  return new Promise(resolve => {
    const child = start()
    let said = ''
    let phase: Phase = 'DISCOVER'
    const end = (examined: Examined): void => {
      clearTimeout(timer)
      child.removeAllListeners()
      child.kill('SIGKILL')
      resolve(examined)
    }
    const fail = (code: string, message: string): void => end({ manifest: null, descriptor: null, failure: failure(phase, { code, message }) })
    const late = (ms: number): NodeJS.Timeout => setTimeout(() => fail('TIMEOUT', `It did not load within ${ms} ms.`), ms)
    let timer = late(OURS)
    child.stderr?.on('data', (data: Buffer) => { said = (said + data.toString()).slice(-2000) })
    child.on('message', message => {
      const m = message as { phase?: Phase; ours?: true; examined?: Examined }
      if (m.examined) { end(m.examined); return }
      phase = m.phase ?? phase
      clearTimeout(timer)
      timer = late(m.ours ? OURS : timeout)
    })
    child.on('error', error => fail('LOAD', error.message))
    child.on('exit', (code, signal) => fail('EXIT', `It ended the process it was loaded in (${signal ?? `exit code ${code}`}).${lastLine(said)}`))
    child.send(job, error => { if (error) fail('LOAD', error.message) })
  })
}

const lastLine = (text: string): string => {
  const line = text.trim().split('\n').filter(l => /error/i.test(l)).at(-1)
  return line ? ` ${line.trim().slice(0, 300)}` : ''
}

function start(): ChildProcess {
  const source = path.extname(__filename) === '.ts'
  return fork(path.join(__dirname, `probe-child${path.extname(__filename)}`), [], {
    execArgv: [`--max-old-space-size=${MEMORY_MB}`, ...(source ? ['-r', require.resolve('@swc-node/register')] : [])],
    env: {
      ...ENVIRONMENT,
      ...(source ? { SWC_NODE_PROJECT: path.join(productRoot(), 'tsconfig.json') } : {}),
    },
    cwd: productRoot(), serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
}
