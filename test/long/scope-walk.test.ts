import type { ApiServer } from '../../src/api'
import { ROLES, systemActor, type Role } from '../../src/core/actor'
import { runCommand } from '../../src/database/command'
import type { DomainModule } from '../../src/domain/module'
import { originOf } from '../support/registers-fixture'
import { Commander } from '../support/scope-walk/command'
import { somebody } from '../support/scope-walk/county'
import { downloads } from '../support/scope-walk/downloads'
import { Documents, type Known } from '../support/scope-walk/documents'
import { Foreign, Rows } from '../support/scope-walk/rows'
import { tellStory } from '../support/scope-walk/story'
import { NEVER_TIED, tieTogether, untied } from '../support/scope-walk/ties'
import { Trespasser } from '../support/scope-walk/trespass'
import { crawling, differences, entranceArguments, entrances, objectArguments, objects, openings, takeAll, Seen, type Step, type Taken } from '../support/scope-walk/walk'
import { scopeWorld, type Answered, type Ask, type Mistake, type ScopeWorld } from '../support/scope-walk/world'

/**
 * Two counties do everything that the product can do. A neighbour who holds every role in one of them then asks everything that the schema
 * lets anybody ask, in every way, about the other one. What must hold: nothing of the foreign county stands in any answer, and every answer is
 * the same when the foreign county is not there at all.
 */
const OWN = 'ASH'
const FOREIGN = 'BIRCH'
const MARKS = [FOREIGN, '白桦', 'bai hua', 'bh']

/** People of the own county beside the two of the story. */
const NEIGHBOURS: readonly { staffNo: string; roles: readonly Role[]; over: readonly string[]; validTo?: string }[] = [
  { staffNo: 'TWICE', roles: ['LEADER_READER', 'UNIT_EDITOR'], over: [`${OWN}-HEALTH`, `${OWN}-TOWN`], validTo: '2099-01-01' },
  ...(['REPORTING_CLIENT', 'PLATFORM_ADMIN', 'AUDITOR', 'SECTOR_MAINTAINER', 'IDENTITY_CUSTODIAN'] as const).map(role => ({ staffNo: role, roles: [role], over: [OWN] })),
  { staffNo: 'EXPIRED', roles: ROLES, over: [OWN], validTo: '2021-01-01' },
]

const ROLE_HOLDERS = NEIGHBOURS.map(n => n.staffNo).filter(name => name !== 'EXPIRED')

let w: ScopeWorld
let documents: Documents
let known: Known
let rows: Rows
let foreign: Foreign
let trespasser: Trespasser
let theirs: Seen
let mine: Seen
/** What the payloads of both stories held. */
const commands = new Seen()
/** What administrators of the whole territory see of what belongs to no county. */
const ofCity = new Seen()
const WHOLE = ['eventDeliveries']
/** Row texts of the foreign county before the neighbour began, and after it tried everything. */
let untouched: [before: string, after: string]
/** Everything that the neighbour asked, as the planner answered it: with the foreign county there, and without. */
let asked: { there: Taken[]; gone: Taken[] }
/** Of these the first answers of the resolvers. */
let resolved: { planner: Taken[]; resolvers: Taken[] }
/** In what files of the foreign county differ from files that are nowhere. */
let downloaded: string[]
const notices = new Map<string, string[]>()
const refusals = new Map<string, string[]>()
const crawls = new Map<string, { taken: Taken[]; seen: Seen; foreign: Foreign }>()

const lookedThrough = (taken: readonly Taken[], of: Foreign): string[] =>
  taken.flatMap(t => of.in(t.answer.text, JSON.stringify(t.request)).map(found => `${t.about}: ${found} in the answer to ${t.request.query.slice(0, 300)}`))

