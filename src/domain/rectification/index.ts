import { acceptEvidence } from '../evidence'
import type { DomainModule } from '../module'
import { commandPermissions } from '../permissions'
import { nameSource } from '../sources'
import { failedControls } from './failed-control.subscriber'
import { RectificationExtensionEntity, RectificationTaskEntity } from './rectification.entity'
import { extensionEvents, rectificationEvents } from './rectification.events'
import { rectificationEdges, rectificationExtensionReads, rectificationTaskReads } from './rectification.reads'
import { RectificationExtensionResolver, RectificationTaskResolver } from './rectification.resolver'
import { RectificationExtensionService } from './rectification-extension.service'
import { rectificationExtensionMachine, rectificationTaskMachine } from './rectification-task.states'
import { RectificationService } from './rectification.service'
import { RectificationExtension, RectificationTask } from './rectification.types'

export { RECTIFICATION_TASK, type NewTask } from './open-task'
export { sourceOfTask, type TaskSourceKind } from './rectification.repository'
export { RectificationExtensionService } from './rectification-extension.service'
export { RectificationService } from './rectification.service'
export { rectificationTaskMachine, type RectificationTaskState } from './rectification-task.states'
export { RectificationSource, RectificationTask, RectificationTaskStateEnum } from './rectification.types'
export { extensionEvents, rectificationEvents, RectificationTaskEntity }
export { useMostExtensions } from './settings'

nameSource({ kind: 'CONTROL_TEST', type: 'ControlTest', prefix: 'test', table: 'control_test' })

export const rectificationModule: DomainModule = {
  name: 'rectification',
  entities: [RectificationTaskEntity, RectificationExtensionEntity],
  types: [RectificationTask, RectificationExtension],
  resolvers: [RectificationTaskResolver, RectificationExtensionResolver],
  create: db => [new RectificationTaskResolver(db, new RectificationService(db)), new RectificationExtensionResolver(new RectificationExtensionService(db))],
  reads: [rectificationTaskReads, rectificationExtensionReads],
  edges: [
    ...rectificationEdges,
    ...acceptEvidence({ type: 'RectificationTask', zh: '整改任务', prefix: 'rect', table: 'rectification_task', roles: ['DUTY_OWNER', 'UNIT_EDITOR', 'SUPERVISOR', 'TOWNSHIP_COMMISSION'] }),
  ],
  events: [...Object.values(rectificationEvents), ...Object.values(extensionEvents)],
  subscribers: [failedControls],
  permissions: { Mutation: { ...commandPermissions(rectificationTaskMachine), ...commandPermissions(rectificationExtensionMachine) } },
}
