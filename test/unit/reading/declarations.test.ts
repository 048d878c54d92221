import { checkDatabase, type NounModel, type Reach } from '../../../src/database/sql'
import { readingWorld, type ReadingWorld } from '../../support/reading-world'

let world: ReadingWorld
beforeAll(async () => { world = await readingWorld() })
afterAll(() => world.close())

const path = ({ noun }: NounModel, row: string): string =>
  noun.scope.by === 'own' ? `${row}.path` : noun.scope.by === 'unit' ? `(SELECT path FROM unit WHERE id = ${row}.${noun.scope.column})` : `'/'`

function relation({ relation: r }: Reach): string {
  switch (r.kind) {
    case 'up': return `far.id = near.${r.key}`
    case 'down': return `far.${r.by} = near.id`
    case 'via': return `EXISTS (SELECT FROM ${r.via.table} link WHERE link.${r.via.near} = near.id AND link.${r.via.far} = far.id)`
    default: throw new Error(`A ${r.kind} cannot stay in the scope of where it starts.`)
  }
}

/** Rows that bind what lies below them are seen from there: so must be whatever a claim ties to them. */
const binds = ({ noun: { scope } }: NounModel, row: string): string => (scope.by === 'public' ? 'true' : scope.by === 'unit' && scope.bindsBelow ? `${row}.${scope.bindsBelow}` : 'false')

/** Pairs of rows that each claim ties together, and how many of them leave the scope of the near row. */
test('every claim that an edge stays within the scope of its near row holds on real rows', async () => {
  const claims = [...world.model.nouns.values()].flatMap(near => [...near.edges.values()].filter(e => e.reach.sameScope).map(({ reach }) => ({ near, reach })))
  const found = await Promise.all(claims.map(async ({ near, reach }) => {
    const { noun } = reach.to
    const [row] = await world.sql<{ pairs: number; outside: number }>(
      `SELECT count(*)::int AS pairs, count(*) FILTER (WHERE NOT starts_with(${noun.scope.by === 'public' ? `'/'` : path(reach.to, 'far')}, ${noun.scope.by === 'public' ? `'/'` : path(near, 'near')}) OR ${binds(near, 'near')} AND NOT ${binds(reach.to, 'far')})::int AS outside
       FROM ${near.noun.table} near JOIN ${noun.table} far ON ${relation(reach)}`)
    return { edge: reach.name, ...row! }
  }))
  expect(found.length).toBeGreaterThan(50)
  expect(found.filter(f => f.outside > 0)).toEqual([])
  // A claim about no rows at all would be proved by anything: its rows go into test/support/reading-fixture.ts.
  expect(found.filter(f => f.pairs === 0)).toEqual([])
})

/**
 * A row that is seen at other units or by single readers, too, shows what hangs on it there as well, although that has only the row's own unit:
 * who takes part in an activity, what was answered to overlaps, how it came to its state. Each such edge is told here, because nobody else would ask.
 */
const SHOWN_TO_OTHERS = [
  'Case.transitions', 'Clue.transitions', 'ClueTransfer.transitions', 'CollaborationRecord.transitions', 'ConsultationMeeting.participants', 'ConsultationMeeting.transitions', 'ConsultationParticipant.meeting',
  'GovernanceMeasure.evidence', 'GovernanceMeasure.transitions', 'HearingQuestion.transitions', 'HearingSession.transitions', 'IdentityRelease.transitions', 'Pledge.transitions', 'Restitution.transitions', 'SpecialRectification.transitions', 'SpecialRectificationUnit.evidence', 'SupervisionActivity.overlapAnswers', 'SupervisionActivity.partners', 'SupervisionActivity.transitions', 'SupervisionActivityPartner.activity', 'SupervisionFinding.transitions', 'Verification.transitions',
]

test('what is shown with a row to units that it names besides its own was meant to be', () => {
  const seenElsewhere = [...world.model.nouns.values()].filter(({ noun: { scope, realmRows } }) => (scope.by === 'unit' && scope.alsoAt) || realmRows?.readers)
  expect(seenElsewhere.flatMap(near => [...near.edges.values()].filter(e => e.reach.sameScope).map(e => e.reach.name)).sort()).toEqual(SHOWN_TO_OTHERS)
})

test('every declaration fits the database', async () => {
  await expect(checkDatabase(world.database.db, world.model)).resolves.toBeUndefined()
})
