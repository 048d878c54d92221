import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'

/** The data stands beside the source; a build does not copy it. */
const BESIDE = join(__dirname, 'data')
const DATA = existsSync(BESIDE) ? BESIDE : join(__dirname, '..', '..', '..', 'src', 'demo', 'data')

export const dataFile = (name: string): string => join(DATA, name)

/** The rows of a data file by their column names. */
export const dataRows = <Column extends string>(name: string): Record<Column, string>[] =>
  parse(readFileSync(dataFile(name)), { columns: true }) as Record<Column, string>[]

export interface DemoIdentity {
  /** What people type to become this person: `wangcang-health-editor`. */
  readonly key: string
  readonly staffNo: string
  readonly labelZh: string
  readonly labelEn: string
}

/** Whom one can be in the demo city: one person for each thing there is to do. */
export const demoIdentities = (): DemoIdentity[] => dataRows<keyof DemoIdentity>('identities.csv')
