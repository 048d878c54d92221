import { explainConstraints } from '../../database/constraints'

explainConstraints({
  risk_point_code_key: { code: 'CONFLICT', rule: 'unique', path: 'code', message: 'The power already has a risk point with this code.' },
  risk_point_owner_position_fk: { code: 'BAD_INPUT', rule: 'INV-11', path: 'ownerPositionId', message: 'The owner must be a post of the risk point\'s own unit.' },
  risk_point_flow_step_fk: { code: 'BAD_INPUT', rule: 'INV-11', path: 'flowStepId', message: 'A flow step must belong to the flow of the risk point\'s own power.' },
  control_unit_code_key: { code: 'CONFLICT', rule: 'unique', path: 'code', message: 'The unit already has a control with this code.' },
  control_owner_position_fk: { code: 'BAD_INPUT', rule: 'INV-13', path: 'ownerPositionId', message: 'The owner must be a post of the control\'s own unit.' },
  control_risk_point_risk_point_fk: { code: 'BAD_INPUT', rule: 'INV-13', path: 'riskPointIds', message: 'A control serves risk points of its own unit.' },
  risk_matrix_version_key: { code: 'CONFLICT', rule: 'unique', path: 'version', message: 'Another matrix was published at the same moment.' },
  risk_matrix_in_force_key: { code: 'CONFLICT', rule: 'unique', path: 'version', message: 'Another matrix was published at the same moment.' },
})
