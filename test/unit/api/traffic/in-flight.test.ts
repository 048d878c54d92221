import { InFlight } from '../../../../src/api/traffic/in-flight'
import { Window } from '../../../../src/api/traffic/window'
import type { AppError } from '../../../../src/core/errors'

const make = () => {
  const inFlight = new InFlight({ queryTime: 1_000, commandTime: 5_000 })
  const window = new Window('i person:a')
  const begin = (gone = false) => {
    const told: { answer: AppError | null; stopped: number } = { answer: null, stopped: 0 }
    const request = inFlight.begin(window, { gone: () => gone, giveUp: error => { told.answer = error } })
    const work = { stop: () => void told.stopped++ }
    return { request, work, told }
  }
  return { inFlight, window, begin }
}

describe('requests in flight', () => {
  test('what runs in the database is stopped once when the time is over, and nothing begins any more', () => {
    const { inFlight, begin } = make()
    const { request, work, told } = begin()
    request.begin(work)
    inFlight.look(1_000)
    expect(told.stopped).toBe(0)
    inFlight.look(1_300)
    inFlight.look(1_500)
    expect([told.stopped, told.answer]).toEqual([1, null])
    expect(() => request.begin(work)).toThrow(expect.objectContaining({ code: 'LIMIT_EXCEEDED', details: expect.objectContaining({ limit: 'queryTime', most: 1_000 }) }))
  })

  test('what has ended is left alone', () => {
    const { inFlight, begin } = make()
    const { request, work, told } = begin()
    request.begin(work)
    request.end(work)
    inFlight.look(9_000)
    expect(told.stopped).toBe(0)
  })

  test('who does not get an answer from the database gets one from here, once', () => {
    const { inFlight, begin } = make()
    const { told } = begin()
    inFlight.look(2_000)
    expect(told.answer).toBeNull()
    inFlight.look(3_400)
    expect(told.answer).toMatchObject({ code: 'LIMIT_EXCEEDED', details: { limit: 'queryTime' } })
    expect(told.answer!.details).not.toHaveProperty('outcome')
    told.answer = null
    inFlight.look(9_000)
    expect(told.answer).toBeNull()
  })

  test('a command has its own time, goes on when nobody waits, and its outcome is unknown when the database does not answer', () => {
    const { inFlight, begin } = make()
    const { request, work, told } = begin(true)
    request.command = true
    request.begin(work)
    inFlight.look(4_000)
    expect(told.stopped).toBe(0)
    inFlight.look(8_000)
    expect(told).toMatchObject({ stopped: 1, answer: { details: { limit: 'commandTime', outcome: 'UNKNOWN' } } })
  })

  test('a query that nobody waits for is stopped at the next look', () => {
    const { inFlight, begin } = make()
    const { request, work, told } = begin(true)
    request.begin(work)
    inFlight.look(250)
    expect(told.stopped).toBe(1)
  })

  test('counts what runs for whom, and forgets what was answered', () => {
    const { inFlight, window, begin } = make()
    const [one, two] = [begin(), begin()]
    expect([inFlight.size, window.running]).toEqual([2, 2])
    inFlight.end(one.request)
    inFlight.end(two.request)
    expect([inFlight.size, window.running]).toEqual([0, 0])
  })
})
