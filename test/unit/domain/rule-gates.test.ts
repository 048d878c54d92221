import { fitsMode, MODES } from '../../../src/domain/rule'
import { incompleteRule, overlapping } from '../../../src/domain/rule/supervision-rule.gates'
import { FaultKind, SupervisionRuleSection } from '../../../src/domain/rule/supervision-rule.types'

const sections = Object.keys(SupervisionRuleSection) as SupervisionRuleSection[]
const faults = Object.keys(FaultKind) as FaultKind[]
const whole = [
  ...sections.filter(s => s !== 'ACCOUNTABILITY_TRIGGERS').map(section => ({ section, fault_kind: null })),
  ...faults.map(fault_kind => ({ section: 'ACCOUNTABILITY_TRIGGERS' as const, fault_kind })),
]

describe('INV-01: six sections and three faults', () => {
  test('a rule that has them is whole', () => expect(incompleteRule(whole)).toEqual([]))
  test.each(sections)('without an item in %s it is not', section => {
    expect(incompleteRule(whole.filter(i => i.section !== section))[0]).toMatchObject({ path: `sections.${section}`, rule: 'INV-01' })
  })
  test.each(faults)('without a trigger for %s it is not', fault => {
    expect(incompleteRule(whole.filter(i => i.fault_kind !== fault))).toEqual([expect.objectContaining({ path: 'sections.ACCOUNTABILITY_TRIGGERS', rule: 'INV-01', message: expect.stringContaining(fault) })])
  })
  test('what is missing is told at once', () => expect(incompleteRule([])).toHaveLength(sections.length + faults.length))
})

describe('INV-02: one of a kind by one body on any day', () => {
  const from = (effective_from: string, effective_to: string | null = null) => ({ effective_from, effective_to })
  test('the first, and one that begins after the one in force or on the day on which another ended', () => {
    expect(overlapping(from('2024-01-01'), null, [])).toEqual([])
    expect(overlapping(from('2024-01-01'), from('2023-12-31'), [])).toEqual([])
    expect(overlapping(from('2024-01-01'), null, [from('2020-01-01', '2024-01-01')])).toEqual([])
    // Repealed before it began: it bound on no day.
    expect(overlapping(from('2024-01-01'), null, [from('2025-01-01', '2025-01-01')])).toEqual([])
  })
  test.each([
    ['begins on the first day of the one in force', from('2024-01-01'), []], ['begins before it', from('2024-06-01'), []],
    ['begins while a repealed one still binds', null, [from('2020-01-01', '2024-01-02')]],
  ] as const)('not one that %s', (_what, before, others) => {
    expect(overlapping(from('2024-01-01'), before, others)).toEqual([expect.objectContaining({ path: 'effectiveFrom', rule: 'INV-02' })])
  })
})

test('INV-03: who leads and who takes part is fixed for each mode', () => {
  for (const [mode, { leadKinds, partnerKinds }] of Object.entries(MODES)) {
    expect([mode, fitsMode(mode as keyof typeof MODES, leadKinds[0]!, partnerKinds)]).toEqual([mode, true])
    expect([mode, fitsMode(mode as keyof typeof MODES, partnerKinds[0]!, leadKinds)]).toEqual([mode, false])
    expect([mode, fitsMode(mode as keyof typeof MODES, leadKinds[0]!, [])]).toEqual([mode, false])
  }
})
