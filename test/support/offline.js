// Runs inside the network namespace of test/bundle.sh, as the user under test: starts the unpacked product, asks it, stops it.
// node offline.js FOLDER LIMIT_SECONDS
'use strict'
const { execFileSync, spawn } = require('node:child_process')
const { once } = require('node:events')
const os = require('node:os')

// The limit is for a machine that does nothing else; one that is busy has it longer.
const busy = Math.max(1, os.loadavg()[0] / os.availableParallelism())
const [folder, limit] = [process.argv[2], Number(process.argv[3]) * busy]

function assert(condition, message) {
  if (!condition) throw new Error(message)
}

async function ask(url, query, token) {
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify({ query }) })
  const { data, errors } = await response.json()
  assert(!errors, JSON.stringify(errors))
  return data
}

async function main() {
  const outside = Object.values(os.networkInterfaces()).flat().filter(i => !i.internal)
  assert(outside.length === 0, `There is a network: ${JSON.stringify(outside)}`)
  const began = Date.now()
  const product = spawn('./start.sh', { cwd: folder, env: { ...process.env, PORT: '4000' }, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [product.stdout, product.stderr]) stream.setEncoding('utf8').on('data', part => { said += part })
  const ended = once(product, 'exit')
  ended.catch(() => undefined)
  try {
    while (!/GraphQL\s+http/.test(said)) {
      assert(product.exitCode === null, `It ended with ${product.exitCode}:\n${said}`)
      assert(Date.now() - began < 5 * limit * 1000, `It is not ready after ${5 * limit} s:\n${said}`)
      await new Promise(done => setTimeout(done, 50))
    }
    const seconds = (Date.now() - began) / 1000
    const url = 'http://127.0.0.1:4000'
    const token = execFileSync('./plumbline', ['token', 'wangcang-health-editor'], { cwd: folder, encoding: 'utf8' }).trim()
    const data = await ask(url, '{ plugins { nodes { code state reason } } unitByCode(code: "510821-HEALTH") { nameZh powers { totalCount } } }', token)
    for (const plugin of data.plugins.nodes) assert(plugin.state === 'ENABLED', `${plugin.code} is ${plugin.state}: ${plugin.reason}`)
    assert(data.plugins.nodes.length >= 2, 'The plugins are not there.')
    assert(data.unitByCode.powers.totalCount > 0, 'The demo city is not there.')
    const page = await fetch(`${url}/`)
    assert(page.status === 200 && /text\/html/.test(page.headers.get('content-type')), 'The explorer is not there.')
    console.log(`${os.userInfo().username}: ready in ${seconds.toFixed(1)} s`)
    assert(seconds < limit, `${seconds.toFixed(1)} s is longer than ${limit.toFixed(0)} s:\n${said.split('\n').filter(l => l.includes('✓')).join('\n')}`)
  } finally {
    product.kill('SIGTERM')
  }
  const [code] = await ended
  assert(code === 0, `It ended with ${code}:\n${said}`)
  const directory = /embedded, in (\S+)/.exec(said)[1]
  const left = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).split('\n').filter(line => line.includes(`postgres -D ${directory}`))
  assert(left.length === 0, `PostgreSQL was left behind: ${left.join('; ')}`)
  console.log(`data in ${directory}`)
}

main().catch(error => {
  console.error(error.message)
  process.exit(1)
})
