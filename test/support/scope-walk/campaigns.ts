import { NOW, type Input, type Telling } from './telling'

/** What of the county is put right; global ids. */
export interface CampaignGround { bureau: string; insurance: string; village: string; member: string }

/** The commission of the county pushes special rectifications: one that is under way, one that was ended, one that was called off. The first person drives, both report. */
export async function campaigns(t: Telling, g: CampaignGround): Promise<void> {
  const commission = await t.county.find('unit', 'SELECT id FROM unit WHERE code = $1', [`${t.county.mark}-CCDI`])
  const announce = announcing(t, { ...g, commission })
  await underWay(t, g, announce)
  await ended(t, announce)
  await t.does('cancelSpecialRectification', { id: await announce('C'), opinion: `${t.county.mark} calls it off` })
}

type Announce = (code: string, more?: Input) => Promise<string>

function announcing({ county: c, does }: Telling, { bureau, insurance, village, commission }: CampaignGround & { commission: string }): Announce {
  const M = c.mark
  return async (code, more = {}) => {
    const measure = (await does('proposeGovernanceMeasure', { unitId: bureau, demandingUnitId: commission, kind: 'SPECIAL_RECTIFICATION', content: `${M} measure`, dueOn: '2099-06-30', isSynthetic: true }))['governanceMeasure']!.id
    return (await does('announceSpecialRectification', {
      leadUnitId: c.root, gripUnitId: insurance, pushUnitId: commission, responsibleUnitId: bureau, code: `${M}-${code}`, nameZh: `${c.zh}专项整治`, nameEn: `${M} special`, campaignGroup: `${M} group`, matters: `${M} matters`,
      problemCategories: ['formalism', 'personnel'], unitIds: [bureau, village], governanceMeasureIds: [measure], validFrom: '2020-01-01', selfCheckDueOn: '2020-02-01', validTo: '2099-12-31', isSynthetic: true, ...more,
    }))['specialRectification']!.id
  }
}

/** Units report, one is given back; a finding belongs to it, and a task comes from it. */
async function underWay({ county: c, does }: Telling, { bureau, village, member }: CampaignGround, announce: Announce): Promise<void> {
  const M = c.mark
  const id = await announce('A')
  const measure = await c.find('gm', 'SELECT measure_id AS id FROM special_rectification_measure WHERE special_rectification_id = $1', [id.slice(-36)])
  await does('editSpecialRectification', { id, rowVersion: NOW, nameEn: `${M} edited special`, unitIds: [bureau, village], governanceMeasureIds: [measure] })
  await does('startSpecialSelfCheck', { id })
  const part = (unit: string): Promise<string> => c.find('campu', 'SELECT id FROM special_rectification_unit WHERE special_rectification_id = $1 AND unit_id = $2', [id.slice(-36), unit.slice(-36)])
  const report = (specialRectificationUnitId: string, by: 'ONE' | 'TWO' = 'ONE'): Promise<unknown> => does('reportSpecialSelfCheck', { specialRectificationUnitId, problemsFound: 5, problemsFixed: 3, report: `${M} report` }, by)
  const [first, second] = [await part(bureau), await part(village)]
  await report(first)
  await does('attachEvidenceLink', { subjectId: first, title: `${M} self-check`, url: `https://files.example/${M}/self-check`, sensitivity: 'INTERNAL', collectedAt: '2026-01-01T00:00:00.000Z' })
  await report(second, 'TWO')
  await does('returnSpecialSelfCheck', { specialRectificationUnitId: second, opinion: `${M} gives it back` })
  await does('startSpecialSupervisedCheck', { id })
  const findingIds = [await c.find('finding', `SELECT id FROM supervision_finding WHERE unit_id = $1 AND state = 'LINKED' ORDER BY id`, [bureau.slice(-36)])]
  await does('linkSpecialFindings', { id, findingIds })
  await does('unlinkSpecialFindings', { id, findingIds })
  await does('linkSpecialFindings', { id, findingIds })
  await does('startSpecialMending', { id })
  await does('openRectificationTask', { responsibleAppointmentId: member, problem: `${M} special problem`, dueOn: '2099-06-30', sourceId: id })
}

async function ended({ county: c, does }: Telling, announce: Announce): Promise<void> {
  const M = c.mark
  const id = await announce('B')
  await does('startSpecialSelfCheck', { id })
  await does('startSpecialSupervisedCheck', { id })
  await does('startSpecialMending', { id })
  await does('startSpecialEvaluation', { id })
  await does('stepSpecialRectificationBack', { id, opinion: `${M} goes back` })
  await does('startSpecialEvaluation', { id })
  await does('closeSpecialRectification', { id, evaluation: `${M} evaluation` })
}