beforeAll(async () => {
  w = await scopeWorld()
  const { owner } = w.server.database
  documents = new Documents(w.readers.planner.schema)
  const nothing: Known = { own: new Map([['Unit', [w.foreign.root]]]), foreign: new Map(), values: new Map(), cursors: new Map(), marks: MARKS, city: w.city }
  const others = new Commander(w, w.foreign, documents, nothing)
  await tellStory(others)
  theirs = (await crawling(documents, nothing, w.ask.planner, `${FOREIGN}-ONE`)).seen

  const before = await Rows.read(owner, [w.own.path])
  const foreignIds = before.foreignIds
  known = {
    ...nothing, own: new Map([['Unit', [w.own.root]]]), values: theirs.values,
    foreign: new Map([...theirs.ids].map(([type, ids]) => [type, ids.filter(id => foreignIds.has(id.slice(-36)))] as const).filter(([, ids]) => ids.length)),
  }
  trespasser = new Trespasser(w, documents, known, others.given)
  const own = new Commander(w, w.own, documents, known, trespasser.before)
  await tellStory(own)
  known = { ...known, receipt: receiptOf(own.answers) }
  for (const { data } of [...others.answers, ...own.answers]) commands.add(data)
  untouched = [before.outside, (await Rows.read(owner, [w.own.path])).outside]
  await tieTogether(owner, w.own, w.foreign)
  await settle()
  rows = await Rows.read(owner, [w.own.path])
  foreign = new Foreign(rows.foreignIds, rows.foreignTexts, MARKS.slice(0, 2))

  const { seen, taken } = await crawling(documents, known, w.ask.planner, `${OWN}-ONE`)
  mine = seen
  known = { ...known, own: mine.ids, cursors: new Map([...theirs.cursors].map(([type, [cursor]]) => [type, [cursor!, ...(mine.cursors.get(type) ?? []).slice(0, 1)]])) }
  const arguments_ = await takeAll(w.ask.planner, `${OWN}-ONE`, [...openings(documents, known), ...entranceArguments(documents, known)])
  for (const { answer } of arguments_) mine.add(answer.data)
  // Lists show more of long registers in other orders: what came up there is looked at too.
  const more = [...mine.ids].flatMap(([type, ids]) => objects(documents, type, ids.slice(-40), known))
  for (const t of await takeAll(w.ask.planner, `${OWN}-ONE`, more)) {
    taken.push(t)
    mine.add(t.answer.data)
  }
  const further = await takeAll(w.ask.planner, `${OWN}-ONE`, objectArguments(documents, known))
  for (const { answer } of further) mine.add(answer.data)
  asked = { there: [...taken, ...arguments_, ...further], gone: [] }
  for (const { answer } of await takeAll(w.ask.planner, 'CITY-ONE', openings(documents, known).filter(step => WHOLE.includes(step.about)))) ofCity.add(answer.data)
  const both = [...taken, ...arguments_].filter((_, i) => i % 2 === 0)
  resolved = { planner: both, resolvers: await takeAll(w.ask.resolvers, `${OWN}-ONE`, both) }
  downloaded = await download(w.readers.planner)
  await asNeighbours()
  const planted = await plantAll()
  expect(await rows.wipe(owner)).toBeGreaterThan(300)
  asked.gone = await takeAll(w.ask.planner, `${OWN}-ONE`, asked.there)
  for (const { name, there, ask, who } of planted) notices.set(name, [...lookedThrough(there, foreign), ...differences(there, await takeAll(ask, who, there))])
}, 1_200_000)
afterAll(() => w?.close())

/** The first receipt that was handed out. */
const receiptOf = (answers: readonly Answered[]): string => answers.flatMap(({ data }) => (data?.['receiveClue'] as { receiptCode?: string } | undefined)?.receiptCode ?? [])[0]!

async function download({ app }: ApiServer): Promise<string[]> {
  const evidence = await w.foreign.find('ev', 'SELECT e.id FROM evidence e JOIN unit u ON u.id = e.unit_id WHERE e.storage_ref IS NOT NULL AND starts_with(u.path, $1)', [w.foreign.path])
  return downloads(app, await w.server.tokenFor(`${OWN}-ONE`), { evidence, subject: known.foreign.get('DutyItem')![0]! })
}

