import { AppError, notFound } from '../../core/errors'
import { prefixOf, rowIdOf } from '../../core/ids'
import { permits } from '../../core/permission'
import type { Noun } from '../../core/reads'
import type { RequestContext } from '../../core/request'
import type { ReadModel } from '../../database/sql'
import type { ChangedRows } from './changed-rows'
import { Occurrences } from './watching'

/** Objects that one subscription may watch. */
const NODES_MAX = 100

interface Watched { readonly id: string; readonly rowId: string; readonly noun: Noun }

/**
 * Watches objects for a viewer who sees all of them now. One that they see no longer is told of no more; when none is left, the subscription
 * ends. What lies in a closed realm, or is logged when it is read, cannot be watched: every look would be a reading.
 */
export class NodeChanges {
  constructor(private readonly model: ReadModel, private readonly rows: ChangedRows) {}

  async watch(ids: readonly string[], context: RequestContext): Promise<Occurrences> {
    if (!ids.length || ids.length > NODES_MAX) throw new AppError('BAD_INPUT', `One to ${NODES_MAX} objects are watched at once.`, { violations: [{ path: 'ids', rule: 'size', message: `One to ${NODES_MAX} objects are watched at once.` }] })
    const watched = new Map(await Promise.all(ids.map(async (id, i): Promise<[string, Watched]> => {
      const found = this.find(id, context)
      if (!found || !await context.read.one(found.noun.type, found.rowId)) throw notFound(`ids.${i}`)
      return [found.rowId, found]
    })))
    let stop = (): void => undefined
    const occurrences = new Occurrences(() => stop())
    stop = await this.rows.watch({
      ids: new Set(watched.keys()), viewer: context.actor.ref,
      changed: rowId => occurrences.push(rowId, { shownTo: later => this.shown(watched, rowId, later) }),
      rightsChanged: () => occurrences.push('', { shownTo: later => this.lookAgain(watched, later) }),
    })
    return occurrences
  }

  private find(id: string, { actor }: RequestContext): Watched | null {
    const noun = this.model.ofPrefix(prefixOf(id) ?? '')?.noun
    const rowId = noun && rowIdOf(noun.prefix, id)
    return noun && rowId && !noun.realm && !noun.logged && permits(noun.permission, actor) ? { id, rowId, noun } : null
  }

  /** Nothing was changed, but perhaps what may be seen. */
  private async lookAgain(watched: Map<string, Watched>, context: RequestContext): Promise<null> {
    for (const rowId of [...watched.keys()]) await this.shown(watched, rowId, context)
    return null
  }

  private async shown(watched: Map<string, Watched>, rowId: string, context: RequestContext): Promise<object | null> {
    const of = watched.get(rowId)
    if (!of) return null
    const node = permits(of.noun.permission, context.actor) ? await context.read.one(of.noun.type, rowId) : null
    if (node) return { id: of.id, node }
    watched.delete(rowId)
    if (!watched.size) throw notFound('ids')
    return null
  }
}
