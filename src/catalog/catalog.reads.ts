import { REGISTER_READERS } from '../auth/roles'
import { auditable, bool, enumeration, instant, int, noun, text, type NounEdge } from '../core/reads'
import { legalBasisColumn } from '../domain/legal-basis'

export const catalogReleaseReads = noun({
  type: 'CatalogRelease', prefix: 'crel', table: 'catalog_release', scope: { by: 'public' }, permission: 'authenticated',
  columns: {
    id: { kind: 'id' }, pluginCode: text(), version: text(), contentHash: text(), titleZh: text(), titleEn: text(), maintainer: text({ nullable: true }),
    changeLog: { kind: 'textArray' }, state: enumeration('CatalogReleaseState'), publishedAt: instant({ nullable: true }), itemsCount: int(),
    audiences: { kind: 'objects', of: 'CatalogAudience', fields: { code: 'text', nameZh: 'text', nameEn: 'text' } },
    variables: { kind: 'objects', of: 'CatalogVariable', fields: { code: 'text', nameZh: 'text', nameEn: 'text', unit: 'text', source: 'text', descriptionZh: 'text' } },
    codeLists: { kind: 'json' }, ...auditable,
  },
  edges: {
    items: { card: 'connection', to: 'CatalogItem', by: 'release_id', description: 'Its items（目录条目）.' },
  },
  filters: { pluginCode: { type: 'text' }, version: { type: 'text' }, state: { type: 'enum', enum: 'CatalogReleaseState' } },
  orders: { pluginCode: { type: 'text' }, createdAt: { type: 'instant' } },
  root: { one: 'catalogRelease', many: 'catalogReleases', oneDescription: 'One release of a catalog（目录版本）.', manyDescription: 'Releases of catalogs; filter by state PUBLISHED for those in use（目录版本列表）.' },
})

export const catalogItemReads = noun({
  type: 'CatalogItem', prefix: 'citem', table: 'catalog_item', scope: { by: 'public' }, permission: 'authenticated',
  columns: {
    id: { kind: 'id' }, code: text(), kind: enumeration('CatalogItemKind'), pluginCode: text(), version: text(), seq: int(), parentCode: text({ nullable: true }),
    titleZh: text(), titleEn: text({ nullable: true }), audienceCodes: { kind: 'textArray' }, payload: { kind: 'json' }, contentHash: text(),
    legalBasis: legalBasisColumn, sourceNote: text({ nullable: true }), isSynthetic: bool(), retiredIn: text({ nullable: true }), supersededByCode: text({ nullable: true }),
  },
  edges: { release: { card: 'one', to: 'CatalogRelease', key: 'release_id', description: 'The release that it stands in（目录版本）.' } },
  filters: {
    code: { type: 'text' }, kind: { type: 'enum', enum: 'CatalogItemKind' }, pluginCode: { type: 'text' }, version: { type: 'text' }, parentCode: { type: 'text', nullable: true },
    titleZh: { type: 'text' }, audienceCodes: { type: 'text', array: true }, isSynthetic: { type: 'boolean' }, retiredIn: { type: 'text', nullable: true },
    release: { type: 'ref', of: 'CatalogRelease', sql: 'release_id' },
  },
  orders: { code: { type: 'text' }, seq: { type: 'int' } },
  defaultOrder: [{ field: 'seq', direction: 'ASC' }],
  root: { one: 'catalogItem', many: 'catalogItems', oneDescription: 'One item of a release（目录条目）.', manyDescription: 'Items of all releases; filter by release or version（目录条目列表）.' },
})

export const catalogAdoptionReads = noun({
  type: 'CatalogAdoption', prefix: 'adopt', table: 'catalog_adoption', scope: { by: 'unit', column: 'unit_id' }, permission: REGISTER_READERS,
  columns: {
    id: { kind: 'id' }, itemCode: text(), kind: enumeration('CatalogItemKind'), pluginCode: text(), adoptedVersion: text(), baseHash: text(), year: int(),
    localType: text(), drift: enumeration('CatalogDrift'), decision: enumeration('CatalogDecision', { nullable: true }), ...auditable,
  },
  edges: {
    unit: { card: 'one', to: 'Unit', key: 'unit_id', description: 'The unit（单位）.', sameScope: 'the unit decides the scope of its own adoption' },
    release: { card: 'one', to: 'CatalogRelease', key: 'release_id', description: 'The release that it was copied from（目录版本）.' },
  },
  filters: {
    itemCode: { type: 'text' }, kind: { type: 'enum', enum: 'CatalogItemKind' }, pluginCode: { type: 'text' }, adoptedVersion: { type: 'text' }, year: { type: 'int' },
    drift: { type: 'enum', enum: 'CatalogDrift' }, unit: { type: 'ref', of: 'Unit', sql: 'unit_id', within: true },
  },
  orders: { itemCode: { type: 'text' }, year: { type: 'int' } },
  root: { one: 'catalogAdoption', many: 'catalogAdoptions', oneDescription: 'One adoption（目录采用记录）.', manyDescription: 'Which units adopted what（目录采用记录列表）.' },
})

export const catalogEdges: NounEdge[] = [
  { on: 'Unit', field: 'catalogAdoptions', edge: { card: 'connection', to: 'CatalogAdoption', by: 'unit_id', description: 'The catalog items that it adopted（目录采用记录）.', sameScope: 'an adoption is in the scope of its unit' } },
]
