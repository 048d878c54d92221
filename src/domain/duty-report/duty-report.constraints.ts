import { explainConstraints } from '../../database/constraints'

explainConstraints({
  duty_report_open_key: { code: 'CONFLICT', rule: 'one-open-report', path: 'responsibility', message: 'A report of this post for this responsibility is there and not yet given; edit it.' },
  duty_report_version_key: { code: 'CONFLICT', rule: 'unique', path: 'responsibility', message: 'Another version of this report was filed at the same moment.' },
  duty_report_locked: { code: 'PRECONDITION_FAILED', rule: 'locked', path: 'id', message: 'The report was given already; file a new version.' },
  duty_report_year_check: { code: 'BAD_INPUT', rule: 'range', path: 'year', message: 'The year must lie between 2000 and 2100.' },
})
