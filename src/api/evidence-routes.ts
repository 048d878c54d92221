import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { badInput } from '../core/errors'
import { downloadPath, requireSignedIn, type EvidenceFileService, type EvidenceLimits, type OpenedFile } from '../domain/evidence'
import type { Routes } from './server'
import { checkFields, idempotencyKey, Uploads } from './upload-form'

/**
 * Files of evidence over HTTP: `POST /evidence` takes a multipart form whose last part is the file, `GET /evidence/:id` answers the file.
 * Failures are thrown: the server's error handler gives them the shape that all errors have.
 */
export const evidenceRoutes = (service: EvidenceFileService, limits: EvidenceLimits): Routes => async (app, { contextOf }) => {
  const uploads = await Uploads.register(app, limits)
  app.post('/evidence', { bodyLimit: uploads.bodyLimit }, (request, reply) => uploads.run(request, async () => {
    const origin = await contextOf(request)
    requireSignedIn(origin.actor)
    const attached = await uploads.read(request, ({ fields, name, content }) => service.attach(origin, checkFields(form, fields), { name, content }))
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

const required = z.string('It must be given.').min(1, 'It must be given.')
const form = z.strictObject({
  subjectId: required, title: required, sensitivity: required, collectedAt: required, expiresOn: z.string().optional(),
  idempotencyKey,
})

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
