import { explainConstraints } from '../../database/constraints'

explainConstraints({
  approval_record_order_key: { code: 'CONFLICT', rule: 'unique', path: 'id', message: 'Somebody else decided on this at the same moment.' },
  approval_record_opinion_check: { code: 'BAD_INPUT', rule: 'required', path: 'opinion', message: 'A written opinion is needed.' },
})
