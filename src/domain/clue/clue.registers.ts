import type { RealmRows } from '../../core/reads'
import type { Side } from '../../core/states'
import type { Register } from '../../database/locate'

const about = (key: string) => ({ key, near: 'clue_id', persons: 'clue_subject_person', units: 'clue_subject_unit' }) as const

/** INV-31: what the people whom a clue is about never see, on any way, whatever they open. */
export const CLUE_ROWS: RealmRows = { readers: 'readers', readBy: 'clue_read_by', notAbout: about('id') }
export const OF_CLUE_ROWS: RealmRows = { readers: 'readers', notAbout: about('clue_id') }
/** The receiver of a transfer sees it beside the sender. */
export const RECEIVER: readonly Side[] = [{ column: 'to_unit_id' }]
export const IDENTITY_RELEASE_ROWS: RealmRows = { readers: 'readers' }

export const CLUE = { table: 'clue', prefix: 'clue', realm: 'CLUES', realmRows: CLUE_ROWS } as const satisfies Register
export const TRANSFER = { table: 'clue_transfer', prefix: 'cltr', realm: 'CLUES', realmRows: OF_CLUE_ROWS, alsoAt: RECEIVER } as const satisfies Register
export const VERIFICATION = { table: 'verification', prefix: 'ver', realm: 'CLUES', realmRows: OF_CLUE_ROWS } as const satisfies Register
export const RESTITUTION = { table: 'restitution', prefix: 'rest', realm: 'CLUES', realmRows: OF_CLUE_ROWS } as const satisfies Register
export const IDENTITY_RELEASE = { table: 'identity_release', prefix: 'idr', realm: 'IDENTITY', realmRows: IDENTITY_RELEASE_ROWS } as const satisfies Register
