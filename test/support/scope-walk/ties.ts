import type pg from 'pg'
import { newId } from '../../../src/core/ids'
import type { Edge, Noun } from '../../../src/core/reads'
import type { DomainModule } from '../../../src/domain/module'
import type { County } from './county'
import type { Rows } from './rows'
import { tieBodies, tieRealms, tieSides, type Tying } from './ties-of-bodies'
import { tieHearings } from './ties-of-hearings'
import { tieBodiesOfCampaign, tieCampaigns } from './ties-of-campaigns'

/**
 * Ties across the border: rows of the own county that name rows of the foreign one, along every edge that leads out of the scope. Written
 * straight into the tables, as the years leave them behind: somebody changes counties, a body of one supervises a body of the other.
 */
export async function tieTogether(owner: pg.Pool, own: County, foreign: County): Promise<void> {
  const client = await owner.connect()
  const id = async (sql: string, { mark }: County): Promise<string> => (await client.query<{ id: string }>(sql, [mark])).rows[0]!.id
  const unit = (code: string, c: County): Promise<string> => id(`SELECT id FROM unit WHERE code = $1 || '-${code}'`, c)
  const of = (table: string, c: County, which = 'true'): Promise<string> => id(`SELECT t.id FROM ${table} t JOIN unit u ON u.id = t.unit_id WHERE u.path LIKE '/CITY/' || $1 || '/%' AND ${which} ORDER BY t.id LIMIT 1`, c)
  const copy = (table: string, from: string, changes: object): Promise<unknown> =>
    client.query(`INSERT INTO ${table} SELECT (jsonb_populate_record(t, $2)).* FROM ${table} t WHERE t.id = $1`, [from, { id: newId(), ...changes }])
  const change = (table: string, row: string, column: string, value: string): Promise<unknown> => client.query(`UPDATE ${table} SET ${column} = $2 WHERE id = $1`, [row, value])
  const link = (table: string, column: string, near: string, changes: object): Promise<unknown> =>
    client.query(`INSERT INTO ${table} SELECT (jsonb_populate_record(t, $2)).* FROM ${table} t WHERE ${column} = $1 LIMIT 1`, [near, changes])
  const tying: Tying = { unit, of, copy, change, link }
  try {
    // As a replica: published lists are locked, what only grows refuses changes.
    await client.query('SET session_replication_role = replica')
    for (const [here, there] of [[own, foreign], [foreign, own]] as const) {
      const theirs = await of('person', there, `t.staff_no = $1 || '-THREE'`)
      await copy('appointment', await of('appointment', here), { person_id: theirs, valid_from: '2010-01-01', valid_to: '2011-01-01' })
      await copy('role_grant', await of('role_grant', here), { person_id: theirs })
      await copy('village_supervisor', await of('village_supervisor', here), { person_id: theirs, valid_from: '2010-01-01', valid_to: '2011-01-01' })
      await copy('unit_relation', await id(`SELECT r.id FROM unit_relation r JOIN unit u ON u.id = r.to_unit_id WHERE u.code = $1 || '-HEALTH'`, here), { from_unit_id: await unit('GROUP', there) })
      await change('unit', await unit('OLD', here), 'successor_id', await unit('HEALTH', there))
      await change('responsibility_list', await of('responsibility_list', here, `t.kind = 'SUPERVISION_RESPONSIBILITY'`), 'owner_unit_id', await unit('GROUP', there))
      const [first, second] = [await of('duty_item', here, `t.code LIKE '%-D2'`), await of('duty_item', here, `t.code LIKE '%-D3'`)]
      await change('duty_item', first, 'owner_unit_id', await unit('GROUP', there))
      await change('duty_item', second, 'responsible_appointment_id', await of('appointment', there))
      const rule = await of('supervision_rule', here)
      await copy('state_transition', await of('state_transition', there), { subject_id: rule })
      await copy('approval_record', await of('approval_record', there), { subject_id: rule, seq: 99 })
      await change('plugin_medical_insurance.violation_record', await of('plugin_medical_insurance.violation_record', here), 'provider_unit_id', await unit('HOSPITAL', there))
      await tieBodies(tying, here, there)
      await tieRealms(tying, here, there)
      await tieCampaigns(tying, here, there)
      await client.query(PARKED, [here.mark])
    }
    await tieSides(tying, own, foreign, await id('SELECT id FROM unit WHERE path = $1', { ...own, mark: '/CITY/' }))
    await tieHearings(tying, own, foreign)
    await tieBodiesOfCampaign(tying, own, foreign)
  } finally {
    await client.query('RESET session_replication_role')
    client.release()
  }
}

