import type { FastifyInstance } from 'fastify'
import { v7 } from 'uuid'
import { formOf } from './command'
import { pdf } from './story'

/** Ways to ask for a file, and to ask whether there is one. */
const WAYS: readonly { readonly method: 'GET' | 'HEAD' | 'OPTIONS' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'; readonly headers?: Readonly<Record<string, string>> }[] = [
  { method: 'GET' }, { method: 'GET', headers: { range: 'bytes=0-3' } }, { method: 'GET', headers: { 'if-none-match': '*' } }, { method: 'GET', headers: { 'if-modified-since': 'Thu, 01 Jan 2026 00:00:00 GMT' } },
  { method: 'HEAD' }, { method: 'OPTIONS' }, { method: 'POST' }, { method: 'PUT' }, { method: 'PATCH' }, { method: 'DELETE' },
]

/** Where files are handed out and taken in. Answers in what a foreign one differs from one that is nowhere, by whatever way. */
export async function downloads(app: FastifyInstance, token: string, { evidence, subject }: { evidence: string; subject: string }): Promise<string[]> {
  const authorization = `Bearer ${token}`
  const out: string[] = []
  for (const { method, headers } of WAYS) {
    const ask = async (id: string): Promise<string> => told(await app.inject({ method, url: `/evidence/${id}`, headers: { authorization, ...headers } }))
    const [foreign, absent] = [await ask(evidence), await ask(`ev_${v7()}`)]
    if (foreign !== absent) out.push(`${method} ${JSON.stringify(headers ?? {})}: ${foreign} … ${absent}`)
  }
  const attach = async (subjectId: string): Promise<string> => {
    const form = new Response(formOf({ subjectId, title: 'file', sensitivity: 'INTERNAL', collectedAt: '2026-01-01T00:00:00.000Z' }, { name: 'file.pdf', content: pdf('file') }))
    return told(await app.inject({ method: 'POST', url: '/evidence', headers: { authorization, 'content-type': form.headers.get('content-type')! }, payload: Buffer.from(await form.arrayBuffer()) }))
  }
  const [foreign, absent] = [await attach(subject), await attach(`duty_${v7()}`)]
  return foreign === absent ? out : [...out, `attaching: ${foreign} … ${absent}`]
}

/** An answer without what differs from one moment to the next. */
const told = ({ statusCode, headers: { 'x-request-id': _, date: __, ...headers }, body }: { statusCode: number; headers: Record<string, unknown>; body: string }): string =>
  JSON.stringify([statusCode, headers, body.replace(/"requestId":"[^"]*"/, '')]).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'id')
