import type { Database } from '../../database/database'
import type { DomainModule } from '../module'
import { commandPermissions } from '../permissions'
import './clue.constraints'
import { ClueDeadlineService } from './clue-deadline.service'
import { ClueDeadlineEntity, ClueEntity, ClueEntryEntity, CluePartyEntity, ClueReceiptEntity, ClueSubjectPersonEntity, ClueSubjectUnitEntity, ClueTransferEntity } from './clue.entity'
import { clueEvents } from './clue.events'
import { ClueHandlingService } from './clue-handling.service'
import { ClueIntakeService } from './clue-intake.service'
import { CluePartsResolver } from './clue-parts.resolver'
import { CLUE_READERS, clueDeadlineReads, clueEntryReads, clueReads, clueTransferReads, identityReleaseReads, restitutionReads, verificationReads } from './clue.reads'
import { ClueResolver } from './clue.resolver'
import { ClueRevealResolver } from './clue-reveal.resolver'
import { clueMachine } from './clue.states'
import { ClueTransferService } from './clue-transfer.service'
import { clueTransferMachine } from './clue-transfer.states'
import { Clue, ClueDeadline, ClueEntry, ClueReceipt, ClueTransfer, IdentityRelease, Restitution, Verification } from './clue.types'
import { ClueWork } from './clue.work'
import { clueLedger } from './ledger.subscriber'
import { IdentityReleaseService } from './identity-release.service'
import { identityReleaseMachine } from './identity-release.states'
import { ReceiptService } from './receipt.service'
import { RestitutionService } from './restitution.service'
import { restitutionMachine } from './restitution.states'
import { RevealService } from './reveal.service'
import { IdentityReleaseEntity, ReporterIdentityEntity, RestitutionEntity, VerificationEntity, VerificationMemberEntity } from './verification.entity'
import { VerificationService } from './verification.service'
import { verificationMachine } from './verification.states'

export { clueEvents, ClueEntity }
export { BODIES, subjectsOf } from './clue.repository'
export { caseEnded } from './clue-handling.service'
export { Clue } from './clue.types'
export { ClueChannel, ClueDisposition, ClueNature, ClueOutcome, ClueStateEnum, Measure, RestitutionKind, RestitutionStateEnum } from './clue.words'
export type { ClueState } from './clue.states'
export type { RestitutionState } from './restitution.states'
export { clueMachine, restitutionMachine, ClueHandlingService, ClueIntakeService, ClueTransferService, ClueWork, RestitutionService, VerificationService }

// Filing makes a case: the mutation is that of the noun above.
const { fileCase: _, ...ofClue } = commandPermissions(clueMachine)

export const clueModule: DomainModule = {
  name: 'clue',
  entities: [
    ClueDeadlineEntity, ClueEntity, CluePartyEntity, ClueSubjectUnitEntity, ClueSubjectPersonEntity, ClueEntryEntity, ClueReceiptEntity, ClueTransferEntity,
    VerificationEntity, VerificationMemberEntity, RestitutionEntity, ReporterIdentityEntity, IdentityReleaseEntity,
  ],
  types: [Clue, ClueEntry, ClueTransfer, Verification, Restitution, IdentityRelease, ClueDeadline, ClueReceipt],
  resolvers: [ClueResolver, CluePartsResolver, ClueRevealResolver],
  create: (db: Database) => {
    const work = new ClueWork(db)
    const transfers = new ClueTransferService(work)
    return [
      new ClueResolver(new ClueIntakeService(work), new ClueHandlingService(work), transfers),
      new CluePartsResolver(transfers, new VerificationService(work), new RestitutionService(work)),
      new ClueRevealResolver(new RevealService(db), new IdentityReleaseService(db), new ReceiptService(work), new ClueDeadlineService(db)),
    ]
  },
  reads: [clueReads, clueEntryReads, clueTransferReads, verificationReads, restitutionReads, identityReleaseReads, clueDeadlineReads],
  edges: [],
  permissions: {
    Query: { clueReceipt: 'public' },
    Mutation: {
      ...ofClue, ...commandPermissions(clueTransferMachine), ...commandPermissions(verificationMachine), ...commandPermissions(restitutionMachine), ...commandPermissions(identityReleaseMachine),
      revealClue: CLUE_READERS, revealClueTransfer: CLUE_READERS, addByClueReceipt: 'public', setClueDeadline: ['PLATFORM_ADMIN'],
    },
  },
  events: Object.values(clueEvents),
  subscribers: [clueLedger],
}