/** The neighbours settle in the own county. */
const settle = (): Promise<void> => runCommand(w.server.db, originOf(systemActor('test')), 'test', {}, async tx => {
  const ids = new Map((await tx.rows<{ code: string; id: string }>('SELECT code, id FROM unit')).map(u => [u.code, u.id]))
  for (const { staffNo, roles, over, validTo } of NEIGHBOURS) {
    somebody(tx, { staffNo: `${OWN}-${staffNo}`, name: '青松邻居', unit: ids.get(OWN)!, roles, units: over.map(code => ids.get(code)!), ...(validTo && { validTo }) })
  }
})

async function asNeighbours(): Promise<void> {
  const twice = new Foreign((await Rows.read(w.server.database.owner, [`${w.own.path}${OWN}-HEALTH/`, `${w.own.path}${OWN}-TOWN/`])).foreignIds, new Set(), MARKS.slice(0, 2))
  for (const { staffNo } of NEIGHBOURS) {
    const who = `${OWN}-${staffNo}`
    refusals.set(staffNo, await refusedTo(who))
    if (staffNo === 'EXPIRED' || staffNo === 'IDENTITY_CUSTODIAN') continue
    crawls.set(staffNo, { ...await crawling(documents, known, w.ask.planner, who, 4), foreign: staffNo === 'TWICE' ? twice : foreign })
  }
  refusals.set('nobody', await refusedTo(null))
}

/** Entrances that are closed to somebody. */
async function refusedTo(who: string | null): Promise<string[]> {
  const taken = await takeAll(w.ask.planner, who, openings(documents, known, true))
  return taken.filter(t => t.answer.errors.some(e => ['FORBIDDEN', 'UNAUTHENTICATED'].includes(e.extensions.code))).map(t => t.about)
}

const SEALED = 'seals are of the log of the whole territory and are made from time to time'
const DOWN = 'told of plugins that do not run'
const FIRST = 'told from the second release of a catalog on'
const PART = 'told to those who may adopt a part only'

/** Fields that answer nothing in either county, each with its reason. */
const NEVER: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['Connection.nodes', 'Connection.edges', 'Edge.cursor', 'Edge.node', ...['id', 'sequence', 'at', 'recordCount', 'algorithm', 'recordForm', 'root', 'previousHash', 'hash'].map(f => `.${f}`)].map(f => [`AuditSeal${f}`, SEALED])),
  'Evidence.contentPurgedAt': 'told once a retention period of years is over', 'PeopleCount.value': 'withheld: few people hold posts in the story',
  'WithheldCount.value': 'withheld: the story has few clues', 'WithheldGroup.per10000': 'withheld with it', 'WithheldMedian.days': 'withheld with it', 'RestoredStatistics.sum': 'withheld with it',
  'ServiceAccountKey.lastUsedAt': 'told once a tool has used its key',
  'Plugin.phase': DOWN, 'Plugin.reason': DOWN, 'Plugin.problems': DOWN, 'Plugin.leftovers': DOWN,
  'PluginProblemInfo.code': DOWN, 'PluginProblemInfo.message': DOWN, 'PluginProblemInfo.file': DOWN, 'PluginProblemInfo.path': DOWN, 'PluginLeftover.table': DOWN, 'PluginLeftover.rows': DOWN,
  'CatalogItem.retiredIn': FIRST, 'CatalogItem.supersededByCode': FIRST, 'CatalogAdoption.decision': FIRST,
  'AdoptCatalogPayload.skipped': PART, 'CatalogSkipped.part': PART, 'CatalogSkipped.count': PART, 'CatalogSkipped.reason': PART,
}

