import multipart, { type Multipart, type MultipartFile } from '@fastify/multipart'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { AppError, badInput, badInputs } from '../core/errors'
import type { Origin } from '../core/request'
import { downloadPath, requireSignedIn, tooLarge, type AttachedFile, type EvidenceDetails, type EvidenceFileService, type EvidenceLimits, type OpenedFile } from '../domain/evidence'
import type { Routes } from './server'

/**
 * Files of evidence over HTTP: `POST /evidence` takes a multipart form whose last part is the file, `GET /evidence/:id` answers the file.
 * Failures are thrown: the server's error handler gives them the shape that all errors have.
 */
export const evidenceRoutes = (service: EvidenceFileService, limits: EvidenceLimits): Routes => async (app, { contextOf }) => {
  await app.register(multipart, { throwFileSizeLimit: false, limits: { ...FORM, fileSize: limits.maxBytes + 1 } })
  const uploads = new Uploads(limits)
  app.post('/evidence', { bodyLimit: limits.maxBytes + FORM_BYTES }, (request, reply) => uploads.run(request, async () => {
    const origin = await contextOf(request)
    requireSignedIn(origin.actor)
    const attached = await upload(service, origin, request)
    return reply.code(201).header('location', downloadPath(attached.id)).send({ evidence: { ...attached, downloadPath: downloadPath(attached.id) } })
  }))
  // No HEAD: it would be recorded as an opening, and opens the file for nothing.
  app.get<{ Params: { id: string } }>('/evidence/:id', { exposeHeadRoute: false }, async (request, reply) =>
    answer(reply, await service.open(await contextOf(request), request.params.id, reasonOf(request))))
}

/** Why guarded content is opened: a header, percent-encoded UTF-8, for addresses end up in logs. */
const REASON_HEADER = 'plumbline-reason'
function reasonOf(request: FastifyRequest): string | undefined {
  const given = request.headers[REASON_HEADER]
  try {
    return typeof given === 'string' ? decodeURIComponent(given) : undefined
  } catch {
    throw badInput('reason', 'wellFormed', `The header ${REASON_HEADER} must be percent-encoded UTF-8.`)
  }
}

const FIELD_BYTES = 4_000
const FORM = { files: 1, fields: 12, parts: 13, fieldNameSize: 100, fieldSize: FIELD_BYTES, headerPairs: 50 }
/** What a form may weigh beside its file. */
const FORM_BYTES = 1024 * 1024

/** Bounds what uploads take of a process: their number, and their size before a byte is read. */
class Uploads {
  private running = 0

  constructor(private readonly limits: EvidenceLimits) {}

  async run<T>(request: FastifyRequest, work: () => Promise<T>): Promise<T> {
    if (this.running >= this.limits.maxConcurrent) {
      throw new AppError('LIMIT_EXCEEDED', 'Too many files are being uploaded at the moment. Try again.', { limit: 'evidenceUploads', most: this.limits.maxConcurrent, retryAfter: 1, status: 429, messageKey: 'tooManyUploads' })
    }
    this.running++
    try {
      if (Number(request.headers['content-length'] ?? 0) > this.limits.maxBytes + FORM_BYTES) throw tooLarge(this.limits.maxBytes)
      return await work()
    } catch (error) {
      throw error instanceof AppError && error.details.limit === 'evidenceBytes' ? new AppError(error.code, error.message, { ...error.details, status: 413 }) : error
    } finally {
      this.running--
    }
  }
}

async function upload(service: EvidenceFileService, origin: Origin, request: FastifyRequest): Promise<AttachedFile> {
  if (!request.isMultipart()) throw badInput('', 'multipart', 'Send a multipart/form-data form whose last part is the file.')
  try {
    const parts = request.parts()
    const { fields, file } = await readForm(parts)
    return await service.attach(origin, detailsOf(fields), { name: file.filename, content: Readable.from(lastPart(file, parts)) })
  } catch (error) {
    throw formError(error) ?? error
  }
}

type Fields = Record<string, string>

/** The fields up to the file. They must stand before it: who may not attach anything is told so before the file is read. */
async function readForm(parts: AsyncIterator<Multipart>): Promise<{ fields: Fields; file: MultipartFile }> {
  const fields: Fields = Object.create(null) as Fields
  for (;;) {
    const { value: part, done } = await parts.next()
    if (done) throw badInput('file', 'required', 'The form has no file.')
    if (part.type === 'file') {
      if (part.fieldname !== 'file') throw badInput(part.fieldname, 'known', 'The part with the file must have the name file.')
      return { fields, file: part }
    }
    if (part.fieldname in fields) throw badInput(part.fieldname, 'once', `The form has ${part.fieldname} more than once.`)
    if (part.valueTruncated || part.fieldnameTruncated) throw badInput(part.fieldname, 'maxLength', `A field may have at most ${FIELD_BYTES} bytes.`)
    fields[part.fieldname] = String(part.value)
  }
}

/** The file's bytes; fails at their end when the form goes on, so that no field is ever left out unnoticed. */
async function * lastPart(file: MultipartFile, parts: AsyncIterator<Multipart>): AsyncGenerator<Buffer> {
  for await (const chunk of file.file as AsyncIterable<Buffer>) yield chunk
  // Cut off at the size limit, which the store tells: what follows is of no interest.
  if (file.file.truncated) return
  if (!(await parts.next()).done) throw badInput('file', 'last', 'The file must be the last part of the form.')
}

const required = z.string('It must be given.').min(1, 'It must be given.')
const form = z.strictObject({
  subjectId: required, title: required, sensitivity: required, collectedAt: required, expiresOn: z.string().optional(),
  idempotencyKey: z.string().min(8, 'It must have 8 to 100 characters.').max(100, 'It must have 8 to 100 characters.').optional(),
})

function detailsOf(fields: Fields): EvidenceDetails {
  const read = form.safeParse({ ...fields })
  if (read.success) return read.data
  throw badInputs(read.error.issues.flatMap(issue => (issue.code === 'unrecognized_keys'
    ? issue.keys.map(path => ({ path, rule: 'known', message: 'The form has no such field.' }))
    : [{ path: issue.path.join('.'), rule: issue.code === 'invalid_type' ? 'required' : 'isLength', message: issue.message }])))
}

/** A form that is broken off, malformed or over its limits is the client's business. */
function formError(error: unknown): AppError | null {
  if (error instanceof AppError) return null
  const { code, message = '' } = error as { code?: string; message?: string }
  const broken = code?.startsWith('FST_') || /terminated early|multipart|malformed|premature close/i.test(message)
  return broken ? new AppError('BAD_INPUT', 'The form cannot be read.', { violations: [{ path: '', rule: 'multipart', message: 'The form cannot be read.' }] }, { cause: error }) : null
}

function answer(reply: FastifyReply, file: OpenedFile): FastifyReply {
  return reply.headers({
    'content-type': file.mediaType,
    'content-length': file.sizeBytes,
    'content-disposition': attachment(file.fileName),
    'repr-digest': `sha-256=:${Buffer.from(file.sha256, 'hex').toString('base64')}:`,
    // What strangers uploaded is saved, never run or shown as a page of this server.
    'x-content-type-options': 'nosniff',
    'content-security-policy': `default-src 'none'; sandbox`,
    'cache-control': 'private, no-store',
  }).send(file.content)
}

/** RFC 6266: the name in ASCII for old programs, and as it is (RFC 8187) for the others. */
export function attachment(fileName: string): string {
  const ascii = fileName.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const exact = encodeURIComponent(fileName).replace(/['()*!]/g, c => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${ascii}"; filename*=UTF-8''${exact}`
}
