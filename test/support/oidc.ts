import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'

export interface OidcProvider {
  readonly issuer: string
  readonly audience: string
  /** An access token of the provider for this client, as a client gets it. */
  token(client: string, resource?: string): Promise<string>
  /** Goes the way of a person in a browser: login, consent, and back to the client with a code, which is worth a token only with the verifier. */
  login(subject: string): Promise<Login>
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

export interface Redeemed { access_token?: string; id_token?: string; error?: string }

export interface Login {
  /** Headings of the provider's pages that were filled in, in order. */
  readonly pages: readonly string[]
  /** The answer of the provider to the code, with this verifier. */
  redeem(verifier?: string): Promise<Redeemed>
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
    login: subject => login(issuer, audience, subject),
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

const CLIENT = { client_id: 'desk', redirect_uri: 'http://127.0.0.1/desk/back' } as const

/** A browser as far as this needs one: it keeps cookies, follows redirects to the provider and sends the forms that it is shown. */
async function login(issuer: string, resource: string, subject: string): Promise<Login> {
  const verifier = randomBytes(32).toString('base64url')
  const state = randomBytes(8).toString('hex')
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  const query = new URLSearchParams({ ...CLIENT, response_type: 'code', scope: 'openid api', resource, code_challenge: challenge, code_challenge_method: 'S256', state })
  const cookies = new Map<string, string>()
  const pages: string[] = []
  let url = `${issuer}/auth?${query}`
  let form: URLSearchParams | null = null
  for (let steps = 0; !url.startsWith(CLIENT.redirect_uri); steps++) {
    if (steps > 20) throw new Error(`The provider leads in a circle: ${pages.join(', ')}.`)
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer: Response = await fetch(url, { redirect: 'manual', headers: { cookie }, ...(form && { method: 'POST', body: form }) })
    for (const line of answer.headers.getSetCookie()) cookies.set(...line.split(';')[0]!.split(/=(.*)/s, 2) as [string, string])
    const to = answer.headers.get('location')
    const page = to ? null : await answer.text()
    form = page === null ? null : filled(page, subject)
    if (page !== null) pages.push(/<h1>(.*?)<\/h1>/.exec(page)?.[1] ?? page)
    url = new URL(to ?? /<form[^>]*action="([^"]+)"/.exec(page!)![1]!, url).href
  }
  const back = new URL(url).searchParams
  if (back.get('state') !== state || !back.has('code')) throw new Error(`The provider gave no code: ${url}`)
  return {
    pages,
    redeem: async (code_verifier = verifier) => {
      const body = new URLSearchParams({ ...CLIENT, grant_type: 'authorization_code', code: back.get('code')!, code_verifier, resource })
      return (await fetch(`${issuer}/token`, { method: 'POST', body })).json() as Promise<Redeemed>
    },
  }
}

/** The fields of a page's form: the hidden ones as they stand, the others as this person fills them in. */
function filled(page: string, subject: string): URLSearchParams {
  const inputs = [...page.matchAll(/<input[^>]*>/g)].map(([input]) => ({ name: /name="([^"]*)"/.exec(input)?.[1], value: /value="([^"]*)"/.exec(input)?.[1] }))
  return new URLSearchParams(inputs.flatMap(({ name, value }): [string, string][] => (name ? [[name, value ?? (name === 'login' ? subject : 'any')]] : [])))
}