describe('what proves that the walk is whole', () => {
  test('the story gives every command, and fills every place where an input can hold an id', () => {
    const mutations = Object.keys(documents.schema.getMutationType()!.getFields())
    const given = new Set(trespasser.given)
    expect(mutations.filter(m => !given.has(m)).map(m => `Give ${m} in test/support/scope-walk/story.ts.`)).toEqual([])
    expect(trespasser.unreached(mutations).map(place => `Fill ${place} once in test/support/scope-walk/story.ts.`)).toEqual([])
  })

  test('every field of every type answered something to the county\'s own people', () => {
    const answered = new Set([theirs, mine, commands, ofCity, ...[...crawls.values()].map(c => c.seen)].flatMap(seen => [...seen.fields]))
    const all = documents.objectTypes().flatMap(type => Object.keys(type.getFields()).map(field => `${type.name}.${field}`))
    expect(all.filter(field => !answered.has(field) && !(field in NEVER)).map(field => `${field} answers nothing: give it a value in test/support/scope-walk/story.ts.`)).toEqual([])
  })

  test('there are objects of every type, foreign ones of every type that belongs to a unit', () => {
    expect(documents.nodeTypes().map(t => t.name).filter(type => !mine.ids.has(type) && !ofCity.ids.has(type) && !(`${type}.id` in NEVER))).toEqual([])
    const scoped = w.modules.flatMap(m => m.reads).filter(n => n.scope.by !== 'public' && n.scope.by !== 'whole').map(n => n.type)
    expect(scoped.filter(type => !known.foreign.has(type))).toEqual([])
  })

  test('along every edge that leads out of the scope there is a row that does', () => {
    const left = untied(w.modules, rows)
    expect(left.filter(edge => !(edge in NEVER_TIED)).map(edge => `Tie the counties along ${edge} in test/support/scope-walk/ties.ts.`)).toEqual([])
    expect(Object.keys(NEVER_TIED).filter(edge => !left.includes(edge))).toEqual([])
  })

  test('there is no other way in: no subscription, no route that is not walked', () => {
    // What they tell is read under the viewer's own rights: e2e/subscriptions, e2e/inbox and e2e/jobs have the neighbour's view of them.
    expect(Object.keys(documents.schema.getSubscriptionType()!.getFields()).sort()).toEqual(['inboxChanged', 'jobProgress', 'nodeChanged'])
    expect(routesOf(w.server.app.api.app.printRoutes({ commonPrefix: false })).filter(route => !(route in ROUTES)).map(route => `Walk ${route} in this file, and list it in ROUTES.`)).toEqual([])
  })
})

/** Bodies whose territory was taken away are the city's then. Seals of the whole log come while the walk goes on; auditors of every county see them, and of the records under them only their own. */
const lasting = ({ about }: Taken): boolean => !/^(auditSeal|supervisionBodies)/i.test(about)

describe('what the neighbour asks', () => {
  test('nothing of the foreign county stands in any answer, of either reader', () => {
    expect(lookedThrough(asked.there, foreign)).toEqual([])
    expect(lookedThrough(resolved.resolvers, foreign)).toEqual([])
  })

  test('every answer is the same when the foreign county is not there: no total, filter, order, cursor, aggregate or error tells of it', () => {
    const [there, gone] = [asked.there, asked.gone].map(all => all.filter(lasting)) as [Taken[], Taken[]]
    expect(differences(there, gone)).toEqual([])
  })

  test('both readers answer the same', () => {
    const [planner, resolvers] = [resolved.planner, resolved.resolvers].map(all => all.filter(lasting)) as [Taken[], Taken[]]
    expect(differences(planner, resolvers)).toEqual([])
  })

  test('everything that is asked right is answered', () => {
    // Some groupings ask for a filter beside them.
    const failed = asked.there.filter(t => t.answer.errors.some(e => e.extensions.code !== 'BAD_INPUT' || !/^\w+Aggregate/.test(t.about)))
    expect(failed.map(t => `${t.about}: ${JSON.stringify(t.answer.errors[0])}`)).toEqual([])
  })
})

