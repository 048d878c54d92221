import { Kind } from 'graphql'
import { DateTime, Decimal, LocalDate, Period } from '../../../src/domain/scalars'
import { codeList, labelledEnum, labelledLists, stateEnum } from '../../../src/domain/labels'
import { defineMachine } from '../../../src/core/states'

const attempt = (parse: () => unknown) => {
  try {
    return parse()
  } catch (error) {
    return (error as Error).message
  }
}

describe('scalars', () => {
  test.each([
    ['2026-11-22T08:00:00Z', '2026-11-22T08:00:00.000Z'], ['2026-11-22T16:00:00.123456+08:00', '2026-11-22T08:00:00.123Z'], ['2026-11-22T08:00Z', '2026-11-22T08:00:00.000Z'],
  ])('the instant %s is kept in UTC', (text, kept) => expect(DateTime.parseValue(text)).toBe(kept))

  test.each(['2026-11-22', '2026-11-22T08:00:00', '2026-02-30T08:00:00Z', '2026-11-22 08:00:00Z', '', 'now', 1_700_000_000, null, {}])('%j is no instant', value =>
    expect(attempt(() => DateTime.parseValue(value))).toBe('This is not a DateTime.'))

  test.each(['2026-02-30', '2026-1-1', '20260101', '', 5])('%j is no date', value => expect(() => LocalDate.parseValue(value)).toThrow())

  test('decimals are texts, as variables and written out', () => {
    expect(Decimal.parseValue('12.50')).toBe('12.50')
    expect(attempt(() => Decimal.parseValue(12.5))).toBe('This is not a Decimal.')
    expect(attempt(() => Decimal.parseLiteral({ kind: Kind.FLOAT, value: '12.5' }))).toBe('This is not a Decimal.')
    expect(Decimal.parseLiteral({ kind: Kind.STRING, value: '-0.1' })).toBe('-0.1')
    expect(Decimal.serialize('0.30')).toBe('0.30')
  })

  test('periods', () => {
    expect(Period.parseValue('2026-Q3')).toBe('2026-Q3')
    expect(attempt(() => Period.parseValue('2026-Q9'))).toBe('This is not a Period.')
  })
})

describe('labels', () => {
  test('an enum, a state table and a code list feed the vocabulary', () => {
    const Colour = labelledEnum('TestColour', 'Colour（颜色）.', { RED: { zh: '红', en: 'Red' }, GREEN: { zh: '绿', en: 'Green' } })
    expect(Colour).toEqual({ RED: 'RED', GREEN: 'GREEN' })
    stateEnum('TestState', 'State（状态）.', defineMachine({ name: 'T', initial: 'IN_REVIEW', states: { IN_REVIEW: 'Looked at by the approver (审核中)' }, commands: {} }))
    codeList('test.sectors', 'Sectors（领域）.', { health: { zh: '卫生', en: 'Health' } })
    const own = labelledLists().filter(l => /^(Test|test)/.test(l.name))
    expect(own.map(l => [l.name, l.isEnum])).toEqual([['TestColour', true], ['TestState', true], ['test.sectors', false]])
    expect(own[1]!.values).toEqual({ IN_REVIEW: { zh: '审核中', en: 'In review', description: 'Looked at by the approver' } })
  })

  test('a state without a Chinese term is refused', () => {
    expect(() => stateEnum('TestBare', 'x', defineMachine({ name: 'Bare', initial: 'A', states: { A: 'Nothing Chinese' }, commands: {} }))).toThrow('Bare: the state A has no Chinese term')
  })
})
