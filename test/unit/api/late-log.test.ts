import pino from 'pino'
import { LateLog } from '../../../src/api/late-log'

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const

test('a logger is made when something is logged, once, and says what its parent’s child would say', () => {
  const lines: string[] = []
  const parent = pino({ level: 'trace', base: null, timestamp: false }, { write: line => void lines.push(line) })
  const child = jest.spyOn(parent, 'child')
  const log = new LateLog(parent, { reqId: 'r1' }, {})
  expect(child).not.toHaveBeenCalled()
  for (const level of LEVELS) log[level]({ level }, 'hello')
  log.silent('nothing')
  expect(child).toHaveBeenCalledTimes(1)
  log.child({ part: 'p' }).warn('below')
  expect(log.level).toBe('trace')
  expect(lines.map(line => JSON.parse(line) as object)).toEqual([
    ...LEVELS.map(level => ({ level, reqId: 'r1', msg: 'hello' })),
    { level: 40, reqId: 'r1', part: 'p', msg: 'below' },
  ])
})

test('a level of its own holds for it alone', () => {
  const lines: string[] = []
  const parent = pino({ level: 'info' }, { write: line => void lines.push(line) })
  const log = new LateLog(parent, {}, { level: 'error' })
  log.warn('left out')
  log.error('said')
  parent.warn('the parent’s')
  expect(lines.map(line => (JSON.parse(line) as { msg: string }).msg)).toEqual(['said', 'the parent’s'])
})