/** An event of a county that nobody could deal with. */
const PARKED = `INSERT INTO event_delivery (id, subscriber, event_id, kind, subject_id, event_at, taken_at, tx, state, attempts, last_error_code)
  SELECT gen_random_uuid(), 'nobody', e.id, e.type, e.subject_id, e.at, e.at, e.tx, 'PARKED', 3, 'BAD_INPUT' FROM outbox_event e JOIN unit u ON u.id = e.unit_id WHERE u.path LIKE '/CITY/' || $1 || '/%' ORDER BY e.id LIMIT 1`

const HEARD = 'whoever sees what was asked or pledged at the unit of who is heard sees the hearing there, too'
const PART = 'what is asked and pledged carries the units of who is heard (hearing_question_respondent_fk, pledge_respondent_fk)'
/** Edges along which no row can lead out of the scope, each with the reason. */
export const NEVER_TIED: Readonly<Record<string, string>> = {
  'ClueTransfer.fromUnit': 'a transfer belongs to the unit that passes the clue on (clue_transfer_units_check)',
  'Case.investigationUnit': 'a case belongs to the unit that investigates it (case_file_apart_check)',
  'Unit.receivedCollaborationRecords': 'whoever sees the receiver of a record sees the record: it is sent to be read',
  'HearingRespondent.session': HEARD, 'HearingQuestion.session': HEARD, 'Pledge.session': HEARD,
  'HearingRespondent.questions': PART, 'HearingQuestion.respondent': PART, 'Pledge.respondent': PART,
  'Appointment.pledges': 'a pledge carries the unit of the post (pledge_appointment_fk)',
  'SpecialRectificationUnit.specialRectification': 'whoever sees what a unit reports, at the unit or at one of the bodies, sees the special rectification there, too (special_rectification_unit_campaign_fk)',
  'Unit.pushedSpecialRectifications': 'whoever sees the body that pushes sees the special rectification',
}

/** Edges that lead out of the scope by declaration and have no row that does: the walk would prove nothing of them. */
export function untied(modules: readonly DomainModule[], rows: Rows): string[] {
  const nouns = new Map(modules.flatMap(m => m.reads).map(noun => [noun.type, noun]))
  const edges = [
    ...[...nouns.values()].flatMap(noun => Object.entries(noun.edges).map(([field, edge]) => ({ near: noun, field, edge }))),
    ...modules.flatMap(m => m.edges).flatMap(({ on, field, edge }) => (nouns.has(on) ? [{ near: nouns.get(on)!, field, edge }] : [])),
  ]
  return edges.filter(({ near, edge }) => {
    const far = nouns.get(edge.to)
    // To the unit that decides whose a row is, and from there back.
    const itsOwn = ('key' in edge && near.scope.by === 'unit' && edge.key === near.scope.column) || ('by' in edge && near.type === 'Unit' && far?.scope.by === 'unit' && edge.by === far.scope.column)
    return !itsOwn && near.scope.by !== 'public' && far !== undefined && far.scope.by !== 'public' && !edge.sameScope && !crosses(near, edge, far, rows)
  }).map(({ near, field }) => `${near.type}.${field}`)
}

function crosses(near: Noun, edge: Edge, far: Noun, rows: Rows): boolean {
  const inside = new Set(rows.of('inside').filter(r => r.table === near.table).map(r => r.values['id']))
  const outside = new Set(rows.of('outside').filter(r => r.table === far.table).map(r => r.values['id']))
  if ('via' in edge) return rows.all.some(r => r.table === edge.via.table && inside.has(r.values[edge.via.near]) && outside.has(r.values[edge.via.far]))
  if ('by' in edge) return rows.all.some(r => r.table === far.table && outside.has(r.values['id']) && inside.has(r.values[edge.by]))
  const key = 'key' in edge ? edge.key : edge.walk
  return rows.all.some(r => r.table === near.table && inside.has(r.values['id']) && outside.has(r.values[key]))
}
