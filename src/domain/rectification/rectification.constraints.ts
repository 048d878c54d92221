import { explainConstraints } from '../../database/constraints'

explainConstraints({
  rectification_task_pledge_key: { code: 'CONFLICT', rule: 'INV-29', path: 'sourceId', message: 'A pledge has exactly one rectification task.' },
  rectification_task_recurrence_key: { code: 'CONFLICT', rule: 'unique', path: 'id', message: 'The recurrence of this problem was reported at the same moment.' },
  rectification_task_responsible_fk: { code: 'BAD_INPUT', rule: 'responsible', path: 'responsibleAppointmentId', message: 'The responsible person must hold a post of the unit that has to mend.' },
  rectification_extension_open_key: { code: 'CONFLICT', rule: 'oneRequest', path: 'taskId', message: 'A request for more time is still open.' },
  rectification_extension_later_check: { code: 'BAD_INPUT', rule: 'later', path: 'dueOn', message: 'The date must be later than the present one.' },
})
