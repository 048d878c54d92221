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
    source_kind: 'CYCLE', source_id: await of('accountability_cycle', there),
  })
}

/** What lies in the closed realms: clues, what is of them, cases, what is put right after them. */
export async function tieRealms({ unit, of, copy, link }: Tying, here: County, there: County): Promise<void> {
  const [bureau, person] = [await unit('HEALTH', there), await of('person', there, `t.staff_no = $1 || '-THREE'`)]
  const [clue, theirs] = [await of('clue', here), await of('clue', there)]
  const verification = await of('verification', there)
  await copy('clue', clue, { number_seq: 90, intake_unit_id: bureau, assignee_person_id: person, source_kind: 'SUPERVISION_FINDING', source_id: await of('supervision_finding', there), merged_into_id: theirs })
  await link('clue_subject_unit', 'clue_id', clue, { subject_unit_id: bureau })
  await link('clue_subject_person', 'clue_id', clue, { person_id: person })
  await copy('clue_entry', await of('clue_entry', here, `t.kind = 'MEASURE'`), { clue_id: theirs, verification_id: verification })
  for (const table of ['clue_transfer', 'verification', 'restitution', 'identity_release']) await copy(table, await of(table, here, `t.state <> 'APPROVED'`), { clue_id: theirs })
  await link('verification_member', 'verification_id', await of('verification', here), { person_id: person })

  const [file, other] = [await of('case_file', here, 't.trial_unit_id IS NOT NULL'), await of('case_file', there, 't.trial_unit_id IS NOT NULL')]
  const ends = {
    case_clue: ['clue_id', theirs], case_person: ['person_id', person], case_subject_unit: ['subject_unit_id', bureau], case_power: ['power_id', await of('power', there)],
    case_risk_point: ['risk_point_id', await of('risk_point', there)], case_measure: ['measure_id', await of('governance_measure', there)],
  } as const
  for (const [table, [far, id]] of Object.entries(ends)) await link(table, 'case_id', file, { [far]: id })
  await copy('case_disposition', await of('case_disposition', here, 't.decision_id IS NOT NULL'), { case_id: other, decision_id: await of('accountability_decision', there) })
  // Of a case that nobody tries yet: what is written of one is read where it is tried, too.
  await copy('case_entry', await of('case_entry', here), { case_id: await of('case_file', there, 't.trial_unit_id IS NULL') })
  const measure = await of('governance_measure', here, `t.state = 'VERIFIED'`)
  await link('governance_measure_control', 'measure_id', measure, { control_id: await of('control', there) })
  await link('governance_measure_risk_point', 'measure_id', measure, { risk_point_id: await of('risk_point', there) })
}

/**
 * Sides that show a row to the other end as well: the own county's rows with such an end outside. The other way round the row is told. Bodies
 * turn to each other in one line of territories: there the end outside is the city.
 */
export async function tieSides({ unit, of, copy }: Tying, own: County, foreign: County, city: string): Promise<void> {
  const group = await unit('GROUP', foreign)
  await copy('supervision_activity_partner', await of('supervision_activity_partner', own), { unit_id: city, merged_from_id: await of('supervision_activity', foreign) })
  await copy('collaboration_record', await of('collaboration_record', own, `t.kind = 'JOINT_ACTION'`), { to_unit_id: city, by_receiver_id: city })
  await copy('consultation_participant', await of('consultation_participant', own), { unit_id: city })
  await copy('supervision_finding', await of('supervision_finding', own), { found_by_unit_id: group })
  await copy('clue_transfer', await of('clue_transfer', own, `t.state <> 'SENT'`), { to_unit_id: group })
  await copy('case_file', await of('case_file', own, 't.trial_unit_id IS NOT NULL'), { number_seq: 90, trial_unit_id: await unit('TRIAL', foreign) })
  await copy('governance_measure', await of('governance_measure', own), { demanding_unit_id: group })
}
