// Makes one archive with everything that is needed to install and run the product without a network: the compiled product, its
// production packages with the embedded PostgreSQL of this platform, plugins, migrations, schema, a start script and checksums.
// Nothing is downloaded: the packages are those of node_modules, checked against the lock file.
'use strict'
const { createHash } = require('node:crypto')
const { execFileSync } = require('node:child_process')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')

const root = path.join(__dirname, '..')
const manifest = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'))
const lock = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8'))
const name = `plumbline-${manifest.version}-${process.platform}-${process.arch}`

/** Folders of the packages that run in production, nested ones included. */
function productionPackages() {
  return Object.entries(lock.packages).filter(([folder, p]) => folder && !p.dev && !p.devOptional).map(([folder, p]) => {
    const file = path.join(root, folder, 'package.json')
    if (!fs.existsSync(file)) {
      if (p.optional) return null
      throw new Error(`${folder} is not installed. Run npm ci first.`)
    }
    const { version } = JSON.parse(fs.readFileSync(file, 'utf8'))
    if (version !== p.version) throw new Error(`${folder} is ${version}, but the lock file says ${p.version}. Run npm ci first.`)
    return folder
  }).filter(Boolean)
}

function copy(from, stage, filter = () => true) {
  if (!fs.existsSync(path.join(root, from))) return
  fs.cpSync(path.join(root, from), path.join(stage, from), { recursive: true, verbatimSymlinks: true, filter: source => filter(path.relative(root, source)) })
}

/** The package.json of the archive: what cannot be done there is not offered. */
function runtimeManifest() {
  const { devDependencies: _, overrides: __, scripts, ...rest } = manifest
  return { ...rest, scripts: { start: scripts.start, plumbline: 'node dist/src/cli.js' } }
}

const launcher = entry => `#!/bin/sh
# Needs Node.js 20.19, 22 or 24 and nothing else.
cd "$(dirname "$0")" || exit 1
if ! command -v node >/dev/null 2>&1; then echo 'Node.js is not installed (20.19 or later is needed).' >&2; exit 1; fi
exec node ${entry} "$@"
`

function files(folder) {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap(e => {
    const at = path.join(folder, e.name)
    return e.isDirectory() ? files(at) : e.isFile() ? [at] : []
  }).sort()
}

function bundle() {
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'plumbline-bundle-'))
  const stage = path.join(work, name)
  try {
    fs.mkdirSync(stage)
    const packages = productionPackages()
    // Packages inside packages are named by the lock file too.
    for (const folder of packages) copy(folder, stage, at => at !== path.join(folder, 'node_modules'))
    copy('dist', stage, at => !/\.(tsbuildinfo|stamp|map)$/.test(at))
    copy('plugins', stage, at => !/(^|\/)(node_modules|test)(\/|$)/.test(at) && !at.endsWith('.ts'))
    for (const at of ['migrations', 'schema', 'package-lock.json', 'LICENSE', 'NOTICE', ...fs.readdirSync(root).filter(f => f.endsWith('.md'))]) copy(at, stage)
    // The types of the sdk, for authors of plugins.
    for (const room of ['sdk', 'core']) copy(`src/${room}`, stage)
    fs.writeFileSync(path.join(stage, 'package.json'), JSON.stringify(runtimeManifest(), null, 2) + '\n')
    fs.writeFileSync(path.join(stage, 'start.sh'), launcher('dist/src/main.js'), { mode: 0o755 })
    fs.writeFileSync(path.join(stage, 'plumbline'), launcher('dist/src/cli.js'), { mode: 0o755 })
    const sums = files(stage).map(f => `${createHash('sha256').update(fs.readFileSync(f)).digest('hex')}  ${path.relative(stage, f)}\n`)
    fs.writeFileSync(path.join(stage, 'SHA256SUMS'), sums.join(''))
    const archive = path.join(root, `${name}.tgz`)
    execFileSync('tar', ['-czf', archive, '-C', work, name], { stdio: 'inherit' })
    const digest = createHash('sha256').update(fs.readFileSync(archive)).digest('hex')
    fs.writeFileSync(`${archive}.sha256`, `${digest}  ${path.basename(archive)}\n`)
    console.log(`${path.basename(archive)}: ${packages.length} packages, ${sums.length} files, ${(fs.statSync(archive).size / 1e6).toFixed(0)} MB\nsha256 ${digest}\nUnpack it anywhere, verify with "sha256sum -c SHA256SUMS", run ./start.sh`)
  } finally {
    fs.rmSync(work, { recursive: true, force: true })
  }
}

bundle()
