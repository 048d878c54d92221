import { explainConstraints } from '../../database/constraints'

explainConstraints({
  power_unit_code_key: { code: 'CONFLICT', rule: 'unique', path: 'code', message: 'The unit already has a power with this code.' },
  power_position_position_fk: { code: 'BAD_INPUT', rule: 'INV-11', path: 'positionIds', message: 'A power is exercised by posts of its own unit.' },
  flow_step_position_fk: { code: 'BAD_INPUT', rule: 'INV-11', path: 'steps', message: 'A step is done by a post of the power\'s own unit.' },
  operating_flow_version_key: { code: 'CONFLICT', rule: 'unique', path: 'powerId', message: 'Another version of the flow was drafted at the same moment.' },
  operating_flow_effective_key: { code: 'CONFLICT', rule: 'INV-09', path: 'id', message: 'The power already has an effective flow.' },
  risk_point_flow_step_fk: { code: 'BAD_INPUT', rule: 'INV-11', path: 'flowStepId', message: 'A flow step must belong to the flow of the risk point\'s own power.' },
})
