import path from 'node:path'
import { CORE_VERSION } from '../foundation'
import { readConfig } from '../config'
import { backUp, type DataPlaces } from '../database/copy/backup'
import { bytesOf, type Manifest } from '../database/copy/manifest'
import { restore } from '../database/copy/restore'
import { reachableDirectory } from '../database/native'
import { StartError } from '../database/start-error'

/** `plumbline backup <folder>`: the stopped embedded data directory, with evidence files and keys. */
export async function backupCommand(folder: string): Promise<void> {
  const to = path.resolve(folder)
  const manifest = await backUp(places(), to, CORE_VERSION)
  console.log(`Backed up to ${to}: ${size(manifest)}. Keys and data of persons are in it: keep it as safe as the data.`)
}

/** `plumbline restore <folder>`: the other way, to where no data are yet. */
export async function restoreCommand(folder: string): Promise<void> {
  const where = places()
  const manifest = await restore(path.resolve(folder), where)
  console.log(`Restored to ${where.directory}: ${size(manifest)}, every file checked. The backup was made by Plumbline ${manifest.product} at ${manifest.createdAt}.`)
}

function places(): DataPlaces {
  const { database, dataDirectory, dataDirectoryIsDefault, evidence } = readConfig()
  if (database.url !== null) throw new StartError('DATABASE_URL is set: that database is backed up with PostgreSQL’s own tools (pg_dump, pg_basebackup), see OPERATIONS.md. This command is for the embedded one.')
  const reachable = dataDirectoryIsDefault ? reachableDirectory(dataDirectory) : dataDirectory
  if (reachable !== dataDirectory) throw new StartError(`The database lies in ${reachable}, keys and evidence in ${dataDirectory}, because PostgreSQL’s user cannot reach the latter. Copy both folders while Plumbline is stopped, or set PLUMBLINE_DATA_DIR to a folder that it can reach.`)
  return { directory: dataDirectory, evidence: evidence.directory }
}

const size = (manifest: Manifest): string => `${manifest.files.length} files, ${(bytesOf(manifest) / 1_000_000).toFixed(1)} MB, PostgreSQL ${manifest.postgres}`
