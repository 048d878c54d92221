import { explainConstraints } from '../../database/constraints'

explainConstraints({
  recommendation_letter_no_key: { code: 'CONFLICT', rule: 'unique', path: 'id', message: 'Another letter got this number at the same moment.' },
  recommendation_letter_parties_check: { code: 'BAD_INPUT', rule: 'twoUnits', path: 'addresseeUnitId', message: 'Nobody recommends anything to themselves.' },
  recommendation_item_risk_point_fk: { code: 'BAD_INPUT', rule: 'addressee', path: 'targetRiskPointId', message: 'The risk point must be one of the addressee.' },
  recommendation_item_responsible_fk: { code: 'BAD_INPUT', rule: 'responsible', path: 'responsibleAppointmentId', message: 'The responsible person must hold a post of the addressee.' },
  recommendation_item_task_check: { code: 'BAD_INPUT', rule: 'responsibleAndDate', path: 'dueOn', message: 'A responsible person and a date go together.' },
  recommendation_item_seq_key: { code: 'CONFLICT', rule: 'unique', path: 'letterId', message: 'Another recommendation was added at the same moment.' },
})
