import { eventKind } from '../../core/events'

/** What happens to positions. */
export const positionEvents = {
  created: eventKind({ type: 'Position.created', subject: 'Position', payload: {}, description: 'A position was made（岗位已设立）.' }),
}
