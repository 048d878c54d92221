import { explainConstraints } from '../../database/constraints'

explainConstraints({
  calendar_year_year_key: { code: 'CONFLICT', rule: 'unique', path: 'year', message: 'Somebody else has just set this year. Read it and correct it.' },
})
