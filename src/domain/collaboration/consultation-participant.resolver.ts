import DataLoader from 'dataloader'
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { holds } from '../../core/actor'
import { rowIdOf } from '../../core/ids'
import type { RequestContext } from '../../core/request'
import type { Database } from '../../database/database'
import type { NodeInterface } from '../interfaces'
import { consultationParticipantReads, MEETING_READERS } from './collaboration.reads'
import { answerNotesOf, type AnswerNote } from './collaboration.repository'
import { ConsultationParticipant } from './collaboration.types'

@Resolver(() => ConsultationParticipant)
export class ConsultationParticipantResolver {
  private readonly notes = new WeakMap<RequestContext, DataLoader<string, AnswerNote | null>>()

  constructor(private readonly db: Database) {}

  @FieldResolver(() => String, { nullable: true, description: 'What it says to the call; for itself and the convening body, not for the others who are called（答复说明）.' })
  async answerNote(@Root() participant: NodeInterface, @Ctx() ctx: RequestContext): Promise<string | null> {
    const said = await this.notesOf(ctx).load(rowIdOf(consultationParticipantReads.prefix, participant.id)!)
    return said && said.paths.some(path => holds(ctx.actor, MEETING_READERS, path)) ? said.note : null
  }

  private notesOf(ctx: RequestContext): DataLoader<string, AnswerNote | null> {
    let loader = this.notes.get(ctx)
    if (!loader) this.notes.set(ctx, loader = new DataLoader(async ids => {
      const rows = new Map((await answerNotesOf(this.db, ids)).map(r => [r.id, r]))
      return ids.map(id => rows.get(id) ?? null)
    }, { cache: false }))
    return loader
  }
}
