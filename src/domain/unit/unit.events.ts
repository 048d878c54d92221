import { eventKind } from '../../core/events'

/** What happens to units and the relations between them. */
export const unitEvents = {
  registered: eventKind({ type: 'Unit.registered', subject: 'Unit', payload: {}, description: 'A unit was registered（单位已登记）.' }),
  moved: eventKind({ type: 'Unit.moved', subject: 'Unit', payload: { from: 'text', to: 'text' }, description: 'A unit with everything below it stands under another parent; paths before and after（单位已调整隶属）.' }),
  MERGED: eventKind({ type: 'Unit.merged', subject: 'Unit', payload: { successorId: 'id?' }, description: 'A unit went into its successor（单位已合并）.' }),
  DISSOLVED: eventKind({ type: 'Unit.dissolved', subject: 'Unit', payload: { successorId: 'id?' }, description: 'A unit was ended（单位已撤销）.' }),
  relationMade: eventKind({ type: 'UnitRelation.made', subject: 'UnitRelation', payload: { kind: 'text' }, description: 'Two units were related; the event’s unit is the one that is related to（组织关系已建立）.' }),
  relationEnded: eventKind({ type: 'UnitRelation.ended', subject: 'UnitRelation', payload: { kind: 'text', validTo: 'date' }, description: 'A relation between units ends（组织关系已终止）.' }),
}
