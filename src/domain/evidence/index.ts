import { REALM_ROLES } from '../../auth/roles'
import type { Database } from '../../database/database'
import type { DomainModule } from '../module'
import { EvidenceEntity } from './evidence.entity'
import { evidenceEvents } from './evidence.events'
import { evidenceReads } from './evidence.reads'
import { EvidenceResolver } from './evidence.resolver'
import { EvidenceService } from './evidence.service'
import { acceptEvidence, attachingRoles } from './evidence.subjects'
import { Evidence } from './evidence.types'
import { WITHDRAWERS } from './evidence.rules'

export { evidenceEvents }
export { DiskEvidenceStore, emptyFile, tooLarge } from './disk-store'
export { EvidenceEntity }
export { EvidenceFileService, requireSignedIn, type AttachedFile, type OpenedFile, type UploadedFile } from './evidence-file.service'
export type { Admission, EvidenceStore, ReadableBytes, StoredContent } from './evidence-store'
export { evidenceLimits, type EvidenceLimits } from './evidence.limits'
export type { EvidenceDetails } from './evidence.rules'
export { safeFileName } from './file-name'
export { mediaTypeOf } from './media-type'
export { EvidenceService } from './evidence.service'
export { EvidenceSweeper, type Swept } from './evidence.sweeper'
export { sealOldEvidence, type OldSealed } from './seal-old'
export { acceptEvidence, type EvidenceSubject } from './evidence.subjects'
export { downloadPath, Evidence, Sensitivity } from './evidence.types'

/** The nouns of the core that evidence is attached to; a later module lets its own have some with `acceptEvidence`. */
const edges = [
  ...acceptEvidence({ type: 'Power', zh: '职权', prefix: 'pw', table: 'power', roles: ['UNIT_EDITOR'] }),
  ...acceptEvidence({ type: 'RiskPoint', zh: '风险点', prefix: 'rp', table: 'risk_point', roles: ['UNIT_EDITOR', 'SUPERVISOR'] }),
  ...acceptEvidence({ type: 'Control', zh: '防控措施', prefix: 'ctl', table: 'control', roles: ['UNIT_EDITOR', 'SUPERVISOR'] }),
  ...acceptEvidence({ type: 'ControlTest', zh: '防控措施测试', prefix: 'test', table: 'control_test', roles: ['SUPERVISOR'], appendOnly: true }),
  ...acceptEvidence({ type: 'DutyItem', zh: '责任事项', prefix: 'duty', table: 'duty_item', roles: ['UNIT_EDITOR', 'SUPERVISOR'], owner: { at: 'owner_unit_id', roles: ['DUTY_OWNER'] } }),
]

export const evidenceModule: DomainModule = {
  name: 'evidence',
  entities: [EvidenceEntity],
  types: [Evidence],
  resolvers: [EvidenceResolver],
  create: (db: Database) => [new EvidenceResolver(new EvidenceService(db))],
  reads: [evidenceReads],
  edges,
  // Asked when the schema is put together: by then every module has said who attaches evidence to its nouns.
  get permissions(): DomainModule['permissions'] {
    const revealEvidence = [...new Set([...attachingRoles(), ...REALM_ROLES.EVIDENCE])]
    return { Mutation: { attachEvidenceLink: attachingRoles(), withdrawEvidence: [...new Set([...attachingRoles(), ...WITHDRAWERS])], revealEvidence } }
  },
}
