import { explainConstraints } from '../../database/constraints'

explainConstraints({
  unit_code_key: { code: 'CONFLICT', rule: 'unique', path: 'code', message: 'There is already a unit with this code.' },
  unit_path_key: { code: 'CONFLICT', rule: 'unique', path: 'code', message: 'There is already a unit with this code.' },
  unit_uscc_key: { code: 'CONFLICT', rule: 'unique', path: 'uscc', message: 'There is already a unit with this unified social credit code.' },
  unit_relation_ends_check: { code: 'BAD_INPUT', rule: 'twoUnits', path: 'toUnitId', message: 'A unit has no relation with itself.' },
  unit_relation_validity_check: { code: 'BAD_INPUT', rule: 'dateOrder', path: 'validTo', message: 'validTo must be after validFrom.' },
  unit_relation_excl: { code: 'CONFLICT', rule: 'unique', path: 'toUnitId', message: 'The two units already have a relation of this kind in these days.' },
})
