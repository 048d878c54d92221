import { explainConstraints } from '../../database/constraints'

explainConstraints({
  hearing_session_no_key: { code: 'CONFLICT', rule: 'unique', path: 'no', message: 'The host has a session with this number.' },
  hearing_respondent_key: { code: 'BAD_INPUT', rule: 'unique', path: 'respondents', message: 'The same post is named twice for the same responsibility.' },
  hearing_respondent_votes_check: { code: 'BAD_INPUT', rule: 'votes', path: 'satisfied', message: 'Votes are counted from 0, and somebody has voted.' },
  pledge_task_fk: { code: 'PRECONDITION_FAILED', rule: 'INV-29', path: 'deadline', message: 'A pledge and its rectification task have the same deadline.' },
  pledge_task_key: { code: 'CONFLICT', rule: 'INV-29', path: 'id', message: 'A rectification task belongs to one pledge.' },
})
