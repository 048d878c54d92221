const { execFileSync } = require('node:child_process')
const path = require('node:path')

/** The product is tested as it is shipped: compiled. */
module.exports = () => void execFileSync(process.execPath, [path.join(__dirname, '../../.tools/build.js')], { stdio: 'inherit' })
