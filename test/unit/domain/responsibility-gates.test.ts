import { ownerShortcoming, type OwnedItem } from '../../../src/domain/responsibility/list-gates'

const item = (changes: Partial<OwnedItem>): OwnedItem => ({
  code: 'x', responsibility: 'SECRETARY_FIRST', unit_id: 'u', appointment_unit_id: 'u', role: 'PARTY_GROUP_SECRETARY', valid_from: '2020-01-01', valid_to: null, day: '2020-06-01', ...changes,
})
const NOBODY = { appointment_unit_id: null, role: null, valid_from: null }

/** INV-08: exactly one accountable owner. */
test.each<[string, Partial<OwnedItem>, string | null]>([
  ['the secretary in office', {}, null],
  ['a Party secretary too', { role: 'PARTY_SECRETARY' }, null],
  ['a member of the team', { responsibility: 'MEMBER_DUAL_DUTY', role: 'TEAM_MEMBER' }, null],
  ['the head of the unit as a member', { responsibility: 'MEMBER_DUAL_DUTY', role: 'UNIT_HEAD' }, null],
  ['the committee as a body', { responsibility: 'COMMITTEE_MAIN', ...NOBODY }, null],
  ['the group as a body', { responsibility: 'COMMISSION_SUPERVISORY', ...NOBODY }, null],
  ['in office from that very day', { valid_from: '2020-06-01' }, null],
  ['in office to the day after', { valid_to: '2020-06-02' }, null],
  ['nobody for a duty of the secretary', NOBODY, 'needs the person'],
  ['nobody for a duty of a member', { responsibility: 'MEMBER_DUAL_DUTY', ...NOBODY }, 'needs the person'],
  ['a person beside the committee', { responsibility: 'COMMITTEE_MAIN' }, 'by the body'],
  ['a person beside the group', { responsibility: 'COMMISSION_SUPERVISORY', role: 'GROUP_LEADER' }, 'by the body'],
  ['a member for a duty of the secretary', { role: 'TEAM_MEMBER' }, 'does not fit'],
  ['staff for a duty of a member', { responsibility: 'MEMBER_DUAL_DUTY', role: 'STAFF' }, 'does not fit'],
  ['a secretary of another unit', { appointment_unit_id: 'v' }, 'another unit'],
  ['not yet in office', { valid_from: '2020-06-02' }, 'not in force on 2020-06-01'],
  ['out of office since that day', { valid_to: '2020-06-01' }, 'not in force on 2020-06-01'],
])('INV-08: %s', (_, changes, shortcoming) => {
  const told = ownerShortcoming(item(changes))
  if (shortcoming === null) expect(told).toBeNull()
  else expect(told).toContain(shortcoming)
})
