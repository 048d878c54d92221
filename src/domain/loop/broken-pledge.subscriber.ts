import { subscriber } from '../../database/events'
import { pledgeEvents } from '../hearing'
import { loopMachine, type CycleRow, type Responsibility } from '../responsibility'
import { loopEvents } from './loop.events'

/** The unit-year that a pledge was heard for, while accountability may be proposed in it and nothing is. */
const YEAR = `
  SELECT c.*, u.path AS unit_path, r.responsibility, p.commitment FROM pledge p JOIN hearing_respondent r ON r.id = p.respondent_id JOIN hearing_session s ON s.id = p.session_id
    JOIN accountability_cycle c ON c.unit_id = r.about_unit_id AND c.year = s.year JOIN unit u ON u.id = c.unit_id
  WHERE p.id = $1 AND p.state = 'BROKEN' AND c.state = ANY($2::text[]) AND c.accountability_proposed_by IS NULL FOR UPDATE OF c`

/**
 * A broken pledge proposes accountability, in the name of whoever found it broken: four eyes then keep them from deciding. Where the year is
 * reported, closed or pursued already, it is left to people.
 */
export const brokenPledges = subscriber({
  name: 'loop', as: 'proposeCycleAccountability', on: [pledgeEvents.BROKEN],
  handle: async (tx, { subjectId, actor, at }) => {
    const cycle = await tx.row<CycleRow & { responsibility: Responsibility; commitment: string }>(YEAR, [subjectId, loopMachine.commands.proposeCycleAccountability.from])
    if (!cycle) return
    tx.update('accountability_cycle', cycle, {
      accountability_proposed_by: actor, accountability_proposed_at: at, accountability_responsibility: cycle.responsibility, accountability_source_kind: 'PLEDGE', accountability_source_id: subjectId,
      accountability_reason: `军令状未兑现：${cycle.commitment}`,
    })
    tx.emit(loopEvents.accountabilityProposed, { subjectId: cycle.id, unitId: cycle.unit_id, payload: { year: cycle.year, responsibility: cycle.responsibility } })
  },
})
