import { newId } from '../../../src/core/ids'
import type { County } from './county'
import type { Tying } from './ties-of-bodies'

const underWay = ({ of }: Tying, c: County): Promise<string> => of('special_rectification', c, `t.state = 'RECTIFICATION'`)

/** Special rectifications across the border: findings, measures and tasks of one county in what the other one drives. */
export async function tieCampaigns(t: Tying, here: County, there: County): Promise<void> {
  const [campaign, finding, measure] = [await underWay(t, here), await t.of('supervision_finding', there), await t.of('governance_measure', there)]
  await t.link('special_rectification_finding', 'special_rectification_id', campaign, { finding_id: finding })
  await t.link('special_rectification_measure', 'special_rectification_id', campaign, { measure_id: measure })
  await t.copy('rectification_task', await t.of('rectification_task', there, `t.source_kind = 'CAMPAIGN'`), { source_id: campaign })
}

/**
 * Our county leads what bodies of theirs grip, push and answer for, and a unit of theirs reports to theirs alone in what is ours. The other way
 * about, theirs would be ours to see.
 */
export async function tieBodiesOfCampaign(t: Tying, own: County, foreign: County): Promise<void> {
  const [grip_unit_id, push_unit_id, responsible_unit_id] = [await t.unit('INSURANCE', foreign), await t.unit('CCDI', foreign), await t.unit('HEALTH', foreign)]
  const campaign = await underWay(t, own)
  await t.copy('special_rectification', campaign, { id: newId(), grip_unit_id, push_unit_id, responsible_unit_id })
  await t.copy('special_rectification_unit', await t.of('special_rectification_unit', foreign), { special_rectification_id: campaign })
}
