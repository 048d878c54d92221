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
 * who takes part in an activity, what was answered to overlaps, how it came to its state. Each such edge is told here with the reason why it may be.
 */
const SHOWN_TO_OTHERS: Readonly<Record<string, string>> = {
  'Case.transitions': 'the office that tries a case must know who investigated it; words are sealed, and no unit beyond the two sees a case at all',
  'Clue.transitions': 'who took it in tells the reporter how far it is; no words, and no more than the state and the days of the clue itself',
  'ClueTransfer.transitions': 'both ends know whether it was taken up; words are sealed',
  'CollaborationRecord.transitions': 'an opinion is what one end says to the other; an exchange that carries a clue has none',
  'ConsultationMeeting.participants': 'as at a table: who is called knows who else is, and what they answered',
  'ConsultationMeeting.transitions': 'why it was put off, or minutes were given back, is said to everybody who is called',
  'ConsultationParticipant.meeting': 'who is called sees the meeting',
  'GovernanceMeasure.evidence': 'who asks for a measure verifies it by its evidence; what is SENSITIVE stays sealed in a realm of its own',
  'GovernanceMeasure.transitions': 'an opinion is what the unit and the body say to each other; of the case nothing stands there',
  'HearingQuestion.transitions': 'it is asked, answered and pressed in public',
  'HearingSession.transitions': 'those who are heard know why it went back or was called off',
  'IdentityRelease.transitions': 'who asked is told what was decided; words are sealed',
  'Pledge.transitions': 'a pledge is made in public, and judged for those before whom it was made',
  'Restitution.transitions': 'who took the grievance in tells the reporter what is restored; no words',
  'SpecialRectification.transitions': 'the four bodies and the units in it know why it moved or went back',
  'SpecialRectificationUnit.evidence': 'the bodies that lead it look at what the units show; what is SENSITIVE stays sealed in a realm of its own',
  'SupervisionActivity.overlapAnswers': 'partners plan together; the other activity is told to those alone who see it, and no unit that is visited is a partner',
  'SupervisionActivity.partners': 'partners know each other',
  'SupervisionActivity.transitions': 'partners say to the lead and to each other why a plan or a conclusion went back',
  'SupervisionActivityPartner.activity': 'a partner sees the activity',
  'SupervisionFinding.transitions': 'the finder and the leaders of the unit see what was decided and why; that a clue was opened or closed is told under the same words as anything else',
  'Verification.transitions': 'the team knows how far its plan is; words are sealed',
}

test('what is shown with a row to units that it names besides its own was meant to be', () => {
  const seenElsewhere = [...world.model.nouns.values()].filter(({ noun: { scope, realmRows } }) => (scope.by === 'unit' && scope.alsoAt) || realmRows?.readers)
  expect(seenElsewhere.flatMap(near => [...near.edges.values()].filter(e => e.reach.sameScope).map(e => e.reach.name)).sort()).toEqual(Object.keys(SHOWN_TO_OTHERS))
})

test('every declaration fits the database', async () => {
  await expect(checkDatabase(world.database.db, world.model)).resolves.toBeUndefined()
})
