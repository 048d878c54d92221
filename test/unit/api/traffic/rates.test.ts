import { addressKey } from '../../../../src/api/traffic/address'
import { Rates } from '../../../../src/api/traffic/rates'
import type { AppError } from '../../../../src/core/errors'

const MINUTE = 60_000
/** The beginning of some minute. */
const START = 29_000_000 * MINUTE
const LIMITS = { requestsPerMinute: 10, requestsPerMinuteOfAddress: 25, failedSignInsPerMinute: 3, requestsInFlight: 2 }

const make = (limits = {}) => {
  const clock = { now: START }
  const rates = new Rates({ ...LIMITS, ...limits }, () => clock.now)
  const refusal = (work: () => unknown): AppError | null => {
    try {
      work()
      return null
    } catch (error) {
      return error as AppError
    }
  }
  /** How many of so many requests come through. */
  const admitted = (n: number, who: string | null = 'person:a', address = '10.0.0.1'): number =>
    Array.from({ length: n }, () => refusal(() => rates.admit(who, address))).filter(e => e === null).length
  return { clock, rates, refusal, admitted }
}

describe('requests within a minute', () => {
  test.each([10, 11, 10_000])('of %d requests of one identity ten come through', n => expect(make().admitted(n)).toBe(10))

  test('the refusal tells its name, the most, and after how long to come again, which is true', () => {
    const { clock, rates, refusal, admitted } = make()
    admitted(10)
    clock.now += 20_000
    const { code, details } = refusal(() => rates.admit('person:a', '10.0.0.1'))!
    expect([code, details.limit, details['most'], details['status']]).toEqual(['LIMIT_EXCEEDED', 'requestsPerMinute', 10, 429])
    const wait = details['retryAfter'] as number
    expect(wait).toBe(46)
    clock.now += (wait - 1) * 1_000 - 1
    expect(admitted(1)).toBe(0)
    clock.now += 1_001
    expect(admitted(1)).toBe(1)
  })

  test('the window slides: a burst at the end of a minute still counts in the next, less and less', () => {
    const { clock, admitted } = make()
    clock.now = START + 59_000
    expect(admitted(20)).toBe(10)
    clock.now = START + MINUTE
    expect(admitted(20)).toBe(0)
    clock.now = START + MINUTE + 30_000
    expect(admitted(20)).toBe(5)
    clock.now = START + 3 * MINUTE
    expect(admitted(20)).toBe(10)
  })

  test('who keeps asking gets the rate of the limit, not nothing', () => {
    const { clock, admitted } = make()
    let through = 0
    for (let second = 0; second < 600; second++) {
      through += admitted(5)
      clock.now += 1_000
    }
    expect(through).toBeGreaterThan(85)
    expect(through).toBeLessThanOrEqual(110)
  })

  test('identities count for themselves, and together for their address', () => {
    const { admitted, rates, refusal } = make()
    expect([admitted(20, 'person:a'), admitted(20, 'person:b'), admitted(20, 'person:c')]).toEqual([10, 10, 5])
    expect(refusal(() => rates.admit('person:d', '10.0.0.1'))!.details.limit).toBe('requestsPerMinuteOfAddress')
    expect([admitted(20, 'person:a', '10.0.0.2'), admitted(20, 'person:d', '10.0.0.2')]).toEqual([0, 10])
  })

  test('nobody in particular is counted by the address alone', () => {
    const { admitted } = make()
    expect([admitted(100, null), admitted(100, null, '10.0.0.2')]).toEqual([25, 25])
  })

  test('requests that are being worked on are bounded too, and make room when they are done', () => {
    const { rates, refusal } = make()
    const first = rates.admit('person:a', '10.0.0.1')
    first.running++
    rates.admit('person:a', '10.0.0.2').running++
    expect(refusal(() => rates.admit('person:a', '10.0.0.1'))!.details).toMatchObject({ limit: 'requestsInFlight', most: 2, status: 429 })
    first.running--
    expect(refusal(() => rates.admit('person:a', '10.0.0.1'))).toBeNull()
  })

  test('wrong tokens close the door for tokens that are not known, at that address only', () => {
    const { clock, rates, refusal, admitted } = make()
    for (let i = 0; i < 3; i++) {
      expect(refusal(() => rates.admitSignIn('10.0.0.1'))).toBeNull()
      rates.failedSignIn('10.0.0.1')
    }
    expect(refusal(() => rates.admitSignIn('10.0.0.1'))!.details).toMatchObject({ limit: 'failedSignInsPerMinute', most: 3, status: 429 })
    expect(refusal(() => rates.admitSignIn('10.0.0.2'))).toBeNull()
    expect(admitted(1)).toBe(1)
    clock.now += 2 * MINUTE
    expect(refusal(() => rates.admitSignIn('10.0.0.1'))).toBeNull()
  })
})

describe('several instances', () => {
  /** What the table between them does. */
  const exchange = (all: readonly Rates[]) => {
    const table = new Map<string, number>()
    return () => {
      for (const rates of all) {
        for (const { window, minute, count } of rates.tell()) {
          const key = `${minute} ${window.key}`
          table.set(key, (table.get(key) ?? 0) + count)
          rates.learn(window.key, minute, table.get(key)!)
        }
      }
    }
  }

  test('learn of each other: what is admitted in all is the limit, and at most what came in between', () => {
    const [one, two] = [make(), make()]
    const share = exchange([one.rates, two.rates])
    expect([one.admitted(4), two.admitted(4)]).toEqual([4, 4])
    share()
    share()
    expect([one.admitted(1), two.admitted(1)]).toEqual([1, 1])
    share()
    share()
    expect(one.admitted(50) + two.admitted(50)).toBeLessThanOrEqual(12)
  })

  test('what could not be told is told the next time, also of the minute before', () => {
    const { clock, rates, admitted } = make()
    admitted(4)
    const told = rates.tell()
    expect(told.map(t => [t.window.key, t.count]).sort()).toEqual([['a 10.0.0.1', 4], ['i person:a', 4]])
    rates.takeBack(told)
    admitted(1)
    clock.now += MINUTE
    admitted(2)
    expect(rates.tell().map(t => [t.window.key, t.minute - START / MINUTE, t.count]).sort()).toEqual([['a 10.0.0.1', 0, 5], ['a 10.0.0.1', 1, 2], ['i person:a', 0, 5], ['i person:a', 1, 2]])
    expect(rates.tell()).toEqual([])
  })
})

test.each([
  ['10.1.2.3', '10.1.2.3'], ['::ffff:10.1.2.3', '10.1.2.3'], ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'], ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'], ['::1', '0:0:0:0::/64'], ['FE80::1%eth0', 'fe80:0:0:0::/64'], ['nonsense:', 'nonsense:'],
])('%s counts as %s', (address, key) => expect(addressKey(address)).toBe(key))
