import { explainConstraints } from '../database/constraints'

explainConstraints({
  catalog_release_version_key: { code: 'CONFLICT', rule: 'INV-36', path: 'version', message: 'This version is already published.' },
  catalog_adoption_item_key: { code: 'CONFLICT', rule: 'unique', path: 'unitId', message: 'The unit is adopting this catalog at this moment.' },
})
