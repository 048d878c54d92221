import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'

export interface OidcProvider {
  readonly issuer: string
  readonly audience: string
  /** An access token of the provider for this client, as a client gets it. */
  token(client: string, resource?: string): Promise<string>
  /** A token that only whoever has the provider's key can make. */
  sign(payload: object, header?: object): Promise<string>
  /** How often its documents were asked for. */
  asked(): Promise<{ jwks: number; discovery: number }>
  /** From now on it signs with another key and has forgotten the one before. */
  rotate(): Promise<string[]>
  away(): Promise<void>
  back(): Promise<void>
  close(): Promise<void>
}

/** Starts the real provider of `oidc-provider.mjs`. */
export async function oidcProvider(): Promise<OidcProvider> {
  const child = spawn(process.execPath, [path.join(__dirname, 'oidc-provider.mjs')], { stdio: ['pipe', 'pipe', 'ignore'], env: { PATH: process.env['PATH'] } })
  const line = await Promise.race([once(createInterface(child.stdout), 'line'), once(child, 'exit').then(() => { throw new Error('The provider did not start.') })])
  const { issuer, audience } = JSON.parse(line[0] as string) as { issuer: string; audience: string }
  const control = async <T>(what: string, body: object = {}): Promise<T> => (await fetch(`${issuer}/test/${what}`, { method: 'POST', body: JSON.stringify(body) })).json() as Promise<T>
  return {
    issuer, audience,
    token: async (client, resource = audience) => {
      const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: client, client_secret: 'not-a-secret-at-all', resource, scope: 'api' })
      const answer = await (await fetch(`${issuer}/token`, { method: 'POST', body })).json() as { access_token?: string; error_description?: string }
      if (!answer.access_token) throw new Error(`The provider gave no token: ${answer.error_description}`)
      return answer.access_token
    },
    sign: async (payload, header = {}) => (await control<{ token: string }>('sign', { payload, header })).token,
    asked: () => control('asked'),
    rotate: () => control('rotate'),
    away: () => control('away'),
    back: () => control('back'),
    close: async () => {
      child.stdin.end()
      await once(child, 'exit')
    },
  }
}
