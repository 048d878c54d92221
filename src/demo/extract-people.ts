import { BASELINE } from './extract-csv'
import type { Row } from './extract-csv'
import { POSTS } from './extract-posts'
import type { UnitRow } from './extract-units'

/** Who holds a post, named `<unit code>/<post code>`. */
export type StaffNoOf = (post: string) => string

const YANGPAN = '510802105203'

/** A label, never a name: the platform's demo knows posts, not people. */
const person = (staffNo: string): Row => ({ staffNo, displayName: `岗位人员${staffNo.slice(1)}`, isSynthetic: 'true' })

const villageStaffNo = (villageCode: string): string => `V${villageCode}`

/** Posts, their holders (S001 on, by unit code and then in the order of the table) and the one village supervisor of each village (V and the village's code). */
export function people(units: readonly UnitRow[]) {
  const holders = new Map<string, string>()
  const posts: Row[] = []
  const appointments: Row[] = []
  let serial = 0
  for (const [unitCode, unitPosts] of Object.entries(POSTS).sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const { code, zh, en, powerBearing, rank, role, sameHolderAs } of unitPosts) {
      const holder = sameHolderAs ? holders.get(`${unitCode}/${sameHolderAs}`)!
        : role === 'VILLAGE_SUPERVISOR' ? villageStaffNo(YANGPAN) : `S${String(++serial).padStart(3, '0')}`
      holders.set(`${unitCode}/${code}`, holder)
      posts.push({ unitCode, code, nameZh: zh, nameEn: en, powerBearing: String(powerBearing), rank })
      appointments.push({ staffNo: holder, unitCode, positionCode: code, role, from: BASELINE, to: '' })
    }
  }
  const villages = units.filter(unit => unit.kind === 'VILLAGE_OR_COMMUNITY').map(unit => unit.code)
  const villageSupervisors = villages.map(code => ({ villageCode: code, staffNo: villageStaffNo(code), from: BASELINE, to: '' }))
  const staffNos = new Set([...holders.values(), ...villages.map(villageStaffNo)])
  const staffNoOf: StaffNoOf = at => {
    const staffNo = holders.get(at)
    if (!staffNo) throw new Error(`No such post: ${at}`)
    return staffNo
  }
  return { posts, persons: [...staffNos].map(person), appointments, villageSupervisors, staffNoOf }
}
