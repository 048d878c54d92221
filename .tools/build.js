// Makes dist/ from src, plugins and migrations: TypeScript becomes JavaScript, everything else is copied. Only what changed since the last
// time is touched, so that `npm start` waits for nothing. Types are not looked at here: a half-written file must not keep the rest from running.
'use strict'
const { createHash } = require('node:crypto')
const fs = require('node:fs')
const path = require('node:path')
const { stripVTControlCharacters } = require('node:util')

const root = path.join(__dirname, '..')
const dist = path.join(root, 'dist')
const stampFile = path.join(dist, '.stamp')

/** Every file that the build reads, relative to the project, with what tells whether it changed. */
function sources() {
  const found = new Map()
  const add = file => {
    const { size, mtimeMs } = fs.statSync(path.join(root, file))
    found.set(file, `${size} ${mtimeMs}`)
  }
  const walk = folder => {
    for (const entry of fs.readdirSync(path.join(root, folder), { withFileTypes: true })) {
      const at = `${folder}/${entry.name}`
      if (entry.isDirectory()) {
        if (entry.name !== 'node_modules' && !(folder.startsWith('plugins/') && entry.name === 'test')) walk(at)
      } else if (entry.isFile() && !/(\.d\.ts|\.md|tsconfig.*\.json)$/.test(entry.name)) add(at)
    }
  }
  for (const folder of ['src', 'plugins', 'migrations']) if (fs.existsSync(path.join(root, folder))) walk(folder)
  add('ormconfig.ts')
  return found
}

const output = file => (file.endsWith('.ts') ? `${file.slice(0, -3)}.js` : file)

/** The compiler and its options: another one makes everything anew. */
function tools() {
  const hash = createHash('sha256').update(process.versions.modules)
  for (const file of ['build.js', 'swc.js']) hash.update(fs.readFileSync(path.join(__dirname, file)))
  return hash.update(require('@swc/core/package.json').version).digest('hex')
}

function readStamp() {
  try {
    return JSON.parse(fs.readFileSync(stampFile, 'utf8'))
  } catch {
    return { tools: '', files: {} }
  }
}

/** Output whose source is gone: a deleted migration must not run. */
function prune(folder, kept) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const at = path.join(folder, entry.name)
    if (entry.isDirectory()) prune(at, kept)
    else if (at !== stampFile && !kept.has(path.relative(dist, at).replace(/\.\d+$/, ''))) fs.rmSync(at, { force: true })
  }
}

/** A plugin that does not compile fails when it is loaded, with the compiler's words: the host quarantines it, and the product starts. */
function compiled(swc, options, file) {
  const from = path.join(root, file)
  try {
    return swc.transformFileSync(from, { ...options, filename: from }).code
  } catch (error) {
    if (!file.startsWith('plugins/')) throw error
    const says = stripVTControlCharacters(error.message).split('\n').slice(0, 12).join(' ').replace(/\s+/g, ' ').replaceAll(root + path.sep, '')
    console.error(`${file} does not compile: ${says}`)
    return `throw new SyntaxError(${JSON.stringify(says)})\n`
  }
}

/** A program stays one: npm makes `plumbline` executable when it installs, and never again. */
function write(to, code) {
  fs.writeFileSync(to, code)
  if (code.startsWith('#!')) fs.chmodSync(to, 0o755)
}

function build() {
  const files = sources()
  const stamp = process.argv.includes('--force') ? { tools: '', files: {} } : readStamp()
  const now = tools()
  const changed = [...files].filter(([file, state]) => stamp.tools !== now || stamp.files[file] !== state || !fs.existsSync(path.join(dist, output(file)))).map(([file]) => file)
  if (!changed.length && Object.keys(stamp.files).length === files.size) return
  fs.mkdirSync(dist, { recursive: true })
  fs.rmSync(stampFile, { force: true })
  prune(dist, new Set([...files.keys()].map(f => path.normalize(output(f)))))
  const swc = require('@swc/core')
  const options = require('./swc')
  for (const file of changed) {
    const to = path.join(dist, output(file))
    fs.mkdirSync(path.dirname(to), { recursive: true })
    if (file.endsWith('.ts')) write(to, compiled(swc, options, file))
    else fs.copyFileSync(path.join(root, file), to)
  }
  fs.writeFileSync(stampFile, JSON.stringify({ tools: now, files: Object.fromEntries(files) }))
  console.log(`Built ${changed.length} of ${files.size} files.`)
}

try {
  build()
} catch (error) {
  // Without development packages what is there must do, and it does in an installation.
  const installed = error.code === 'MODULE_NOT_FOUND' && fs.existsSync(path.join(dist, 'src', 'main.js'))
  if (!installed) {
    console.error(error.code === 'MODULE_NOT_FOUND' ? 'The compiler is not installed. Run npm ci first.' : error.message)
    process.exit(1)
  }
}
