import { dataRows } from '../../src/demo/data-files'
import { testServer } from '../support/server'

/** China's night, when UTC still has the day before; the last seconds of a day, so that it ends meanwhile; ends of quarters and years, and the day of leap years. */
const MOMENTS = ['2026-12-31T23:59:57+08:00', '2027-01-01T00:10:00+08:00', '2027-03-31T07:59:00+08:00', '2027-06-30T23:59:57+08:00', '2028-02-29T08:01:00+08:00']

/** All but the calendar goes on as it does. */
const TIMERS = ['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'clearImmediate', 'setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] as const

describe('the first start, with the demo city and every plugin', () => {
  afterEach(() => void jest.useRealTimers())

  test.each(MOMENTS)('at %s', async moment => {
    jest.useFakeTimers({ now: new Date(moment), doNotFake: [...TIMERS], advanceTimers: true })
    const server = await testServer({ demo: true, plugins: 'all' })
    try {
      const { plugins, units } = await server.data<{ plugins: { nodes: { state: string }[] }; units: { totalCount: number } }>('{ plugins { nodes { state } } units { totalCount } }', {}, 'city-leader')
      expect([...new Set(plugins.nodes.map(p => p.state))]).toEqual(['ENABLED'])
      expect(units.totalCount).toBe(dataRows('units.csv').length)
    } finally {
      await server.close()
    }
  }, 120_000)
})
