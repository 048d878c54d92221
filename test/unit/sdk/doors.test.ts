import * as content from '../../../src/sdk'
import * as data from '../../../src/sdk/data'
import * as graphql from '../../../src/sdk/graphql'

/** What a plugin author can reach by name. A name more or less is a promise more or less: change this list knowingly. */
test('the names of the three doors', () => {
  expect(Object.keys(content).sort()).toEqual(['definePlugin', 'z'])
  expect(Object.keys(graphql).sort()).toEqual([
    'Arg', 'Auditable', 'CommandInput', 'Ctx', 'DateTime', 'Decimal', 'EditInput', 'Field', 'FieldResolver', 'ID', 'InputType', 'Int', 'Json', 'LegalBasis', 'LocalDate', 'Mutation',
    'NodeInterface', 'ObjectType', 'Period', 'Query', 'Resolver', 'Root', 'Stateful', 'Unit', 'check', 'codeList', 'labelledEnum',
  ])
  expect(Object.keys(data).sort()).toEqual([
    'AppError', 'AuditableEntity', 'Check', 'Column', 'Entity', 'ForeignKey', 'Index', 'PrimaryColumn', 'REGISTER_READERS', 'Unique', 'WorkCalendar', 'auditable', 'badInput', 'bool', 'cell', 'coreEvents', 'date', 'ddl', 'decimal',
    'definePluginCode', 'enumeration', 'eventHandler', 'eventKind', 'holds', 'instant', 'int', 'json', 'measure', 'migration', 'noun', 'readSheet', 'tableOf', 'text', 'usccFault', 'usccSentence', 'where',
  ])
})
