import type { County } from './county'

/** Writes straight into the tables. Each answers or takes row ids. */
export interface Tying {
  unit(code: string, c: County): Promise<string>
  /** One row of a county that meets a condition on `t`. */
  of(table: string, c: County, which?: string): Promise<string>
  /** A row once more, with these columns. */
  copy(table: string, from: string, changes: object): Promise<unknown>
  change(table: string, row: string, column: string, value: string): Promise<unknown>
  /** A row of a table of links once more, with another end. */
  link(table: string, column: string, near: string, changes: object): Promise<unknown>
}

/** What bodies that supervise do: visits, findings, what they send each other, letters, decisions. */
export async function tieBodies({ unit, of, copy, link }: Tying, here: County, there: County): Promise<void> {
  const [bureau, group] = [await unit('HEALTH', there), await unit('GROUP', there)]
  const [visit, theirs] = [await of('supervision_activity', here), await of('supervision_activity', there)]
  await copy('supervision_activity', await of('supervision_activity', here, 't.rule_id IS NOT NULL'), { rule_id: await of('supervision_rule', there) })
  await copy('supervision_activity', await of('supervision_activity', here, `t.state = 'MERGED'`), { merged_into_id: theirs })
  await link('supervision_activity_object', 'activity_id', visit, { unit_id: bureau })
  await link('supervision_control_test', 'activity_id', visit, { control_test_id: await of('control_test', there) })
  await copy('supervision_overlap', await of('supervision_overlap', here), { other_activity_id: theirs })

  const found = (): Promise<string> => of('supervision_finding', here, 't.control_id IS NOT NULL')
  const about = { activity_id: theirs, power_id: await of('power', there), risk_point_id: await of('risk_point', there), control_id: await of('control', there) }
  await copy('supervision_finding', await found(), about)
  await copy('collaboration_record', await of('collaboration_record', here, `t.kind = 'JOINT_ACTION'`), { target_activity_id: theirs, used_in_activity_id: theirs })

  const risk = { target_risk_point_id: about.risk_point_id, responsible_appointment_id: await of('appointment', there), due_on: '2026-12-01', seq: 90 }
  const letter = await of('recommendation_letter', here, 't.no IS NOT NULL')
  const item = await of('recommendation_item', here, `t.state = 'VERIFIED'`)
  await copy('recommendation_letter', await of('recommendation_letter', here, 't.no IS NULL'), { addressee_unit_id: bureau })
  await copy('recommendation_letter', letter, { issuer_unit_id: group, superior_unit_id: bureau, no: `${here.mark} 90`, source_kind: 'ACTIVITY', source_id: theirs })
  await copy('recommendation_item', item, risk)
  await copy('approval_record', await of('approval_record', there), { subject_id: letter, seq: 99 })
  for (const subject_id of [letter, item]) await copy('state_transition', await of('state_transition', there), { subject_id })
  await copy('rectification_task', await of('rectification_task', here), { source_kind: 'RECOMMENDATION', source_told: 'RECOMMENDATION', source_id: await of('recommendation_item', there, `t.state = 'VERIFIED'`) })

  await copy('accountability_decision', await of('accountability_decision', here, 't.person_id IS NOT NULL'), {
    person_id: await of('person', there, `t.staff_no = $1 || '-THREE'`), proposing_unit_id: group, deciding_unit_id: await unit('HEALTH', there),
  })
}

/**
 * Sides that show a row to the other end as well: the own county's rows with such an end outside. The other way round the row is told. Bodies
 * turn to each other in one line of territories: there the end outside is the city.
 */
export async function tieSides({ unit, of, copy }: Tying, own: County, foreign: County, city: string): Promise<void> {
  const group = await unit('GROUP', foreign)
  await copy('supervision_activity_partner', await of('supervision_activity_partner', own), { unit_id: city, merged_from_id: await of('supervision_activity', foreign) })
  await copy('collaboration_record', await of('collaboration_record', own), { to_unit_id: city })
  await copy('consultation_participant', await of('consultation_participant', own), { unit_id: city })
  await copy('supervision_finding', await of('supervision_finding', own), { found_by_unit_id: group })
}
