import type { Database } from '../../database/database'
import type { DomainModule } from '../module'
import { commandPermissions } from '../permissions'
import { IMPORTERS } from '../import'
import { JobEntity, WorkbookEntity } from './job.entity'
import { JOB_READERS, jobEdges, jobReads } from './job.reads'
import { JobPayload, JobResolver } from './job.resolver'
import { JobService } from './job.service'
import { jobMachine } from './job.states'
import { ImportKindInfo, Job } from './job.types'

export { useImports } from './import-kinds'
export { jobFigures } from './job.repository'
export { JobRunner, type JobRunnerOptions } from './job.runner'
export { forgetFiles } from './workbook-file'
export { forgetWorkbooks, WorkbookService, type UploadedWorkbook } from './workbook.service'

export const jobModule: DomainModule = {
  name: 'job',
  entities: [JobEntity, WorkbookEntity],
  types: [Job, ImportKindInfo, JobPayload],
  resolvers: [JobResolver],
  create: (db: Database) => [new JobResolver(new JobService(db), db)],
  reads: [jobReads],
  edges: jobEdges,
  permissions: {
    Query: { importKinds: IMPORTERS },
    Mutation: commandPermissions(jobMachine),
    Subscription: { jobProgress: JOB_READERS },
  },
}
