import { eventKind } from '../../core/events'

/** What happens to powers and their operating flows; those of a state by its name. */
export const powerEvents = {
  PROPOSED: eventKind({ type: 'Power.proposed', subject: 'Power', payload: {}, description: 'A power was changed and must be confirmed again（职权待确认）.' }),
  CONFIRMED: eventKind({ type: 'Power.confirmed', subject: 'Power', payload: {}, description: 'A power was confirmed（职权已确认）.' }),
  PUBLISHED: eventKind({ type: 'Power.published', subject: 'Power', payload: {}, description: 'A power was published, or is exercised again（职权已公布）.' }),
  SUSPENDED: eventKind({ type: 'Power.suspended', subject: 'Power', payload: {}, description: 'The exercise of a power was suspended（职权已暂停）.' }),
  ABOLISHED: eventKind({ type: 'Power.abolished', subject: 'Power', payload: {}, description: 'A power was ended（职权已取消）.' }),
  flowPublished: eventKind({ type: 'OperatingFlow.published', subject: 'OperatingFlow', payload: { powerId: 'id' }, description: 'An operating flow came into force（权力运行流程已公布）.' }),
}
