import { z } from 'zod'
import type { EvidenceLimits } from '../domain/evidence'
import type { WorkbookService } from '../domain/job'
import type { Routes } from './server'
import { checkFields, idempotencyKey, Uploads } from './upload-form'

const form = z.strictObject({ idempotencyKey })

/** Files for imports over HTTP: `POST /workbooks` takes a multipart form whose last part is the file; `startImport` names it. Nobody reads it here. */
export const workbookRoutes = (service: WorkbookService, limits: EvidenceLimits): Routes => async (app, { contextOf }) => {
  const uploads = await Uploads.register(app, limits)
  app.post('/workbooks', { bodyLimit: uploads.bodyLimit }, (request, reply) => uploads.run(request, async () => {
    const origin = await contextOf(request)
    service.admit(origin)
    const workbook = await uploads.read(request, ({ fields, name, content }) => service.take(origin, { name, content }, checkFields(form, fields).idempotencyKey ?? null))
    return reply.code(201).send({ workbook })
  }))
}