describe('what the neighbour commands', () => {
  const shape = (told: unknown): string => JSON.stringify(told).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id')

  test('a foreign id in any place of any input is answered as an id that is nowhere', () => {
    expect(trespasser.done.length).toBeGreaterThan(150)
    const different = trespasser.done.filter(t => shape(t.told[0]) !== shape(t.told[1]))
    expect(different.map(t => `${t.mutation} ${t.place}: ${shape(t.told[0])} … ${shape(t.told[1])}`)).toEqual([])
  })

  /** Where the database's keys refuse an id, with the invariant that the key holds: the same for every id that is not of the unit. */
  const BY_KEY = ['INV-06', 'INV-11', 'INV-13', 'INV-16', 'INV-03', 'SM-2', 'responsible', 'target']

  /** Refused in the same words for an id that is nowhere, as the test above holds: a risk point that is not the addressee's, a unit that is not visited. */
  const SAID_OTHERWISE = ['addRecommendationItem targetRiskPointId', 'editRecommendationItem targetRiskPointId', 'recordSupervisionFinding findings.0.unitId']

  test('with NOT_FOUND, or as breaking the invariant that both ends are of one unit', () => {
    const rules = (t: (typeof trespasser.done)[number]): string[] => t.foreign.errors.flatMap(e => (e.extensions['violations'] as { rule: string }[] | undefined ?? []).map(v => v.rule))
    const others = trespasser.done.filter(t => t.foreign.errors[0]?.extensions.code !== 'NOT_FOUND' && !(rules(t).length && rules(t).every(rule => BY_KEY.includes(rule))))
    // A file names units by their codes: it is refused before the unit is looked at, equally for codes that nobody has.
    expect([...new Set(others.map(t => `${t.mutation} ${t.place}`))]).toEqual(['importMedicalInsuranceViolationRecords as the others sent it', ...SAID_OTHERWISE])
  })

  test('nothing of the foreign county stands in the refusals, and nothing was written', () => {
    expect(trespasser.done.flatMap(t => foreign.in(t.foreign.text, t.asked).map(found => `${t.mutation} ${t.place}: ${found}`))).toEqual([])
    expect(trespasser.wrote).toEqual([])
    expect(untouched[1]).toBe(untouched[0])
  })

  test('what is unique in the whole city is told to be taken, and nothing more of whose it is', async () => {
    // Codes of units and credit codes are public registers; staff numbers sign people in. Each is asked by administrators only. Names of keys are drawn by the server.
    const { rows: columns } = await w.server.database.owner.query<{ column: string }>(`
      SELECT c.relname || '.' || string_agg(a.attname, '+' ORDER BY a.attnum) AS column FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY(i.indkey::int2[])
      WHERE i.indisunique AND NOT i.indisprimary AND (c.relname = 'unit' OR EXISTS (SELECT FROM pg_attribute u WHERE u.attrelid = c.oid AND u.attname = 'unit_id'))
      GROUP BY i.indexrelid, c.relname HAVING NOT bool_or(a.atttypid = 'uuid'::regtype) ORDER BY 1`)
    expect(columns.map(c => c.column)).toEqual(['person.staff_no', 'service_account_key.name', 'unit.code', 'unit.path', 'unit.uscc'])
  })

  test('what holds for every county is not published by the administrators of one', async () => {
    const cells = Array.from({ length: 25 }, (_, i) => ({ likelihood: Math.floor(i / 5) + 1, impact: i % 5 + 1, score: 1, level: 'LOW' }))
    const answer = await w.ask.planner(`${OWN}-ONE`, { query: 'mutation($input: PublishRiskMatrixInput!) { publishRiskMatrix(input: $input) { riskMatrix { version } } }', variables: { input: { nameZh: '矩阵', effectiveFrom: '2020-01-01', cells } } })
    expect(answer.errors[0]!.extensions.code).toBe('FORBIDDEN')
  })
})

