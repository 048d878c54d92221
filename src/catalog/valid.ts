import type { CatalogAudience, CatalogFile, CatalogVariable, ItemKind } from '../sdk/catalog-shape'

export interface LegalBasis { title: string; article?: string; documentNo?: string }

/** An item as a release holds it: flat, with permanent codes wherever it names another. */
export interface CatalogItem {
  kind: ItemKind
  code: string
  /** The power of a flow or risk, the risk of a control. */
  parentCode: string | null
  titleZh: string
  titleEn: string | null
  /** Slugs of the audiences that adopt it; empty: all. */
  audiences: string[]
  payload: Record<string, unknown>
  legalBasis: LegalBasis[]
  sourceNote: string | null
  isSynthetic: boolean
  supersedesCode: string | null
  contentHash: string
}

export interface Retirement { code: string; kind: ItemKind; reasonZh: string; reasonEn: string }

declare const checked: unique symbol
/** A catalog that passed every rule. Only `readCatalog` makes one, so that nothing unchecked can be published. */
export interface ValidCatalog {
  readonly [checked]: true
  readonly plugin: string
  readonly version: string
  readonly titleZh: string
  readonly titleEn: string
  readonly maintainer: string | null
  readonly changeLog: readonly string[]
  readonly audiences: readonly CatalogAudience[]
  readonly variables: readonly CatalogVariable[]
  readonly codeLists: NonNullable<CatalogFile['codeLists']>
  readonly items: readonly CatalogItem[]
  readonly retired: readonly Retirement[]
  /** Of everything above except version and change log: equal content, equal hash. */
  readonly contentHash: string
}
