import { NOW, type Input, type Telling } from './telling'

/** What of the county the visits are about; global ids. */
export interface VisitMaterial { bureau: string; group: string; village: string }

/** Visits under the county's own work rule and without one, seen beside each other; a letter that follows from one. */
export async function visits(t: Telling, m: VisitMaterial): Promise<void> {
  await visitUnderRule(t, m)
  await overlap(t, m)
}

/** The township's commission with the village's committee, years ago. */
async function visitUnderRule({ county: c, does }: Telling, { village }: VisitMaterial): Promise<void> {
  const M = c.mark
  const town = await c.find('unit', 'SELECT id FROM unit WHERE code = $1', [`${M}-TOWN`])
  const body = async (parentId: string, code: string, kind: string): Promise<string> =>
    (await does('registerUnit', { parentId, code: `${M}-${code}`, nameZh: `${c.zh}${code}`, nameEn: `${M} ${code}`, kind, divisionCode: c.division, validFrom: '2020-01-01' }))['unit']!.id
  const [commission, committee] = [await body(town, 'CDI', 'TOWNSHIP_COMMISSION'), await body(village, 'VSC', 'VILLAGE_SUPERVISION_COMMITTEE')]
  await does('editUnit', { id: town, rowVersion: NOW, sectorCodes: [M.toLowerCase()] })
  const id = (await does('planSupervisionActivity', {
    leadUnitId: commission, title: `${c.zh}村级检查`, purpose: `${M} purpose`, mode: 'TOWNSHIP_PLUS_VILLAGE', types: ['DISCIPLINE'], objectUnitIds: [town], partnerUnitIds: [committee], matterCodes: ['livelihood'],
    wayCodes: [`${M}-WAYS-0`], meansCodes: [`${M}-MEANS-0`], plannedFrom: '2024-01-05', plannedTo: '2024-01-09', isSynthetic: true,
  }))['supervisionActivity']!.id
  await does('coordinateSupervisionActivity', { id })
  await does('confirmSupervisionActivityPlan', { id })
  await does('startSupervisionActivity', { id, startedOn: '2024-01-05' })
}

/** Two bodies plan to look at the same; one goes its own way. */
async function overlap({ county: c, does }: Telling, { bureau, group }: VisitMaterial): Promise<void> {
  const M = c.mark
  const unit = (code: string): Promise<string> => c.find('unit', 'SELECT id FROM unit WHERE code = $1', [`${M}-${code}`])
  const plan = async (leadUnitId: string, type: string, more: Input = {}): Promise<string> => (await does('planSupervisionActivity', {
    leadUnitId, title: `${c.zh}专项检查`, types: [type], objectUnitIds: [bureau], matterCodes: ['work-style'], plannedFrom: '2026-09-07', plannedTo: '2026-09-11', isSynthetic: true, ...more,
  }))['supervisionActivity']!.id
  const [mine, other] = [await plan(await unit('AUDIT'), 'AUDIT'), await plan(await unit('CONGRESS'), 'PEOPLES_CONGRESS')]
  await does('answerSupervisionOverlap', { id: mine, otherActivityId: other, answer: 'OWN_VISIT', opinion: `${M} looks at books only` })
  await does('draftRecommendationLetter', { issuerUnitId: group, addresseeUnitId: bureau, title: `${M} after a visit`, basis: `${M} visit`, replyWithin: 10, sourceId: mine })
}
