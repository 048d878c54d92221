import { defineMachine } from '../core/states'

/** SM-16. A release that came with a plugin passes through all states at once when it passes all rules; nobody edits it afterwards. */
export const releaseMachine = defineMachine({
  name: 'CatalogRelease',
  initial: 'DRAFT',
  states: {
    DRAFT: 'Being written (草稿)',
    VALIDATED: 'Passed every rule (已校验)',
    PUBLISHED: 'The release in use: units adopt from it (已发布)',
    DEPRECATED: 'Replaced by another release; what was adopted from it stays explained (已停用)',
  },
  commands: {
    validateCatalogRelease: { from: ['DRAFT'], to: 'VALIDATED', roles: ['SECTOR_MAINTAINER'], description: 'Checks the content by every rule (校验).' },
    publishCatalogRelease: { from: ['VALIDATED', 'DEPRECATED'], to: 'PUBLISHED', roles: ['SECTOR_MAINTAINER'], guards: ['INV-36'], description: 'Puts the release in use; the one before is deprecated (发布).' },
    deprecateCatalogRelease: { from: ['PUBLISHED'], to: 'DEPRECATED', roles: ['SECTOR_MAINTAINER'], description: 'Another release is in use (停用).' },
  },
})

/** SM-16, how a copy stands to the item that it was copied from. */
export const DRIFTS = {
  IN_SYNC: { zh: '一致', en: 'In sync' },
  LOCALLY_EDITED: { zh: '本地已修改', en: 'Locally edited' },
  UPSTREAM_CHANGED: { zh: '目录已更新', en: 'Changed upstream' },
  CONFLICT: { zh: '冲突', en: 'Conflict', description: 'Edited here and changed upstream' },
  UPSTREAM_RETIRED: { zh: '目录已停用', en: 'Retired upstream' },
} as const
