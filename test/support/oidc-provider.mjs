// A real OpenID provider in a process of its own (its package is made of ES modules), on loopback. Clients are people by their staff number:
// `client_credentials` for the resource gives a JWT access token; people come in by the provider's own pages, with the code flow and PKCE.
// `/test/…` is how a test turns its keys and makes it go away.
import { createServer } from 'node:http'
import { once } from 'node:events'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { Provider } from 'oidc-provider'

const AUDIENCE = 'https://plumbline.example/api'
const client = name => ({ client_id: name, client_secret: 'not-a-secret-at-all', grant_types: ['client_credentials'], redirect_uris: [], response_types: [], token_endpoint_auth_method: 'client_secret_post' })
/** A public client of people: a code against the proof of its verifier, nothing else. */
const REDIRECT = 'http://127.0.0.1/desk/back'
const desk = { client_id: 'desk', application_type: 'native', grant_types: ['authorization_code'], redirect_uris: [REDIRECT], response_types: ['code'], token_endpoint_auth_method: 'none' }

let serial = 0
async function newKey() {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  return { ...await exportJWK(privateKey), kid: `key-${++serial}`, alg: 'RS256', use: 'sig' }
}

const server = createServer()
await once(server.listen(0, '127.0.0.1'), 'listening')
const issuer = `http://127.0.0.1:${server.address().port}`
let keys = [await newKey()]
let serve
const asked = { jwks: 0, discovery: 0 }
let away = false

function provide() {
  const provider = new Provider(issuer, {
    jwks: { keys },
    clients: [client('staff:CITY'), client('desk-of-the-city'), desk],
    features: {
      clientCredentials: { enabled: true }, devInteractions: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_ctx, resource) => ({ scope: 'api', audience: resource, accessTokenTTL: 600, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256', kid: keys[0].kid } } }),
      },
    },
    pkce: { required: () => true },
    cookies: { keys: ['not-a-secret-at-all'] },
    // What a provider says of roles is its own affair.
    extraTokenClaims: () => ({ staff_no: 'CITY', roles: ['PLATFORM_ADMIN'], groups: ['/'], wide: true }),
  })
  serve = provider.callback()
}
provide()

const control = {
  '/test/asked': async () => asked,
  '/test/rotate': async () => { keys = [await newKey()]; provide(); return keys.map(k => k.kid) },
  '/test/away': async () => { away = true; return {} },
  '/test/back': async () => { away = false; return {} },
  // A token that only the holder of the key can make, and that the provider itself would never give.
  '/test/sign': async ({ header, payload }) => ({ token: await new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: keys[0].kid, typ: 'at+jwt', ...header }).sign(keys[0]) }),
}
server.on('request', (request, response) => {
  const action = control[request.url]
  if (action) {
    let body = ''
    request.on('data', part => { body += part }).on('end', () => action(JSON.parse(body || '{}')).then(
      answer => response.end(JSON.stringify(answer)), error => response.writeHead(500).end(String(error))))
    return
  }
  if (request.url === '/jwks') asked.jwks++
  if (request.url === '/.well-known/openid-configuration') asked.discovery++
  if (away) request.socket.destroy()
  else serve(request, response)
})
console.log(JSON.stringify({ issuer, audience: AUDIENCE }))
process.stdin.resume().on('end', () => process.exit(0))
