import DataLoader from 'dataloader'
import type { RequestContext } from '../../core/request'
import type { Database } from '../../database/database'
import { divisionIds } from './division.repository'
import type { AdministrativeDivision } from './division.types'

/** Divisions by code, batched within a request: rows hold codes, and which division a code means depends on the day. */
export class DivisionLoader {
  private readonly loaders = new WeakMap<RequestContext, DataLoader<string, string | null>>()

  constructor(private readonly db: Database) {}

  async load(ctx: RequestContext, code: string | null): Promise<AdministrativeDivision | null> {
    const id = code === null ? null : await this.of(ctx).load(code)
    return id === null ? null : (await ctx.read.one('AdministrativeDivision', id)) as AdministrativeDivision | null
  }

  private of(ctx: RequestContext): DataLoader<string, string | null> {
    let loader = this.loaders.get(ctx)
    if (!loader) this.loaders.set(ctx, (loader = new DataLoader(codes => divisionIds(this.db, codes))))
    return loader
  }
}
