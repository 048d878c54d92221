import { explainConstraints } from '../../database/constraints'

explainConstraints({
  special_rectification_code_key: { code: 'CONFLICT', rule: 'unique', path: 'code', message: 'The body that pushes has a special rectification with this code.' },
  special_rectification_days_check: { code: 'BAD_INPUT', rule: 'order', path: 'validTo', message: 'It begins, then the units report, then it ends.' },
  special_rectification_unit_key: { code: 'BAD_INPUT', rule: 'unique', path: 'unitIds', message: 'The same unit is named twice.' },
  special_rectification_unit_counted_check: { code: 'BAD_INPUT', rule: 'count', path: 'problemsFixed', message: 'No more problems are put right than were found.' },
})