const FIXED = 'the same bytes for everybody who may have it'
/** Every route of the server, with what walks it. */
const ROUTES: Readonly<Record<string, string>> = {
  'GET /graphql': 'the walk', 'POST /graphql': 'the walk', 'HEAD /graphql': 'the walk: as GET',
  'GET /evidence/:id': 'downloads', 'POST /evidence': 'downloads',
  'POST /workbooks': 'the story; what was sent is named by nobody else, as e2e/jobs has it',
  ...Object.fromEntries(['/healthz', '/readyz', '/', '/explorer/explorer.js', '/explorer/explorer.css', '/explorer/icon.svg', '/explorer/vendor/react.js', '/explorer/vendor/react-dom.js', '/explorer/vendor/graphiql.js', '/explorer/vendor/graphql-ws.js', '/explorer/vendor/graphiql.css', '/explorer/setup.json',
    '/plugins/health-procurement/contracts-template.csv', '/plugins/medical-insurance/violation-records-template.csv'].flatMap(path => [[`GET ${path}`, FIXED], [`HEAD ${path}`, FIXED]])),
  'GET /metrics': 'figures of the process under names of closed lists, outside production only', 'HEAD /metrics': 'as GET',
  'POST /explorer/token': 'hands out tokens of a demo city\'s people, outside production only',
}
/** The whole paths of Fastify's tree of routes. */
function routesOf(printed: string): string[] {
  const above: string[] = []
  return printed.split('\n').flatMap(line => {
    const [, lead, part, methods] = /^([│├└─ ]*?)(\S+)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? []
    if (part === undefined) return []
    const depth = lead!.length / 4 - 1
    above.splice(depth, Infinity, part)
    return methods ? methods.split(', ').map(method => `${method} ${above.slice(0, depth + 1).join('').replaceAll('//', '/')}`) : []
  })
}

describe('what the neighbour downloads', () => {
  test('a foreign file and a foreign subject are as absent as what is nowhere, to every method and form', () => {
    expect(downloaded).toEqual([])
  })

  test('files that are the same for everybody hold nothing of a county', async () => {
    for (const route of Object.keys(ROUTES).filter(r => ROUTES[r] === FIXED && r.startsWith('GET '))) {
      const response = await w.server.fetch(route.slice(4), {}, `${OWN}-ONE`)
      expect([route, response.status, foreign.in(await response.text(), '')]).toEqual([route, 200, []])
    }
  })
})

