/**
 * What supervision does and what follows from it, for the reading fixture: activities with partners in other counties, findings, tasks,
 * letters and decisions in every state, and the years of units after their publication. `texts`: SQL of the texts that hurt.
 */
export function deeds(texts: string, viewer: string): readonly string[] {
  const who = `'system:test', 'system:test'`
  const by = 'created_by, updated_by'
  const one = (list: readonly string[], n: string): string => `pg_temp.pick(ARRAY[${list.map(v => `'${v}'`).join(', ')}], ${n})`
  const didBy = (n: string): string => `CASE WHEN ${n} % 3 = 0 THEN ARRAY['system:test', '${viewer}'] ELSE ARRAY['system:test'] END`
  const numbered = (table: string, where = 'true', order = 'id'): string => `(SELECT *, row_number() OVER (ORDER BY ${order}) n, count(*) OVER () total FROM ${table} WHERE ${where})`
  /** Units in an order that has nothing to do with the tree: the next one mostly lies in another county. */
  const units = numbered('unit', 'true', 'md5(code)')

  return [
    `WITH a AS (SELECT a.*, i, a.n * 2 + i AS k FROM ${numbered('appointment')} a, generate_series(1, 2) i WHERE a.n % 2 = 0),
      s AS (SELECT *, CASE WHEN i = 1 THEN ${one(TASK_STATES, 'n / 2')} ELSE ${one(TASK_STATES.slice(0, 7), 'n / 2')} END AS is_in, ${one(TASK_SOURCES, 'k')} AS source FROM a)
      INSERT INTO rectification_task (id, unit_id, responsible_appointment_id, problem, measures, due_on, state, source_kind, source_told, source_id, source_note, returns, extensions, performed_by, submitted_on, verified_by, closed_on, recurrence_of_id, is_synthetic, ${by})
      SELECT pg_temp.id(70, k), unit_id, id, pg_temp.pick(${texts}, k), CASE WHEN is_in <> 'OPEN' THEN pg_temp.pick(${texts}, k + 1) END, date '2026-07-01' + (k % 30)::int, is_in, source, CASE WHEN source IN ('CLUE', 'PORTRAIT') THEN 'OTHER' ELSE source END,
        CASE WHEN source <> 'OTHER' THEN pg_temp.id(99, k) END, CASE WHEN source = 'OTHER' THEN '来源说明' END, k % 4, k % 2, ${didBy('k')}, CASE WHEN k % 2 = 0 THEN date '2026-06-01' + (k % 9)::int END,
        CASE WHEN is_in IN ('VERIFIED', 'CLOSED', 'RECURRED') THEN 'system:test' END, CASE WHEN is_in IN ('CLOSED', 'RECURRED') THEN date '2026-06-20' + (k % 9)::int END,
        CASE WHEN i = 2 AND ${one(TASK_STATES, 'n / 2')} = 'RECURRED' THEN pg_temp.id(70, k - 1) END, k % 5 = 0, ${who} FROM s`,
    // What a failed test made a unit mend, while nobody held the post.
    `INSERT INTO rectification_task (id, unit_id, problem, due_on, state, source_kind, source_told, source_id, ${by})
      SELECT pg_temp.id(70, 100000 + n * 2 + i), unit_id, '防控措施失效', '2026-09-01', 'OPEN', 'CONTROL_TEST', 'CONTROL_TEST', id, ${who} FROM ${numbered('control_test')} t, generate_series(1, 2) i WHERE n % 3 = 0`,
    `INSERT INTO rectification_extension (id, unit_id, task_id, due_before, due_on, reason, state, decided_by, opinion, created_by, updated_by)
      SELECT pg_temp.id(71, n * 4 + i), unit_id, id, due_on, due_on + i, pg_temp.pick(${texts}, n), s.is_in, CASE WHEN s.is_in IN ('APPROVED', 'REFUSED') THEN 'system:test' END, CASE WHEN n % 2 = 0 THEN '意见' END,
        CASE WHEN n % 3 = 0 THEN '${viewer}' ELSE 'system:test' END, 'system:test'
      FROM ${numbered('rectification_task')} t, LATERAL (SELECT (ARRAY['REQUESTED', 'APPROVED', 'REFUSED', 'WITHDRAWN'])[i] AS is_in, i FROM generate_series(1, 4) i) s WHERE n % 5 < i`,

    `WITH u AS ${units}, s AS (SELECT u.*, i, n * 2 + i AS k, ${one(ACTIVITY_STATES, 'n + i')} AS is_in FROM u, generate_series(1, 2) i WHERE n % 2 = 0)
      INSERT INTO supervision_activity (id, unit_id, lead_name_zh, title_zh, purpose_zh, rule_id, rule_kind, mode_code, type_codes, matter_codes, way_codes, means_codes, planned_from, planned_to, started_on, concluded_on, conclusion_zh, state, merged_into_id, is_synthetic, ${by})
      SELECT pg_temp.id(72, k), s.id, name_zh, pg_temp.pick(${texts}, k), CASE WHEN k % 2 = 0 THEN '目的' END, r.id, r.kind, CASE WHEN k % 3 = 0 THEN 'OFFICE_PLUS_DISPATCHED' END, (ARRAY['DISCIPLINE', 'DISPATCHED', 'AUDIT'])[1:1 + (k % 3)::int], ARRAY['livelihood', 'matter-' || k % 4],
        CASE WHEN k % 2 = 0 THEN ARRAY['WAYS-1'] ELSE '{}' END, CASE WHEN k % 4 = 0 THEN ARRAY['MEANS-1'] ELSE '{}' END, date '2026-03-01' + (k % 20)::int, date '2026-04-01' + (k % 20)::int,
        CASE WHEN is_in IN ('IN_PROGRESS', 'CONCLUDED', 'RESULTS_APPLIED', 'CLOSED') THEN date '2026-03-05' END, CASE WHEN is_in IN ('CONCLUDED', 'RESULTS_APPLIED', 'CLOSED') THEN date '2026-03-25' END,
        CASE WHEN is_in IN ('CONCLUDED', 'RESULTS_APPLIED', 'CLOSED') THEN '结论' END, is_in, CASE WHEN is_in = 'MERGED' THEN pg_temp.id(72, CASE WHEN s.n > 2 THEN k - 4 ELSE k + 4 END) END, k % 4 = 0, ${who}
      FROM s LEFT JOIN ${numbered('supervision_rule')} r ON r.n = k % 20 AND k % 3 > 0`,
    `INSERT INTO supervision_activity_partner (id, lead_unit_id, activity_id, unit_id, name_zh, merged_from_id, plan_confirmed_at, plan_confirmed_by, conclusion_confirmed_at, conclusion_confirmed_by, ${by})
      SELECT pg_temp.id(73, a.n * 3 + i), a.unit_id, a.id, u.id, u.name_zh, CASE WHEN i = 2 THEN pg_temp.id(72, 5) END, CASE WHEN i = 1 THEN pg_temp.at(a.n) END, CASE WHEN i = 1 THEN 'system:test' END, CASE WHEN a.n % 2 = 0 THEN pg_temp.at(a.n) END, CASE WHEN a.n % 2 = 0 THEN 'system:test' END, ${who}
      FROM ${numbered('supervision_activity')} a CROSS JOIN generate_series(1, 3) i JOIN ${units} u ON u.n = (a.n * 17 + i * 5) % u.total + 1 WHERE a.n % 4 >= i AND u.id <> a.unit_id`,
    `INSERT INTO supervision_activity_object (activity_id, unit_id)
      SELECT a.id, u.id FROM ${numbered('supervision_activity')} a CROSS JOIN generate_series(1, 3) i JOIN ${units} u ON u.n = (a.n * 13 + i * 11) % u.total + 1 WHERE a.n % 5 > 0`,
    // A test is made in one activity, of the unit or of another one.
    `INSERT INTO supervision_control_test (activity_id, control_test_id) SELECT a.id, t.id FROM ${numbered('control_test')} t JOIN ${numbered('supervision_activity')} a ON a.n = t.n * 7 % a.total + 1 WHERE t.n % 2 = 0`,
    `INSERT INTO supervision_overlap (id, unit_id, activity_id, other_activity_id, answer, reason_zh, agreed_at, agreed_by, ${by})
      SELECT pg_temp.id(74, a.n), a.unit_id, a.id, b.id, ${one(['JOINT_ACTION', 'RESULT_REUSE', 'OWN_VISIT'], 'a.n / 2')}, CASE WHEN a.n / 2 % 3 = 2 THEN '另行开展' END, CASE WHEN a.n % 4 = 0 THEN pg_temp.at(a.n) END, CASE WHEN a.n % 4 = 0 THEN 'system:test' END, ${who}
      FROM ${numbered('supervision_activity')} a JOIN ${numbered('supervision_activity')} b ON b.n = a.n + 3 WHERE a.n % 2 = 0`,
    `WITH u AS ${units}, a AS ${numbered('supervision_activity')}, s AS (SELECT u.*, i, u.n * 3 + i AS k, ${one(FINDING_SOURCES, 'u.n + i')} AS source FROM u, generate_series(1, 2) i WHERE u.n % 3 > 0)
      INSERT INTO supervision_finding (id, unit_id, found_by_unit_id, found_by_name_zh, activity_id, source_kind, source_prefix, source_id, verification_zh, category, violation_type, severity, description_zh, found_on, power_id, risk_point_id, control_id, state, is_synthetic, ${by})
      SELECT pg_temp.id(75, k), s.id, f.id, f.name_zh, CASE WHEN source = 'ACTIVITY' OR k % 7 = 0 THEN a.id END, source, CASE WHEN source = 'PLUGIN_RECORD' THEN 'sample_c' END, CASE WHEN source = 'PLUGIN_RECORD' THEN pg_temp.id(99, k) END,
        CASE WHEN source IN ('PLUGIN_RECORD', 'INDICATOR') THEN '已人工核实' END, ${one(['formalism', 'other', 'procurement'], 'k')}, CASE WHEN k % 2 = 0 THEN 'sample-violation' END, ${one(['MINOR', 'GENERAL', 'SERIOUS'], 'k')}, pg_temp.pick(${texts}, k), date '2026-03-10' + (k % 15)::int,
        (SELECT p.id FROM power p WHERE p.unit_id = s.id ORDER BY p.code LIMIT 1), CASE WHEN i = 1 THEN (SELECT r.id FROM risk_point r WHERE r.unit_id = s.id ORDER BY r.id LIMIT 1) END, CASE WHEN i = 2 THEN (SELECT c.id FROM control c WHERE c.unit_id = s.id ORDER BY c.id LIMIT 1) END,
        ${one(['OPEN', 'LINKED', 'DEALT_WITH', 'RESOLVED', 'WITHDRAWN'], 'k')}, k % 6 = 0, CASE WHEN source IN ('PLUGIN_RECORD', 'INDICATOR') OR k % 4 = 0 THEN '${viewer}' ELSE 'system:test' END, 'system:test'
      FROM s JOIN u f ON f.n = CASE WHEN k % 3 = 0 THEN s.n ELSE (s.n * 19 + i) % f.total + 1 END JOIN a ON a.n = k % a.total + 1`,

    // Letters lie with who wrote them until they are sent, and with whom they are for from then on.
    `WITH u AS ${units}, s AS (SELECT u.*, ${one(LETTER_STATES, 'n')} AS is_in FROM u WHERE n % 2 = 1), l AS (SELECT *, is_in IN ('DRAFT', 'UNDER_REVIEW', 'SIGNED') OR is_in = 'WITHDRAWN' AND n % 4 = 1 AS kept FROM s)
      INSERT INTO recommendation_letter (id, unit_id, issuer_unit_id, addressee_unit_id, superior_unit_id, no, title, basis, source_kind, source_id, reply_within, state, edited_by, submitted_by, signed_by, signed_at, content_hash, issued_on, reply_due_on, replied_on, answered_by, closed_on, is_synthetic, ${by})
      SELECT pg_temp.id(76, l.n), CASE WHEN kept THEN l.id ELSE a.id END, l.id, a.id, CASE WHEN is_in = 'ESCALATED' THEN a.parent_id END, CASE WHEN NOT kept THEN '纪建〔2026〕' || l.n || '号' END, pg_temp.pick(${texts}, l.n), '依据', CASE WHEN l.n % 3 = 0 THEN 'ACTIVITY' ELSE 'OTHER' END,
        CASE WHEN l.n % 3 = 0 THEN pg_temp.id(72, 4 + l.n % 9) END, CASE WHEN l.n % 2 = 0 THEN 30 END, is_in, ${didBy('l.n')}, CASE WHEN is_in <> 'DRAFT' THEN CASE WHEN l.n % 5 = 0 THEN '${viewer}' ELSE 'system:test' END END,
        CASE WHEN NOT kept OR is_in = 'SIGNED' THEN 'system:test' END, CASE WHEN NOT kept OR is_in = 'SIGNED' THEN pg_temp.at(l.n) END, md5(l.n::text), CASE WHEN NOT kept THEN date '2026-04-01' + (l.n % 9)::int END, CASE WHEN NOT kept THEN date '2026-05-01' + (l.n % 9)::int END,
        CASE WHEN l.n % 2 = 0 THEN date '2026-04-20' END, ${didBy('l.n + 1')}, CASE WHEN is_in = 'CLOSED' THEN date '2026-06-01' END, l.n % 5 = 0, ${who}
      FROM l JOIN u a ON a.n = l.n * 23 % a.total + 1 AND a.id <> l.id`,
    `WITH l AS ${numbered('recommendation_letter')}, s AS (SELECT l.*, i, n * 3 + i AS k, CASE WHEN issued_on IS NULL THEN 'PENDING' ELSE ${one(['PENDING', 'ADOPTED', 'DECLINED', 'IMPLEMENTED', 'VERIFIED'], 'n + i')} END AS is_in FROM l, generate_series(1, 2) i)
      INSERT INTO recommendation_item (id, unit_id, letter_id, issuer_unit_id, addressee_unit_id, seq, content, target_risk_point_id, state, measure, declined_reason, adopted_on, responsible_appointment_id, due_on, performed_by, is_synthetic, ${by})
      SELECT pg_temp.id(77, k), s.unit_id, s.id, issuer_unit_id, addressee_unit_id, 3 - i, pg_temp.pick(${texts}, k), (SELECT r.id FROM risk_point r WHERE r.unit_id = addressee_unit_id ORDER BY r.id LIMIT 1), is_in, CASE WHEN is_in <> 'PENDING' THEN '措施' END, CASE WHEN is_in = 'DECLINED' THEN '理由' END,
        CASE WHEN is_in IN ('ADOPTED', 'IMPLEMENTED') THEN date '2026-04-20' END, CASE WHEN i = 1 THEN a.id END, CASE WHEN i = 1 AND a.id IS NOT NULL THEN date '2026-08-01' END, ${didBy('k')}, k % 5 = 0, ${who}
      FROM s LEFT JOIN LATERAL (SELECT id FROM appointment a WHERE a.unit_id = addressee_unit_id AND i = 1 ORDER BY id LIMIT 1) a ON true`,
    `INSERT INTO rectification_task (id, unit_id, responsible_appointment_id, problem, due_on, state, source_kind, source_told, source_id, ${by})
      SELECT pg_temp.id(70, 200000 + n), a.unit_id, a.id, content, '2026-10-01', 'OPEN', 'RECOMMENDATION', 'RECOMMENDATION', i.id, ${who} FROM (SELECT *, row_number() OVER (ORDER BY id) n FROM recommendation_item) i
        CROSS JOIN LATERAL (SELECT id, unit_id FROM appointment a WHERE a.unit_id = i.addressee_unit_id OR i.n % 4 = 0 ORDER BY a.unit_id = i.addressee_unit_id DESC, md5(a.id::text || i.n) LIMIT 1) a WHERE n % 2 = 0`,

    // People whose record has gone elsewhere; proposing and deciding bodies in other counties.
    `WITH u AS ${units}, s AS (SELECT u.*, i, n * 2 + i AS k, ${one(DECISION_STATES, 'n + i * 3')} AS is_in FROM u, generate_series(1, 2) i WHERE n % 2 = 0)
      INSERT INTO accountability_decision (id, unit_id, person_id, proposing_unit_id, deciding_unit_id, kind, form, responsibility, basis, state, edited_by, decided_by, decided_on, appealed_on, is_synthetic, ${by})
      SELECT pg_temp.id(78, k), s.id, p.id, b.id, d.id, ${one(['TALK_REMINDER', 'ADMONITION', 'WARNING'], 'k')}, CASE WHEN p.id IS NOT NULL THEN ${one(['FIRST', 'SECOND'], 'k')} END, CASE WHEN k % 3 > 0 THEN 'COMMITTEE_MAIN' END, pg_temp.pick(${texts}, k) || '据', is_in, ${didBy('k')},
        CASE WHEN is_in IN ('EFFECTIVE', 'UNDER_APPEAL', 'REVOKED') THEN CASE WHEN k % 5 = 0 THEN '${viewer}' ELSE 'system:test' END END, CASE WHEN is_in IN ('EFFECTIVE', 'UNDER_APPEAL', 'REVOKED') THEN date '2026-05-01' + (k % 9)::int END, CASE WHEN is_in = 'UNDER_APPEAL' THEN date '2026-06-01' END, k % 6 = 0, ${who}
      FROM s JOIN u b ON b.n = CASE WHEN k % 3 = 0 THEN s.n ELSE s.n * 29 % b.total + 1 END JOIN u d ON d.n = s.n * 31 % d.total + 1 LEFT JOIN ${numbered('person')} p ON p.n = CASE WHEN i = 1 THEN k % 200 + 1 END`,

    `WITH a AS ${numbered('supervision_activity')}, s AS (SELECT u.*, i, n * 2 + i AS k, ${one(EXCHANGE_STATES, 'n + i')} AS is_in, ${one(EXCHANGES, 'n + i * 2')} AS how FROM ${units} u, generate_series(1, 2) i WHERE n % 3 = 0)
      INSERT INTO collaboration_record (id, unit_id, from_name_zh, to_unit_id, to_name_zh, kind, subject_zh, content_zh, linked_prefix, linked_id, target_activity_id, used_in_activity_id, sent_on, due_on, acknowledged_on, acknowledged_at, acknowledged_by, completed_on, outcome_zh, by_sender_id, by_receiver_id, state, is_synthetic, ${by})
      SELECT pg_temp.id(84, k), s.id, s.name_zh, b.id, b.name_zh, how, pg_temp.pick(${texts}, k), CASE WHEN how <> 'CLUE_TRANSFER' AND k % 2 = 0 THEN '内容' END, CASE how WHEN 'CLUE_TRANSFER' THEN 'clue' WHEN 'JOINT_ACTION' THEN 'act' END, CASE how WHEN 'CLUE_TRANSFER' THEN pg_temp.id(86, k) WHEN 'JOINT_ACTION' THEN a.id END,
        CASE WHEN how = 'JOINT_ACTION' THEN a.id END, CASE WHEN how = 'RESULT_SHARING' AND is_in = 'COMPLETED' THEN a.id END, date '2026-02-01' + (k % 9)::int, date '2026-02-20' + (k % 9)::int,
        CASE WHEN is_in IN ('ACKNOWLEDGED', 'COMPLETED') THEN date '2026-02-10' END, CASE WHEN is_in IN ('ACKNOWLEDGED', 'COMPLETED') THEN pg_temp.at(k) END, CASE WHEN is_in IN ('ACKNOWLEDGED', 'COMPLETED') THEN 'system:test' END,
        CASE WHEN is_in = 'COMPLETED' THEN date '2026-02-15' END, CASE WHEN is_in = 'COMPLETED' THEN '结果' END, CASE WHEN how <> 'CLUE_TRANSFER' THEN s.id END, CASE WHEN how <> 'CLUE_TRANSFER' THEN b.id END, is_in, k % 4 = 0, ${who}
      FROM s JOIN ${units} b ON b.n = (s.n * 37 + i) % b.total + 1 AND b.id <> s.id JOIN a ON a.n = k % a.total + 1`,
    `INSERT INTO consultation_meeting (id, unit_id, convener_name_zh, title_zh, agenda_zh, planned_on, held_on, minutes_zh, next_due_on, object_until, state, is_synthetic, ${by})
      SELECT pg_temp.id(85, n), id, name_zh, pg_temp.pick(${texts}, n), '议题', date '2026-05-01' + (n % 9)::int, CASE WHEN is_in NOT IN ('SCHEDULED', 'CANCELLED') THEN date '2026-05-05' END, CASE WHEN is_in IN ('MINUTES_CIRCULATED', 'CLOSED') THEN '纪要' END,
        CASE WHEN is_in IN ('MINUTES_CIRCULATED', 'CLOSED') THEN date '2026-08-01' END, CASE WHEN is_in IN ('MINUTES_CIRCULATED', 'CLOSED') THEN date '2026-05-15' END, is_in, n % 4 = 0, ${who}
      FROM (SELECT *, ${one(MEETING_STATES, 'n')} AS is_in FROM ${units} u WHERE n % 4 > 1) u`,
    `INSERT INTO consultation_participant (id, convener_unit_id, meeting_id, unit_id, name_zh, answer, answer_note_zh, answered_at, answered_by, attended, confirmed_at, confirmed_by, ${by})
      SELECT pg_temp.id(87, m.n * 3 + i), m.unit_id, m.id, u.id, u.name_zh, a.says, CASE WHEN a.says = 'DECLINES' THEN '另有安排' END, CASE WHEN a.says IS NOT NULL THEN pg_temp.at(m.n) END, CASE WHEN a.says IS NOT NULL THEN 'system:test' END, CASE WHEN m.held_on IS NOT NULL THEN i = 1 END,
        CASE WHEN m.state = 'CLOSED' THEN pg_temp.at(m.n) END, CASE WHEN m.state = 'CLOSED' THEN 'system:test' END, ${who}
      FROM ${numbered('consultation_meeting')} m CROSS JOIN generate_series(1, 3) i CROSS JOIN LATERAL (SELECT (ARRAY['ATTENDS', NULL, 'DECLINES'])[i] AS says) a JOIN ${units} u ON u.n = (m.n * 41 + i * 3) % u.total + 1 AND u.id <> m.unit_id WHERE m.n % 3 < i`,

    // Clues: some that the viewer took in, some about the viewer or the unit where the viewer belongs, some with their parts and ways.
    `INSERT INTO person (id, unit_id, display_name, staff_no, ${by}) SELECT '${viewer.slice('person:'.length)}', id, '提问者', 'VIEWER', ${who} FROM unit WHERE code = '510801-D1'`,
    `WITH s AS (SELECT u.*, i, n * 2 + i AS k, ${one(CLUE_STATES, 'n + i')} AS is_in FROM ${units} u, generate_series(1, 2) i WHERE n % 2 = 0 OR code IN ('510801-D1', '510801-D2') OR path LIKE '/51/5108/51080/%')
      INSERT INTO clue (id, unit_id, number_year, number_seq, number, channel, nature, anonymity, received_on, registered_on, due_on, step_due_on, intake_unit_id, readers, assignee_person_id, handling, outcome, dispositions, merged_into_id, source_kind, source_id, state, is_synthetic, ${by})
      SELECT pg_temp.id(86, k), s.id, y, CASE WHEN y > 0 THEN k END, CASE WHEN y > 0 THEN '线索' || k END, ${one(['VILLAGE_OFFICER', 'PHONE', 'SUPERVISION_FINDING'], 'k')}, ${one(['DISCIPLINE_CLUE', 'CLAIM_GRIEVANCE'], 'k')}, ${one(['NAMED', 'ANONYMOUS', 'NO_REPORTER'], 'k')},
        date '2026-01-10' + (k % 9)::int, CASE WHEN y > 0 THEN date '2026-01-20' END, CASE WHEN k % 2 = 0 THEN date '2026-03-20' END, CASE WHEN k % 3 = 0 THEN date '2026-02-20' END, w.id, CASE WHEN k % 5 = 0 THEN ARRAY['${viewer}', 'system:test'] ELSE ARRAY['system:test'] END,
        CASE WHEN k % 3 = 0 THEN (SELECT p.id FROM person p WHERE p.unit_id = w.id ORDER BY p.id LIMIT 1) END, CASE WHEN k % 4 = 0 THEN 'PRELIMINARY_VERIFICATION' END, CASE WHEN k % 4 = 1 THEN 'UNFOUNDED' END,
        CASE WHEN is_in IN ('DISPOSED', 'FED_BACK', 'SETTLED', 'CLOSED') THEN ARRAY['RESTITUTION'] ELSE '{}' END, CASE WHEN is_in = 'MERGED' THEN (SELECT pg_temp.id(86, l.n * 2 + 1) FROM ${units} l WHERE l.n = 2) END,
        CASE WHEN f.id IS NOT NULL THEN 'SUPERVISION_FINDING' END, f.id, is_in, k % 4 = 0, ${who}
      FROM s CROSS JOIN LATERAL (SELECT CASE WHEN is_in NOT IN ('RECEIVED', 'NOT_ACCEPTED') THEN 2026 END AS y) z JOIN ${units} w ON w.n = CASE WHEN k % 2 = 0 THEN s.n ELSE s.n * 43 % w.total + 1 END LEFT JOIN ${numbered('supervision_finding')} f ON f.n = k AND k % 6 = 0`,
    `INSERT INTO clue_subject_person (clue_id, unit_id, person_id) SELECT c.id, c.unit_id, CASE WHEN c.n % 9 = 0 THEN '${viewer.slice('person:'.length)}'::uuid ELSE p.id END FROM ${numbered('clue')} c JOIN ${numbered('person')} p ON p.n = c.n * 3 % p.total + 1 WHERE c.n % 3 = 0`,
    `INSERT INTO clue_subject_unit (clue_id, unit_id, subject_unit_id) SELECT c.id, c.unit_id, u.id FROM ${numbered('clue')} c JOIN ${units} u ON CASE WHEN c.n % 10 = 1 THEN u.code = '510801-D1' ELSE u.n = c.n * 5 % u.total + 1 END WHERE c.n % 2 = 1`,
    `INSERT INTO clue_entry (id, clue_id, unit_id, kind, command, actor, readers, at) SELECT pg_temp.id(88, n * 2 + i), id, unit_id, CASE WHEN i = 1 THEN 'INFORMATION' ELSE 'OPINION' END, 'addClueInformation', 'system:test', CASE WHEN n % 4 = 0 THEN ARRAY['${viewer}'] ELSE '{}' END, pg_temp.at(n) FROM ${numbered('clue')} c, generate_series(1, 2) i WHERE n % 3 > 0`,
    `INSERT INTO clue_transfer (id, clue_id, unit_id, from_unit_id, to_unit_id, nature, from_number, sent_on, due_on, answered_on, readers, state, ${by})
      SELECT pg_temp.id(89, c.n), c.id, f.id, f.id, c.unit_id, c.nature, c.number, date '2026-01-15' + (c.n % 5)::int, date '2026-01-25', CASE WHEN c.n % 4 > 0 THEN date '2026-01-18' END, CASE WHEN c.n % 6 = 0 THEN ARRAY['${viewer}'] ELSE '{}' END, ${one(['SENT', 'ACCEPTED', 'SENT_BACK', 'RECALLED'], 'c.n')}, ${who}
      FROM ${numbered('clue')} c JOIN ${units} f ON f.n = c.n * 47 % f.total + 1 AND f.id <> c.unit_id WHERE c.n % 2 = 0 OR f.path LIKE '/51/5108/510801/%'`,
    `INSERT INTO verification (id, clue_id, unit_id, mode, planned_from, planned_to, plan_digest, content_hash, approved_hash, edited_by, submitted_by, readers, state, ${by})
      SELECT pg_temp.id(90, n), id, unit_id, CASE WHEN n % 2 = 0 THEN 'TOWNSHIP_PLUS_VILLAGE' END, '2026-02-01', '2026-02-20', 'd', md5(n::text), CASE WHEN is_in IN ('APPROVED', 'CONCLUDED') THEN md5(n::text) END, ${didBy('n')}, 'system:test', CASE WHEN n % 6 = 0 THEN ARRAY['${viewer}'] ELSE '{}' END, is_in, ${who}
      FROM (SELECT *, ${one(['DRAFT', 'UNDER_REVIEW', 'APPROVED', 'CONCLUDED', 'ABANDONED'], 'n')} AS is_in FROM ${numbered('clue')} c WHERE n % 3 = 1) c`,
    `INSERT INTO verification_member (verification_id, person_id, unit_id, is_lead, is_akin) SELECT v.id, p.id, p.unit_id, i = 1, false FROM ${numbered('verification')} v CROSS JOIN generate_series(1, 2) i JOIN ${numbered('person')} p ON p.n = (v.n * 7 + i) % p.total + 1`,
    `INSERT INTO restitution (id, clue_id, unit_id, kind, amount, currency, due_on, paid_on, readers, state, ${by})
      SELECT pg_temp.id(91, n), id, unit_id, 'REFUND', n * 1.25, 'CNY', CASE WHEN n % 2 = 0 THEN date '2026-04-01' END, CASE WHEN is_in IN ('PAID', 'VERIFIED') THEN date '2026-03-20' END, CASE WHEN n % 8 = 1 THEN ARRAY['${viewer}'] ELSE '{}' END, is_in, ${who} FROM (SELECT *, ${one(['OWED', 'PAID', 'VERIFIED', 'CANCELLED'], 'n')} AS is_in FROM ${numbered('clue')} c WHERE n % 4 = 1) c`,
    `INSERT INTO identity_release (id, clue_id, unit_id, reason, opinion, released_until, decided_by, decided_at, readers, state, ${by})
      SELECT pg_temp.id(92, n), id, unit_id, pg_temp.pick(${texts}, n), CASE WHEN n % 2 = 0 THEN '意见' END, CASE WHEN is_in = 'APPROVED' THEN timestamptz '2026-03-01' END, CASE WHEN is_in = 'APPROVED' THEN 'system:test' END, CASE WHEN is_in = 'APPROVED' THEN timestamptz '2026-02-20' END,
        CASE WHEN n % 4 = 0 THEN ARRAY['${viewer}'] ELSE '{}' END, is_in, ${who} FROM (SELECT *, ${one(['REQUESTED', 'APPROVED', 'REFUSED', 'WITHDRAWN', 'REVOKED'], 'n')} AS is_in FROM ${numbered('clue')} c WHERE n % 5 < 2) c`,

    `INSERT INTO progress_review (id, unit_id, cycle_id, quarter, reviewed_on, summary, figures, ${by})
      SELECT pg_temp.id(80, n * 4 + q), unit_id, id, q, date '2026-03-31' + q * 10, CASE WHEN q = 1 THEN pg_temp.pick(${texts}, n) END,
        (SELECT jsonb_agg(jsonb_build_object('responsibility', r, 'items', n, 'done', 1, 'verified', 0, 'late', q)) FROM unnest(ARRAY[${FOUR.map(r => `'${r}'`).join(', ')}]) r), ${who}
      FROM ${numbered('accountability_cycle')} c, generate_series(1, 2) q WHERE n % 3 > 0`,
    `INSERT INTO progress_move (id, unit_id, review_id, duty_item_id, appointment_id, due_on, measure, ${by})
      SELECT pg_temp.id(81, r.n * 3 + d.seq), r.unit_id, r.id, d.id, a.id, date '2026-06-01' + d.seq, pg_temp.pick(${texts}, r.n), ${who}
      FROM ${numbered('progress_review')} r JOIN duty_item d ON d.list_id = (SELECT main_list_id FROM accountability_cycle c WHERE c.id = r.cycle_id) AND d.seq < 3 JOIN ${numbered('appointment')} a ON a.n = (r.n * 7 + d.seq) % a.total + 1`,
    `INSERT INTO cycle_responsibility (id, unit_id, cycle_id, place, responsibility, grade, evaluation, fault, fault_reason, ${by})
      SELECT pg_temp.id(82, n * 4 + i), unit_id, id, i, (ARRAY[${FOUR.map(r => `'${r}'`).join(', ')}])[i], CASE WHEN n % 2 = 0 THEN 'WEAK' END, CASE WHEN n % 2 = 0 THEN pg_temp.pick(${texts}, n + i) END, CASE WHEN i = 2 THEN 'AT_FAULT' END, CASE WHEN i = 2 THEN '理由' END, ${who}
      FROM ${numbered('accountability_cycle')} c, generate_series(1, 4) i WHERE n % 2 = 0`,
    `INSERT INTO duty_report (id, unit_id, owner_unit_id, cycle_id, year, responsibility, appointment_id, version, text, fixed_at, is_synthetic, ${by})
      SELECT pg_temp.id(83, c.n * 3 + i), c.unit_id, CASE WHEN i = 3 THEN a.unit_id ELSE c.unit_id END, CASE WHEN i > 1 THEN c.id END, year, (ARRAY['COMMITTEE_MAIN', 'SECRETARY_FIRST', 'COMMISSION_SUPERVISORY'])[i], a.id, 1, pg_temp.pick(${texts}, c.n + i), CASE WHEN c.n % 2 = 0 THEN pg_temp.at(c.n) END, c.n % 4 = 0, ${who}
      FROM ${numbered('accountability_cycle')} c CROSS JOIN generate_series(1, 3) i JOIN ${numbered('appointment')} a ON a.n = (c.n * 11 + i) % a.total + 1`,
    // Cases are investigated and tried by different units; whose measures they bring lies elsewhere.
    `WITH u AS ${units}, s AS (SELECT u.*, i, n * 2 + i AS k, ${one(CASE_STATES, 'n + i')} AS is_in FROM u, generate_series(1, 2) i WHERE n % 3 = 0)
      INSERT INTO case_file (id, unit_id, investigation_unit_id, trial_unit_id, number_year, number_seq, number, filed_on, transferred_on, closed_on, investigated_by, tried_by, withdrawal_proposed_by, governance_waived, is_synthetic, state, ${by})
      SELECT pg_temp.id(110, k), s.id, s.id, CASE WHEN k % 2 = 0 THEN t.id END, 2026, k, 'A-' || k, date '2026-02-01' + (k % 20)::int, CASE WHEN k % 2 = 0 THEN date '2026-03-01' END, CASE WHEN is_in = 'CLOSED' THEN date '2026-06-01' END,
        CASE WHEN k % 3 = 0 THEN ARRAY['${viewer}'] ELSE ARRAY['system:test'] END, '{}', CASE WHEN k % 5 = 0 THEN 'system:test' END, k % 4 = 0, k % 2 = 0, is_in, ${who}
      FROM s JOIN ${units} t ON t.n = (s.n * 7) % t.total + 1 AND t.id <> s.id`,
    `INSERT INTO governance_measure (id, unit_id, demanding_unit_id, kind, content_zh, report_zh, due_on, implemented_on, performed_by, state, ${by})
      SELECT pg_temp.id(111, u.n), u.id, d.id, 'CONTROL_CHANGE', pg_temp.pick(${texts}, u.n), '已落实', date '2026-08-01' + (u.n % 30)::int, date '2026-07-01', ${didBy('u.n')}, ${one(MEASURE_STATES, 'u.n / 2')}, ${who}
      FROM ${units} u JOIN ${units} d ON d.n = (u.n * 19) % d.total + 1 WHERE u.n % 2 = 0`,

    // Who is heard holds a post of another unit than the host, mostly in another county.
    `INSERT INTO hearing_session (id, unit_id, no, held_on, year, theme, agenda, broadcast, is_four_responsibility, state, concluded_at, is_synthetic, ${by})
      SELECT pg_temp.id(112, n), id, 'H-' || n, date '2026-04-01' + (n % 20)::int, 2026, pg_temp.pick(${texts}, n), CASE WHEN n % 2 = 0 THEN '议程' END, n % 2 = 0, n % 3 = 0, s.is_in,
        CASE WHEN s.is_in IN ('CONCLUDED', 'FOLLOWED_UP', 'CLOSED') THEN pg_temp.at(n) END, n % 4 = 0, ${who}
      FROM ${units} u, LATERAL (SELECT ${one(HEARING_STATES, 'n / 3')} AS is_in) s WHERE n % 3 = 0`,
    `INSERT INTO hearing_respondent (id, unit_id, host_unit_id, session_id, about_unit_id, responsibility, appointment_id, votes_satisfied, votes_fair, votes_dissatisfied, votes_abstained, evaluated_at, ${by})
      SELECT pg_temp.id(113, h.n * 2 + i), a.unit_id, h.unit_id, h.id, a.unit_id, (ARRAY['SECRETARY_FIRST', 'MEMBER_DUAL_DUTY'])[i], a.id, v.n, v.n, v.n, v.n, CASE WHEN v.n IS NOT NULL THEN pg_temp.at(h.n) END, ${who}
      FROM ${numbered('hearing_session')} h CROSS JOIN generate_series(1, 2) i JOIN ${numbered('appointment')} a ON a.n = (h.n * 5 + i) % a.total + 1, LATERAL (SELECT CASE WHEN h.n % 2 = 0 THEN 3 END AS n) v`,
    `INSERT INTO hearing_question (id, unit_id, host_unit_id, session_id, respondent_id, appointment_id, text, answer, answered_by, answered_at, state, ${by})
      SELECT pg_temp.id(114, n), unit_id, host_unit_id, session_id, id, appointment_id, pg_temp.pick(${texts}, n), CASE WHEN n % 2 = 0 THEN '答复' END, CASE WHEN n % 2 = 0 THEN 'system:test' END, CASE WHEN n % 2 = 0 THEN pg_temp.at(n) END,
        CASE WHEN n % 2 = 0 THEN 'ANSWERED' WHEN n % 3 = 0 THEN 'WITHDRAWN' ELSE 'ASKED' END, ${who} FROM ${numbered('hearing_respondent')} r`,
    // A pledge is there with its task, of the same day.
    `WITH r AS ${numbered('hearing_respondent')}, t AS (
        INSERT INTO rectification_task (id, unit_id, responsible_appointment_id, problem, due_on, state, source_kind, source_told, source_id, ${by})
        SELECT pg_temp.id(70, 200000 + n), unit_id, appointment_id, '承诺事项', date '2026-10-01' + (n % 9)::int, 'OPEN', 'PLEDGE', 'PLEDGE', pg_temp.id(115, n), ${who} FROM r WHERE n % 2 = 1 RETURNING id)
      INSERT INTO pledge (id, unit_id, host_unit_id, session_id, respondent_id, appointment_id, commitment, deadline, task_id, state, judged_by, judged_at, ${by})
      SELECT pg_temp.id(115, n), unit_id, host_unit_id, session_id, id, appointment_id, pg_temp.pick(${texts}, n), date '2026-10-01' + (n % 9)::int, pg_temp.id(70, 200000 + n), s.is_in,
        CASE WHEN s.is_in IN ('FULFILLED', 'BROKEN') THEN 'system:test' END, CASE WHEN s.is_in IN ('FULFILLED', 'BROKEN') THEN pg_temp.at(n) END, ${who}
      FROM r, LATERAL (SELECT ${one(['MADE', 'ON_TRACK', 'FULFILLED', 'BROKEN'], 'n / 2')} AS is_in) s, (SELECT count(*) FROM t) made WHERE n % 2 = 1`,
    // A body pushes for another one that leads, in units elsewhere; all four are mostly of other counties.
    `INSERT INTO special_rectification (id, unit_id, grip_unit_id, push_unit_id, responsible_unit_id, lead_name_zh, grip_name_zh, push_name_zh, responsible_name_zh, code, name_zh, name_en, campaign_group, matters_zh, problem_categories,
        valid_from, self_check_due_on, valid_to, state, evaluation_zh, closed_on, is_synthetic, ${by})
      SELECT pg_temp.id(116, u.n), u.id, g.id, p.id, r.id, u.name_zh, g.name_zh, p.name_zh, r.name_zh, 'SR-' || u.n, pg_temp.pick(${texts}, u.n), CASE WHEN u.n % 2 = 0 THEN 'Campaign' END, CASE WHEN u.n % 4 > 0 THEN 'CASES-' || u.n % 4 END, '整治内容',
        CASE WHEN u.n % 2 = 0 THEN ARRAY['formalism', 'personnel'] ELSE ARRAY['public-funds'] END, date '2026-04-01' + (u.n % 20)::int, date '2026-05-01' + (u.n % 20)::int, date '2026-12-01' + (u.n % 20)::int, s.is_in,
        CASE WHEN s.is_in = 'CLOSED' THEN '评估' END, CASE WHEN s.is_in = 'CLOSED' THEN date '2026-11-01' END, u.n % 4 = 0, ${who}
      FROM ${units} u JOIN ${units} g ON g.n = (u.n * 7) % g.total + 1 JOIN ${units} p ON p.n = (u.n * 13) % p.total + 1 JOIN ${units} r ON r.n = (u.n * 17) % r.total + 1, LATERAL (SELECT ${one(CAMPAIGN_STATES, 'u.n / 3')} AS is_in) s WHERE u.n % 3 = 1`,
    `INSERT INTO special_rectification_unit (id, unit_id, name_zh, special_rectification_id, lead_unit_id, grip_unit_id, push_unit_id, responsible_unit_id, problems_found, problems_fixed, report_zh, reported_by, reported_at, returned_reason, ${by})
      SELECT pg_temp.id(117, c.n * 3 + i), u.id, u.name_zh, c.id, c.unit_id, c.grip_unit_id, c.push_unit_id, c.responsible_unit_id, v.found, v.found / 2, CASE WHEN v.found IS NOT NULL THEN pg_temp.pick(${texts}, c.n + i) END,
        CASE WHEN i = 1 THEN 'system:test' END, CASE WHEN i = 1 THEN pg_temp.at(c.n) END, CASE WHEN i = 2 THEN '退回' END, ${who}
      FROM ${numbered('special_rectification')} c CROSS JOIN generate_series(1, 3) i JOIN ${units} u ON u.n = (c.n * 23 + i * 5) % u.total + 1, LATERAL (SELECT CASE WHEN i < 3 THEN c.n % 9 END AS found) v`,
    `INSERT INTO special_rectification_finding (special_rectification_id, finding_id) SELECT c.id, f.id FROM ${numbered('special_rectification')} c JOIN ${numbered('supervision_finding')} f ON f.n % c.total = c.n`,
    `INSERT INTO special_rectification_measure (special_rectification_id, measure_id) SELECT c.id, m.id FROM ${numbered('special_rectification')} c JOIN ${numbered('governance_measure')} m ON m.n % c.total = c.n`,
    `INSERT INTO rectification_task (id, unit_id, responsible_appointment_id, problem, due_on, state, source_kind, source_told, source_id, ${by})
      SELECT pg_temp.id(70, 300000 + c.n), a.unit_id, a.id, '专项整治问题', date '2026-10-01', 'OPEN', 'CAMPAIGN', 'CAMPAIGN', c.id, ${who} FROM ${numbered('special_rectification')} c JOIN ${numbered('appointment')} a ON a.n = (c.n * 11) % a.total + 1`,

    // Imports of files, as far as they have come.
    `WITH u AS ${units}, s AS (SELECT u.*, i, n * 3 + i AS k, ${one(JOB_STATES, 'n * 3 + i')} AS is_in FROM u, generate_series(1, 3) i WHERE n % 3 > 0), t AS (SELECT *, CASE WHEN is_in = 'SUCCEEDED' THEN 1 END AS done_well FROM s)
      INSERT INTO job (id, unit_id, kind, state, file_name, size_bytes, sha256, phase, done, total, counted_in, started_at, finished_at, added, changed, unchanged, failure, problem_count, problems, attempts, runner, lease_until, created_at, created_by, updated_by)
      SELECT pg_temp.id(118, k), id, ${one(['units', 'powers', 'sample:things'], 'k / 2')}, is_in, pg_temp.pick(${texts}, k), 10 + k, md5(k::text) || md5(''), CASE WHEN is_in = 'RUNNING' THEN 'CHECKING' END, CASE WHEN is_in = 'RUNNING' THEN 40 ELSE 0 END, CASE WHEN is_in = 'RUNNING' THEN 100 END,
        CASE WHEN is_in = 'RUNNING' THEN 'PERCENT' ELSE 'ROWS' END, CASE WHEN is_in <> 'QUEUED' THEN pg_temp.at(k) END, CASE WHEN is_in NOT IN ('QUEUED', 'RUNNING') THEN pg_temp.at(k + 1) END, done_well * k, done_well, done_well * 0, CASE WHEN is_in = 'FAILED' THEN 'BAD_INPUT' END, CASE WHEN is_in = 'FAILED' THEN 1 ELSE 0 END,
        CASE WHEN is_in = 'FAILED' THEN jsonb_build_array(jsonb_build_object('sheet', CASE WHEN k % 2 = 0 THEN '表1' ELSE '' END, 'row', k, 'column', 'code', 'cell', 'A' || k, 'code', 'REQUIRED', 'messageZh', coalesce(pg_temp.pick(${texts}, k), ''), 'messageEn', coalesce(pg_temp.pick(${texts}, k + 1), ''))) ELSE '[]' END,
        1, CASE WHEN is_in = 'RUNNING' THEN 'a server' END, CASE WHEN is_in = 'RUNNING' THEN timestamptz '2099-01-01' END, pg_temp.at(k), CASE WHEN k % 4 = 0 THEN '${viewer}' ELSE 'system:test' END, 'system:test' FROM t`,
  ]
}

