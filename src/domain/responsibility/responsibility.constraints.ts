import { explainConstraints } from '../../database/constraints'

const locked = { code: 'PRECONDITION_FAILED', rule: 'locked', path: 'id', message: 'A published list is locked; draw up a new version with reviseResponsibilityList.' } as const

explainConstraints({
  responsibility_list_open_key: { code: 'CONFLICT', rule: 'one-open-version', path: 'kind', message: 'A version of this list is already in the making.' },
  responsibility_list_version_key: { code: 'CONFLICT', rule: 'unique', path: 'version', message: 'Another version of this list was drafted at the same moment.' },
  responsibility_list_published_key: { code: 'CONFLICT', rule: 'INV-07', path: 'id', message: 'Another version of this list was published at the same moment.' },
  responsibility_list_owner_check: { code: 'BAD_INPUT', rule: 'INV-06', path: 'ownerUnitId', message: 'Only a supervision list is owned by another body than the unit.' },
  responsibility_list_year_check: { code: 'BAD_INPUT', rule: 'range', path: 'year', message: 'The year must lie between 2000 and 2100.' },
  responsibility_list_locked: locked,
  duty_item_locked: locked,
  list_power_locked: locked,
  focus_locked: locked,
  duty_item_code_key: { code: 'CONFLICT', rule: 'unique', path: 'code', message: 'The list already has an item with this code.' },
  duty_item_seq_key: { code: 'CONFLICT', rule: 'unique', path: 'seq', message: 'Another item was added at the same moment.' },
  duty_item_list_kind_check: { code: 'BAD_INPUT', rule: 'INV-06', path: 'responsibility', message: 'The kind of the list does not allow this responsibility.' },
  list_power_kind_check: { code: 'BAD_INPUT', rule: 'INV-06', path: 'powerIds', message: 'Only a power-risk-control list shows powers.' },
  list_power_power_fk: { code: 'BAD_INPUT', rule: 'INV-06', path: 'powerIds', message: 'A list shows powers of its own unit.' },
  focus_power_power_fk: { code: 'BAD_INPUT', rule: 'INV-16', path: 'targetPowerIds', message: 'A focus looks at powers of the supervised unit.' },
  focus_risk_point_risk_point_fk: { code: 'BAD_INPUT', rule: 'INV-16', path: 'targetRiskPointIds', message: 'A focus looks at risk points of the supervised unit.' },
  duty_item_responsible_appointment_fk: { code: 'BAD_INPUT', rule: 'INV-08', path: 'responsibleAppointmentId', message: 'There is no such appointment.' },
  accountability_cycle_unit_year_key: { code: 'CONFLICT', rule: 'unique', path: 'year', message: 'The unit-year was begun at the same moment; repeat.' },
})