describe('other neighbours', () => {
  test.each(NEIGHBOURS.filter(n => n.staffNo !== 'EXPIRED' && n.staffNo !== 'IDENTITY_CUSTODIAN').map(n => n.staffNo))('%s finds nothing of the foreign county', staffNo => {
    const { taken, seen, foreign: of } = crawls.get(staffNo)!
    expect(lookedThrough(taken, of)).toEqual([])
    expect(seen.ids.get('Unit')!.length).toBeGreaterThan(1)
  })

  /** Who may enter where: the table of roles, told once more by other eyes. The two of the story may enter everywhere. */
  const OPEN: readonly { readonly to: readonly string[]; readonly entrances: readonly string[] }[] = [
    { to: ['nobody', 'EXPIRED', ...ROLE_HOLDERS], entrances: ['viewer', 'vocabulary', 'clueReceipt'] },
    {
      to: ['EXPIRED', ...ROLE_HOLDERS],
      entrances: [
        'node', 'nodes', 'administrativeDivision', 'administrativeDivisions', 'catalogItem', 'catalogItems', 'catalogRelease', 'catalogReleases', 'indicatorDefinition', 'indicatorDefinitions',
        'plugin', 'plugins', 'pluginByCode', 'riskMatrix', 'riskMatrices', 'roles', 'calendarYear', 'calendarYears', 'workingDay', 'workingDaysBetween',
        'code', 'codes', 'supervisionModes', 'supervisionTypes', 'inboxItems', 'inboxSummary',
      ],
    },
    {
      to: ['TWICE', 'REPORTING_CLIENT', 'PLATFORM_ADMIN', 'AUDITOR', 'SECTOR_MAINTAINER'],
      entrances: [
        'appointment', 'appointments', 'appointmentAggregate', 'person', 'persons', 'position', 'positions', 'unit', 'units', 'unitByCode', 'unitByUscc', 'unitRelation', 'unitRelations', 'villageSupervisor', 'villageSupervisors',
      ],
    },
    { to: ['TWICE', 'REPORTING_CLIENT'], entrances: ['riskPointAggregate', 'rectificationTaskAggregate', 'recommendationLetterAggregate', 'accountabilityAggregate'] },
    { to: ['TWICE', 'PLATFORM_ADMIN'], entrances: ['importKinds', 'job', 'jobs'] },
    { to: ['TWICE', 'REPORTING_CLIENT'], entrances: ['clueStatistics', 'caseStatistics', 'restitutionStatistics', 'repeatSubjectStatistics'] },
    { to: ['TWICE'], entrances: ['pledgeAggregate'] },
    { to: [], entrances: ['clueAggregate', 'restitutionAggregate', 'repeatSubjects', 'caseAggregate'] },
    { to: [], entrances: ['accountabilityDecision', 'accountabilityDecisions'] },
    { to: [], entrances: ['supervisionOverlaps', 'supervisionBodies'] },
    { to: ['TWICE', 'REPORTING_CLIENT'], entrances: ['supervisionActivityAggregate', 'supervisionFindingAggregate', 'collaborationAggregate', 'jointPublicationAggregate', 'responsibilityBalance'] },
    { to: ['TWICE', 'PLATFORM_ADMIN'], entrances: ['clueDeadlines'] },
    { to: ['IDENTITY_CUSTODIAN'], entrances: ['identityRelease', 'identityReleases'] },
    { to: [], entrances: ['case', 'cases', 'clue', 'clues', 'clueTransfer', 'clueTransfers', 'restitution', 'restitutions'] },
    {
      to: ['TWICE'],
      entrances: [
        'indicatorValues', 'accountabilityCycle', 'accountabilityCycles', 'catalogAdoption', 'catalogAdoptions', 'control', 'controls', 'dutyItem', 'dutyItems', 'evidence', 'evidenceItems',
        'indicatorFigure', 'indicatorFigures', 'operatingFlow', 'power', 'powers', 'responsibilityList', 'responsibilityLists', 'riskPoint', 'riskPoints',
        'supervisionActivity', 'supervisionActivities', 'supervisionFinding', 'supervisionFindings',
        'dutyItemAggregate', 'dutyReport', 'dutyReports', 'progressReview', 'progressReviews', 'governanceMeasure', 'governanceMeasures',
        'hearingSession', 'hearingSessions', 'hearingQuestion', 'hearingQuestions', 'pledge', 'pledges',
        'specialRectification', 'specialRectifications', 'specialRectificationUnit', 'specialRectificationUnits', 'specialRectificationAggregate',
        'collaborationRecord', 'collaborationRecords', 'consultationMeeting', 'consultationMeetings',
        'supervisionRule', 'supervisionRules', 'supervisionRuleItem', 'supervisionRuleItems', 'supervisionRulesInForce',
        'rectificationTask', 'rectificationTasks', 'rectificationExtension', 'rectificationExtensions', 'recommendationLetter', 'recommendationLetters', 'recommendationItem', 'recommendationItems',
        'healthProcurement.contract', 'healthProcurement.contracts', 'medicalInsurance.violationRecord', 'medicalInsurance.violationRecords',
      ],
    },
    { to: ['PLATFORM_ADMIN', 'AUDITOR'], entrances: ['roleGrant', 'roleGrants', 'serviceAccount', 'serviceAccounts', 'serviceAccountKey', 'serviceAccountKeys'] },
    { to: ['PLATFORM_ADMIN'], entrances: ['persistedOperation', 'persistedOperations', 'eventDeliveries'] },
    { to: ['AUDITOR'], entrances: ['auditRecord', 'auditRecords', 'auditSeals'] },
  ]

  test('each may enter where the table of roles says, and nowhere else', () => {
    const listed = OPEN.flatMap(o => o.entrances)
    expect(entrances(documents).map(e => e.path.join('.')).filter(e => !listed.includes(e)).map(e => `Say under OPEN in this file who may enter ${e}.`)).toEqual([])
    for (const [who, refused] of refusals) {
      expect([who, [...refused].sort()]).toEqual([who, OPEN.filter(o => !o.to.includes(who)).flatMap(o => o.entrances).sort()])
    }
  })
})

