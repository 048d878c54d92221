import { eventKind } from '../../core/events'

/** What happens to evidence. Never what it is. */
export const evidenceEvents = {
  attached: eventKind({ type: 'Evidence.attached', subject: 'Evidence', payload: { subjectType: 'text', subjectId: 'id', version: 'int' }, description: 'Evidence was attached to a thing（佐证材料已提交）.' }),
  withdrawn: eventKind({ type: 'Evidence.withdrawn', subject: 'Evidence', payload: { subjectType: 'text', subjectId: 'id' }, description: 'Evidence was withdrawn（佐证材料已撤回）.' }),
}
