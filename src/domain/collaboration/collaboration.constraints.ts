import { explainConstraints } from '../../database/constraints'

explainConstraints({
  consultation_participant_key: { code: 'CONFLICT', rule: 'unique', path: 'participantUnitIds', message: 'The body is called already.' },
})
