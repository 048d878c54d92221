import type { DataSource } from 'typeorm'
import { openDatabase } from './src/foundation'
import { readConfig } from './src/config'
import { createDataSource } from './src/database/migrate'
import { coreEntities } from './src/modules'

/**
 * The TypeORM data source of the core, for TypeORM's own command line; the product migrates with the same one at its start.
 * With DATABASE_URL it is that database; without, the embedded one, which is started and ends with this process.
 */
async function fromConfig(): Promise<DataSource> {
  const { ownerUrl } = await openDatabase(readConfig(), {})
  return createDataSource(ownerUrl, [...coreEntities], 'advanced-console')
}

export const dataSource = fromConfig()
