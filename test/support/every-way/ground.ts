import type { Telling } from '../scope-walk/telling'

/** What the story of a county left behind for the ways that it did not go; global ids. */
export interface Ground {
  readonly bureau: string
  readonly group: string
  readonly commission: string
  readonly audit: string
  readonly congress: string
  readonly hospital: string
  readonly insurance: string
  /** Posts: of the first person, of the second one. */
  readonly secretary: string
  readonly member: string
  readonly leader: string
  readonly head: string
  /** Who a clue may be about: neither of the two. */
  readonly third: string
}

export async function groundOf({ county: c }: Telling): Promise<Ground> {
  const M = c.mark
  const unit = (code: string): Promise<string> => c.find('unit', 'SELECT id FROM unit WHERE code = $1', [`${M}-${code}`])
  const post = (role: string): Promise<string> => c.find('appt', 'SELECT a.id FROM appointment a JOIN position p ON p.id = a.position_id WHERE a.role = $1 AND p.code LIKE $2 AND a.valid_to IS NULL', [role, `${M}-%`])
  const [bureau, group, commission, audit, congress, hospital, insurance] = await Promise.all(['HEALTH', 'GROUP', 'CCDI', 'AUDIT', 'CONGRESS', 'HOSPITAL', 'INSURANCE'].map(unit)) as [string, string, string, string, string, string, string]
  return {
    bureau, group, commission, audit, congress, hospital, insurance, secretary: await post('PARTY_GROUP_SECRETARY'), member: await post('TEAM_MEMBER'), leader: await post('GROUP_LEADER'),
    head: await c.find('pos', 'SELECT id FROM position WHERE code = $1', [`${M}-HEAD`]), third: await c.find('person', 'SELECT id FROM person WHERE staff_no = $1', [`${M}-THREE`]),
  }
}

export const LATER = '2099-06-30'
export const said = (opinion = '不同意见'): { opinion: string } => ({ opinion })
export const proofOf = (subjectId: string): object => ({ subjectId, title: '佐证', url: 'https://files.example/proof', sensitivity: 'INTERNAL', collectedAt: '2026-01-01T00:00:00.000Z' })