const FOUR = ['COMMITTEE_MAIN', 'SECRETARY_FIRST', 'MEMBER_DUAL_DUTY', 'COMMISSION_SUPERVISORY']
const JOB_STATES = ['QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED']
const CASE_STATES = ['FILED', 'INVESTIGATING', 'TRANSFERRED_TO_TRIAL', 'ADJUDICATED', 'GOVERNANCE', 'CLOSED', 'WITHDRAWN']
const MEASURE_STATES = ['PROPOSED', 'RETURNED', 'IN_PROGRESS', 'IMPLEMENTED', 'VERIFIED', 'CANCELLED']
const CAMPAIGN_STATES = ['ANNOUNCED', 'SELF_CHECK', 'SUPERVISED_CHECK', 'RECTIFICATION', 'EVALUATION', 'CLOSED', 'CANCELLED']
const HEARING_STATES = ['SCHEDULED', 'REPORTING', 'QUESTIONING', 'EVALUATING', 'CONCLUDED', 'FOLLOWED_UP', 'CLOSED', 'CANCELLED']
const TASK_STATES = ['OPEN', 'PLANNED', 'IN_PROGRESS', 'SUBMITTED', 'RETURNED', 'VERIFIED', 'CLOSED', 'CANCELLED', 'RECURRED']
const TASK_SOURCES = ['OTHER', 'FINDING', 'CLUE', 'OTHER', 'PORTRAIT']
const ACTIVITY_STATES = ['PLANNED', 'COORDINATED', 'IN_PROGRESS', 'CONCLUDED', 'RESULTS_APPLIED', 'CLOSED', 'CANCELLED', 'MERGED']
const FINDING_SOURCES = ['ACTIVITY', 'CONTROL_TEST', 'PLUGIN_RECORD', 'INDICATOR', 'PATROL_FEEDBACK', 'AUDIT', 'EXTERNAL_BODY', 'OTHER']
const LETTER_STATES = ['DRAFT', 'UNDER_REVIEW', 'SIGNED', 'ISSUED', 'ACKNOWLEDGED', 'ADOPTED', 'PARTLY_ADOPTED', 'DECLINED', 'ESCALATED', 'REPORTED_BACK', 'VERIFIED', 'CLOSED', 'WITHDRAWN']
const DECISION_STATES = ['PROPOSED', 'RETURNED', 'EFFECTIVE', 'UNDER_APPEAL', 'REJECTED', 'WITHDRAWN', 'REVOKED']
const EXCHANGES = ['JOINT_ACTION', 'INFORMATION_SHARING', 'RESULT_SHARING', 'CLUE_TRANSFER']
const EXCHANGE_STATES = ['SENT', 'ACKNOWLEDGED', 'COMPLETED', 'RETURNED', 'RECALLED']
const MEETING_STATES = ['SCHEDULED', 'HELD', 'MINUTES_CIRCULATED', 'CLOSED', 'CANCELLED']
const CLUE_STATES = ['RECEIVED', 'NOT_ACCEPTED', 'REGISTERED', 'TRANSFERRED', 'MERGED', 'ASSIGNED', 'VERIFYING', 'INQUIRING', 'SHELVED', 'VERIFIED', 'DISPOSED', 'FED_BACK', 'SETTLED', 'CASE_FILED', 'CLOSED']
