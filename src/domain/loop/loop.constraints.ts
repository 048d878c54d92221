import { explainConstraints } from '../../database/constraints'

explainConstraints({
  progress_review_quarter_key: { code: 'CONFLICT', rule: 'unique', path: 'quarter', message: 'The quarter was reviewed at the same moment; repeat.' },
  progress_move_item_key: { code: 'BAD_INPUT', rule: 'unique', path: 'moves', message: 'A duty is named twice.' },
  cycle_responsibility_key: { code: 'CONFLICT', rule: 'unique', path: 'responsibility', message: 'The same was recorded at the same moment; repeat.' },
})
