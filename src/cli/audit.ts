import { SingleBar } from 'cli-progress'
import { DateTime } from 'luxon'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Foundation } from '../foundation'
import { StartError } from '../database/start-error'
import { EXPORT_FORMATS, exportAuditLog, loadAuditKey, readCheckpoint, readPublicKey, sealAuditLog, signCheckpoint, verifyAuditLog, type AuditKey, type Checkpoint, type ExportFormat, type Verdict } from '../domain/audit'
import { commandLine, withFoundation } from './session'

/** `plumbline audit seal`. */
export async function sealCommand(): Promise<void> {
  await withFoundation(async ({ db, config }) => {
    const sealed = await sealAuditLog(db, config.audit.hash)
    console.log(sealed === null ? 'Another instance is sealing at this moment.' : `${records(sealed)} sealed.`)
  })
}

/** `plumbline audit verify [--checkpoint file] [--public-key file]`: ends with 0 when the log is untouched, with 1 when it is not. */
export async function verifyCommand(o: { checkpoint?: string; publicKey?: string }): Promise<void> {
  await withFoundation(async foundation => {
    const checkpoint = o.checkpoint === undefined ? null : await checkpointOf(foundation, o.checkpoint, o.publicKey)
    const bar = new SingleBar({ format: '  [{bar}] {percentage} %  {value} records', hideCursor: true, clearOnComplete: true })
    bar.start(0, 0)
    let verdict: Verdict
    try {
      verdict = await verifyAuditLog(foundation.db, { checkpoint, onProgress: (done, total) => { bar.setTotal(total); bar.update(done) } })
    } finally {
      bar.stop()
    }
    console.log(told(verdict, checkpoint))
    if (verdict.brokenCount) process.exitCode = 1
  })
}

function told({ sealed, seals, unsealed, broken, brokenCount }: Verdict, checkpoint: Checkpoint | null): string {
  const young = unsealed ? ` ${records(unsealed)} not sealed yet.` : ''
  if (!brokenCount) {
    return `The audit log is untouched: ${records(sealed)} under ${seals} ${seals === 1 ? 'seal' : 'seals'}${checkpoint ? `, and the checkpoint of ${checkpoint.signedAt} holds` : ''}.${young}`
  }
  const more = brokenCount > broken.length ? [`… and ${brokenCount - broken.length} more.`] : []
  return [`The audit log was tampered with. First: ${broken[0]!.message}`, ...broken.slice(1).map(b => `  ${b.message}`), ...more, young.trim()].filter(Boolean).join('\n')
}

async function checkpointOf(foundation: Foundation, file: string, publicKey: string | undefined): Promise<Checkpoint> {
  return readCheckpoint(readText(file), publicKey === undefined ? await keyOf(foundation) : readPublicKey(existing(publicKey)))
}

/** `plumbline audit checkpoint --out file`. */
export async function checkpointCommand(o: { out: string; publicKeyOut?: string }): Promise<void> {
  await withFoundation(async foundation => {
    const key = await keyOf(foundation)
    await sealAuditLog(foundation.db, foundation.config.audit.hash)
    const signed = await signCheckpoint(foundation.db, key)
    if (!signed) throw new StartError('There is nothing in the audit log yet.')
    writeNew(o.out, `${signed.jws}\n`)
    if (o.publicKeyOut !== undefined) writeNew(o.publicKeyOut, key.publicKey.export({ type: 'spki', format: 'pem' }))
    console.log(`${o.out}: seal ${signed.checkpoint.sequence} over ${records(signed.checkpoint.records)}. Keep it where those who run the database cannot change it.`)
  })
}

/** `plumbline audit export --from 2026-01-01 --to 2026-02-01 --format csv`. */
export async function exportCommand(o: { from: string; to: string; format: string; out?: string }): Promise<void> {
  if (!(EXPORT_FORMATS as readonly string[]).includes(o.format)) throw new StartError(`There is no format ${o.format}. There are: ${EXPORT_FORMATS.join(', ')}.`)
  const [from, to] = [instant(o.from, '--from'), instant(o.to, '--to')]
  if (to <= from) throw new StartError('--to must be after --from.')
  const name = (at: DateTime): string => at.setZone('Asia/Shanghai').toFormat(at.setZone('Asia/Shanghai').startOf('day').equals(at.setZone('Asia/Shanghai')) ? 'yyyy-MM-dd' : `yyyy-MM-dd'T'HHmmss`)
  const file = path.resolve(o.out ?? `plumbline-audit-${name(from)}-${name(to)}.${o.format}`)
  await withFoundation(async ({ db }) => {
    const { rows } = await exportAuditLog(db, commandLine(), { from: from.toUTC().toISO()!, to: to.toUTC().toISO()!, format: o.format as ExportFormat, file })
    console.log(`${records(rows)} in ${file}.`)
  })
}

const records = (n: number): string => `${n} ${n === 1 ? 'record' : 'records'}`

const keyOf = ({ config }: Foundation): Promise<AuditKey> =>
  loadAuditKey({ production: config.production, keyFile: config.audit.keyFile, dataDirectory: config.dataDirectory })

function instant(text: string, option: string): DateTime {
  const at = DateTime.fromISO(text, { zone: 'Asia/Shanghai' })
  if (!at.isValid) throw new StartError(`${option} must be a day such as 2026-01-01 or an instant such as 2026-01-01T08:00:00Z.`)
  return at
}

function existing(file: string): string {
  readText(file)
  return file
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new StartError(`${file} cannot be read: ${(cause as NodeJS.ErrnoException).code}.`, { cause })
  }
}

function writeNew(file: string, text: string | Buffer): void {
  try {
    writeFileSync(file, text, { flag: 'wx' })
  } catch (cause) {
    throw new StartError((cause as NodeJS.ErrnoException).code === 'EEXIST' ? `${file} is there already.` : `${file} cannot be written: ${(cause as NodeJS.ErrnoException).code}.`, { cause })
  }
}
