// node token.mjs <folder>: a key pair for this machine's benchmark (made once), and a token of the editor of the whole province.
import fs from 'node:fs'
import path from 'node:path'
import { createRequire } from 'node:module'

const { exportJWK, generateKeyPair, importJWK, SignJWT } = await import(createRequire(path.join(process.env.BENCH_ROOT, 'package.json')).resolve('jose'))
const [folder] = process.argv.slice(2)
const file = path.join(folder, 'private-key.json')
fs.mkdirSync(folder, { recursive: true })
if (!fs.existsSync(file)) {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  fs.writeFileSync(file, JSON.stringify({ ...await exportJWK(privateKey), kid: 'bench', alg: 'ES256' }), { mode: 0o600 })
}
const key = JSON.parse(fs.readFileSync(file, 'utf8'))
const { d: _, ...open } = key
fs.writeFileSync(path.join(folder, 'keys.json'), JSON.stringify({ keys: [{ ...open, use: 'sig' }] }))
const token = await new SignJWT({}).setProtectedHeader({ alg: 'ES256', kid: 'bench' }).setSubject('staff:BENCH-EDITOR')
  .setIssuer('plumbline').setAudience('plumbline').setIssuedAt().setExpirationTime('7d').sign(await importJWK(key, 'ES256'))
fs.writeFileSync(path.join(folder, 'token'), token, { mode: 0o600 })