interface Planted { readonly name: string; readonly who: string; readonly ask: Ask; readonly there: Taken[] }
/** A mistake, and the steps of the walk that meet it. */
const MISTAKES: Readonly<Record<string, Mistake & { readonly about: RegExp }>> = {
  'a noun without its scope': { about: /^(indicatorFigures?|IndicatorFigure by id|nodes with its arguments)$/, modules: changed('IndicatorFigure', noun => ({ ...noun, scope: { by: 'public' }, filters: { ...noun.filters, unit: { type: 'ref', of: 'Unit', sql: 'unit_id' } } })) },
  'an edge that is trusted wrongly': { about: /^Person by id$/, modules: changed('Person', noun => ({ ...noun, edges: { ...noun.edges, appointments: { ...noun.edges['appointments']!, sameScope: 'a mistake' } } })) },
  'a hearing that shows everybody in it': { about: /^HearingSession by id$/, modules: changed('HearingSession', noun => ({ ...noun, edges: { ...noun.edges, respondents: { ...noun.edges['respondents']!, sameScope: 'a mistake' } } })) },
  'a rule that binds sideways': { about: /^(supervisionRules?|SupervisionRule by id)/, sql: text => text.replace(/starts_with\(\$\d+::text, [\w.]+\)/g, '(true OR $&)') },
  'an aggregate that counts everything': { about: /^riskPointAggregate/, sql: text => (text.includes('counted') ? text.replace(/u\.path >= \$\d+::text AND u\.path < left\(\$\d+::text, -1\) \|\| '0'/g, '(true OR $&)').replace(/starts_with\(([\w.]+), (\$\d+::text)\)/g, '(true OR $&)') : text) },
  'a plugin\'s noun without its scope': {
    about: /^(healthProcurement\.contracts?|HealthProcurementContract by id|nodes with its arguments)$/,
    modules: changed('HealthProcurementContract', noun => ({ ...noun, scope: { by: 'public' }, filters: { ...noun.filters, unit: { type: 'ref', of: 'Unit', sql: 'unit_id' } } })),
  },
}

const DOWNLOAD = 'a download that asks for no scope'

type AnyNoun = DomainModule['reads'][number]
function changed(type: string, change: (noun: AnyNoun) => AnyNoun): (modules: readonly DomainModule[]) => readonly DomainModule[] {
  return modules => modules.map(m => ({ ...m, reads: m.reads.map(noun => (noun.type === type ? change(noun) : noun)) }))
}

async function plantAll(): Promise<Planted[]> {
  const planted: Planted[] = []
  const who = `${OWN}-ONE`
  for (const [name, mistake] of Object.entries(MISTAKES)) {
    const { ask } = await w.mistaken(mistake)
    const steps: Step[] = asked.there.filter(t => mistake.about.test(t.about))
    planted.push({ name, who, ask, there: await takeAll(ask, who, steps) })
  }
  const { api } = await w.mistaken({ sql: text => text.replace('EXISTS (SELECT FROM unnest($2::text[]) s (path) WHERE starts_with(u.path, s.path))', '$2::text[] IS NOT NULL') })
  notices.set(DOWNLOAD, await download(api))
  return planted
}

describe('the walk can fail', () => {
  test.each([...Object.keys(MISTAKES), DOWNLOAD])('%s is noticed', name => {
    expect(notices.get(name)!.length).toBeGreaterThan(0)
  })
})
