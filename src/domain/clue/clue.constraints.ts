import { explainConstraints } from '../../database/constraints'

explainConstraints({
  clue_number_key: { code: 'CONFLICT', rule: 'unique', path: 'id', message: 'Another clue was registered at the same moment.' },
  clue_transfer_open_key: { code: 'CONFLICT', rule: 'unique', path: 'id', message: 'The clue is on its way already.' },
  verification_current_key: { code: 'CONFLICT', rule: 'unique', path: 'clueId', message: 'The clue has a verification that is not ended.' },
  verification_member_akin_check: { code: 'BAD_INPUT', rule: 'INV-32', path: 'team', message: 'Whoever is akin to somebody whom the clue is about is not on the team.' },
  clue_deadline_step_key: { code: 'CONFLICT', rule: 'unique', path: 'step', message: 'This time limit was set at the same moment.' },
})
