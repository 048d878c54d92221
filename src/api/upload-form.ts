import multipart, { type Multipart, type MultipartFile } from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Readable } from 'node:stream'
import { z } from 'zod'
import { AppError, badInput, badInputs } from '../core/errors'
import { tooLarge, type EvidenceLimits } from '../domain/evidence'

/** A form as it was sent: its fields, and the file behind them, which is read while it comes in. */
export interface UploadForm {
  readonly fields: Readonly<Record<string, string>>
  /** As the client calls the file; believed in nothing. */
  readonly name: string
  readonly content: Readable
}

const FIELD_BYTES = 4_000
const FORM = { files: 1, fields: 12, parts: 13, fieldNameSize: 100, fieldSize: FIELD_BYTES, headerPairs: 50 }
/** What a form may weigh beside its file. */
const FORM_BYTES = 1024 * 1024

/** Multipart forms whose last part is a file. Bounds what they take of a process: their number, and their size before a byte is read. */
export class Uploads {
  private running = 0

  private constructor(private readonly limits: EvidenceLimits) {}

  static async register(app: FastifyInstance, limits: EvidenceLimits): Promise<Uploads> {
    await app.register(multipart, { throwFileSizeLimit: false, limits: { ...FORM, fileSize: limits.maxBytes + 1 } })
    return new Uploads(limits)
  }

  get bodyLimit(): number {
    return this.limits.maxBytes + FORM_BYTES
  }

  async run<T>(request: FastifyRequest, work: () => Promise<T>): Promise<T> {
    if (this.running >= this.limits.maxConcurrent) {
      throw new AppError('LIMIT_EXCEEDED', 'Too many files are being uploaded at the moment. Try again.', { limit: 'evidenceUploads', most: this.limits.maxConcurrent, retryAfter: 1, status: 429, messageKey: 'tooManyUploads' })
    }
    this.running++
    try {
      if (Number(request.headers['content-length'] ?? 0) > this.bodyLimit) throw tooLarge(this.limits.maxBytes)
      return await work()
    } catch (error) {
      throw error instanceof AppError && error.details.limit === 'evidenceBytes' ? new AppError(error.code, error.message, { ...error.details, status: 413 }) : error
    } finally {
      this.running--
    }
  }

  /** Hands the form on before its file is read. */
  async read<T>(request: FastifyRequest, take: (form: UploadForm) => Promise<T>): Promise<T> {
    if (!request.isMultipart()) throw badInput('', 'multipart', 'Send a multipart/form-data form whose last part is the file.')
    try {
      const parts = request.parts()
      const { fields, file } = await readForm(parts)
      return await take({ fields, name: file.filename, content: Readable.from(lastPart(file, parts)) })
    } catch (error) {
      throw formError(error) ?? error
    }
  }
}

export const idempotencyKey = z.string().min(8, 'It must have 8 to 100 characters.').max(100, 'It must have 8 to 100 characters.').optional()

/** The fields as their declaration says; everything else is BAD_INPUT. */
export function checkFields<T>(form: z.ZodType<T>, fields: UploadForm['fields']): T {
  const read = form.safeParse({ ...fields })
  if (read.success) return read.data
  throw badInputs(read.error.issues.flatMap(issue => (issue.code === 'unrecognized_keys'
    ? issue.keys.map(path => ({ path, rule: 'known', message: 'The form has no such field.' }))
    : [{ path: issue.path.join('.'), rule: issue.code === 'invalid_type' ? 'required' : 'isLength', message: issue.message }])))
}

/** The fields up to the file. They must stand before it: who may not send anything is told so before the file is read. */
async function readForm(parts: AsyncIterator<Multipart>): Promise<{ fields: UploadForm['fields']; file: MultipartFile }> {
  const fields = Object.create(null) as Record<string, string>
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

/** A form that is broken off, malformed or over its limits is the client's business. */
function formError(error: unknown): AppError | null {
  if (error instanceof AppError) return null
  const { code, message = '' } = error as { code?: string; message?: string }
  const broken = code?.startsWith('FST_') || /terminated early|multipart|malformed|premature close/i.test(message)
  return broken ? new AppError('BAD_INPUT', 'The form cannot be read.', { violations: [{ path: '', rule: 'multipart', message: 'The form cannot be read.' }] }, { cause: error }) : null
}
