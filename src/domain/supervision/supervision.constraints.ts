import { explainConstraints } from '../../database/constraints'

explainConstraints({
  supervision_activity_partner_key: { code: 'CONFLICT', rule: 'unique', path: 'partnerUnitIds', message: 'The body is a partner already.' },
  supervision_overlap_key: { code: 'CONFLICT', rule: 'unique', path: 'otherActivityId', message: 'Somebody answered this overlap at the same moment.' },
  supervision_finding_outcome_key: { code: 'CONFLICT', rule: 'unique', path: 'targetId', message: 'Somebody linked this at the same moment.' },
  supervision_finding_verified_check: { code: 'BAD_INPUT', rule: 'INV-42', path: 'verification', message: 'What a record or an indicator points out becomes a finding by a person’s decision alone.' },
})
