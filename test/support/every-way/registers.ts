import { NOW, type Input, type Telling } from '../scope-walk/telling'
import { said, type Ground } from './ground'

/** Powers, flows, risk points and controls, changed and given up wherever they stand. */
export async function registers({ county: c, does }: Telling, { bureau, head }: Ground): Promise<void> {
  let n = 0
  const code = (): string => `${c.mark}-W${++n}`
  const power = async (): Promise<string> => (await does('proposePower', { unitId: bureau, code: code(), nameZh: '职权', category: 'PROCUREMENT', significance: 'GENERAL', legalBasis: [], positionIds: [head] }))['power']!.id
  const id = await power()
  const steps = [{ nameZh: '环节', kind: 'APPLY', positionId: head }]
  const flow = (await does('draftOperatingFlow', { powerId: id, steps }))['operatingFlow']!.id
  await does('reviewOperatingFlow', { id: flow }, 'TWO')
  await does('editOperatingFlow', { id: flow, rowVersion: NOW, steps })
  await does('reviewOperatingFlow', { id: flow }, 'TWO')
  await does('publishOperatingFlow', { id: flow }, 'TWO')
  await does('confirmPower', { id }, 'TWO')
  await does('editPower', { id, rowVersion: NOW, nameEn: 'Power' })
  const other = await power()
  const flowOfOther = (await does('draftOperatingFlow', { powerId: other, steps }))['operatingFlow']!.id
  await does('reviewOperatingFlow', { id: flowOfOther }, 'TWO')
  await does('publishOperatingFlow', { id: flowOfOther }, 'TWO')
  await does('confirmPower', { id: other }, 'TWO')
  await does('publishPower', { id: other }, 'TWO')
  await does('suspendPower', { id: other, ...said() }, 'TWO')
  await does('abolishPower', { id: other, ...said() }, 'TWO')
  await risks({ county: c, does }, { power: id, head, code })
}

const ACTIVE = ['IDENTIFIED', 'RATED', 'TREATMENT_PLANNED', 'CONTROLLED', 'MONITORED', 'ESCALATED'] as const
type Active = (typeof ACTIVE)[number]

async function risks({ does }: Pick<Telling, 'county' | 'does'>, { power, head, code }: { power: string; head: string; code: () => string }): Promise<void> {
  const control = (): Input => ({ code: code(), description: '措施', nature: 'PREVENTIVE', mode: 'MANUAL', frequency: 'MONTHLY', ownerPositionId: head })
  const point = async (to: Active): Promise<string> => {
    const id = (await does('identifyRiskPoint', { powerId: power, code: code(), description: '风险', category: 'PROCESS', ownerPositionId: head, controls: [] }))['riskPoint']!.id
    const rate = (kind: string): Promise<unknown> => does('rateRiskPoint', { id, kind, likelihood: 2, impact: 2 })
    const steps: Readonly<Record<Exclude<Active, 'ESCALATED'>, () => Promise<unknown>>> = {
      IDENTIFIED: async () => undefined, RATED: () => rate('INHERENT'), TREATMENT_PLANNED: () => does('planRiskTreatment', { id, responsePlan: 'REDUCE' }, 'TWO'),
      CONTROLLED: async () => {
        const held = (await does('designControl', { ...control(), riskPointIds: [id] }))['control']!.id
        await does('implementControl', { id: held })
        await does('operateControl', { id: held })
        await does('activateRiskControls', { id })
      },
      MONITORED: () => does('monitorRiskPoint', { id, reviewDueOn: '2099-01-01' }),
    }
    for (const [state, step] of Object.entries(steps)) {
      await step()
      if (state === to || (to === 'ESCALATED' && state === 'RATED')) break
    }
    if (to === 'ESCALATED') await does('escalateRiskPoint', { id, ...said() })
    return id
  }
  for (const state of ACTIVE) {
    const id = await point(state)
    if (state !== 'ESCALATED') {
      await does('editRiskPoint', { id, rowVersion: NOW, descriptionEn: 'Risk' })
      await does('escalateRiskPoint', { id: await point(state), ...said() })
    }
    await does('retireRiskPoint', { id: await point(state), ...said() }, 'TWO')
    await does('rateRiskPoint', { id, kind: 'INHERENT', likelihood: 3, impact: 2 })
  }
  // Another control stays with the risk point, so that each of these may be given up.
  const riskPointIds = [await point('CONTROLLED')]
  await controls(does, async () => (await does('designControl', { ...control(), riskPointIds }))['control']!.id)
}

/** A control that does not work is deficient, and operates again when it was mended. */
async function controls(does: Telling['does'], designed: () => Promise<string>): Promise<void> {
  const test = (id: string, result: string): Promise<unknown> => does('recordControlTest', { id, period: '2026-Q1', kind: 'OPERATING', result, sampleSize: 5, exceptions: result === 'EFFECTIVE' ? 0 : 3 })
  const edit = (id: string): Promise<unknown> => does('editControl', { id, rowVersion: NOW, descriptionEn: 'Control' })
  const id = await designed()
  const testDesign = (): Promise<unknown> => does('recordControlTest', { id, period: '2026-Q1', kind: 'DESIGN', result: 'EFFECTIVE', sampleSize: 5, exceptions: 0 })
  await testDesign()
  await does('implementControl', { id })
  await edit(id)
  await testDesign()
  await does('operateControl', { id })
  await edit(id)
  await test(id, 'INEFFECTIVE')
  await edit(id)
  await test(id, 'EFFECTIVE')
  await does('operateControl', { id })
  await test(id, 'INEFFECTIVE')
  await does('retireControl', { id, ...said() }, 'TWO')
  const [implementing, only] = [await designed(), await designed()]
  await does('implementControl', { id: implementing })
  for (const one of [implementing, only]) await does('retireControl', { id: one, ...said() }, 'TWO')
}
