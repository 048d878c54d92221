import { parse, type OperationDefinitionNode } from 'graphql'
import { operationFacts } from '../../../src/api/metrics/operation-facts'

const facts = operationFacts(['health', 'health-procurement', 'audit'])
const of = (text: string) => {
  const document = parse(text)
  return facts(document, document.definitions[0] as OperationDefinitionNode)
}

test('a plugin is touched by its root field, its field on a core type, its command and its type, through fragments too', () => {
  expect(of('{ healthProcurement { contracts { id } } }').plugins).toEqual(['health-procurement'])
  expect(of('{ unit(id: "x") { healthVisits { id } } }').plugins).toEqual(['health'])
  expect(of('mutation { importHealthProcurementContracts(unitId: "x") }').plugins).toEqual(['health-procurement'])
  expect(of('{ node(id: "x") { ... on HealthVisit { id } } }').plugins).toEqual(['health'])
  expect(of('{ a: __typename ...A } fragment A on Query { ...B } fragment B on Query { ...A audit { id } }').plugins).toEqual(['audit'])
  expect(of('query A { units { nodes { healthy auditor { id } } } } query B { audit { id } }').plugins).toEqual([])
})

test('commands are the root fields of a mutation, by the key of their answer', () => {
  expect(of('mutation M { a: ratePower b: ratePower ...F ... { c: endControl } __typename } fragment F on Mutation { endUnit }').commands).toEqual([
    { key: 'a', name: 'ratePower' }, { key: 'b', name: 'ratePower' }, { key: 'endUnit', name: 'endUnit' }, { key: 'c', name: 'endControl' },
  ])
  expect(of('query Q { units { totalCount } }')).toEqual({ name: 'Q', type: 'query', commands: [], plugins: [] })
})

test('they are worked out once', () => {
  const document = parse('query Q { __typename }')
  const operation = document.definitions[0] as OperationDefinitionNode
  expect(facts(document, operation)).toBe(facts(document, operation))
})
