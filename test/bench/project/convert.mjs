// node convert.mjs <folder of the benchmark's CSVs> <folder to write to>
// The same data in the form that `plumbline import` reads: the rows, their order and their values stay; kinds, names of columns and references become ours.
import fs from 'node:fs'
import path from 'node:path'
import readline from 'node:readline'

const [from, to] = process.argv.slice(2)
fs.mkdirSync(to, { recursive: true })

/** The generator writes no quotation marks and no commas inside values. */
async function* rows(name) {
  for await (const line of readline.createInterface({ input: fs.createReadStream(path.join(from, `${name}.csv`)) })) yield line.split(',')
}

async function write(name, header, lines) {
  const file = fs.createWriteStream(path.join(to, `${name}.csv`))
  file.write(header.join(',') + '\n')
  let chunk = ''
  for await (const line of lines) {
    chunk += line.join(',') + '\n'
    if (chunk.length < 1 << 16) continue
    if (!file.write(chunk)) await new Promise(resolve => file.once('drain', resolve))
    chunk = ''
  }
  await new Promise((resolve, reject) => file.on('error', reject).end(chunk, resolve))
}

const KIND = { PROVINCE: 'PROVINCE', CITY: 'PARTY_COMMITTEE', COUNTY: 'PARTY_COMMITTEE', DEPARTMENT: 'GOVERNMENT_DEPARTMENT', TOWNSHIP: 'TOWNSHIP', VILLAGE: 'VILLAGE_OR_COMMUNITY' }
const division = code => code.split('-')[0].padEnd(6, '0')
/** The posts that own controls; the last one owns the risk points too. */
export const POSTS = ['党组书记', '分管副职', '科室负责人', '派驻纪检组长', '经办人']
const post = name => `P${POSTS.indexOf(name) + 1}`
const HEADS = { CONTROLLED: 'REDUCE' }

const unitCode = new Map()
const powers = new Map()
const levels = new Map([['PROVINCE', 'PROVINCE'], ['CITY', 'CITY'], ['COUNTY', 'COUNTY'], ['TOWNSHIP', 'TOWNSHIP'], ['VILLAGE', 'VILLAGE']])
const units = []
for await (const [id, code, name, kind, , parent] of rows('units')) {
  unitCode.set(id, code)
  units.push({ code, name, kind, parent: unitCode.get(parent) ?? '' })
}
await write('divisions', ['code', 'nameZh', 'level', 'parentCode', 'validFrom'],
  units.filter(u => levels.has(u.kind)).map(u => [division(u.code), u.name, levels.get(u.kind), u.parent && division(u.parent), '2000-01-01']))
await write('units', ['code', 'nameZh', 'kind', 'divisionCode', 'parentCode', 'validFrom', 'isSynthetic'],
  units.map(u => [u.code, u.name, KIND[u.kind], division(u.code), u.parent, '2000-01-01', 'true']))

for await (const [id, unit, name, sector] of rows('powers')) powers.set(id, { unit: unitCode.get(unit), name, sector })
const withPowers = [...new Set([...powers.values()].map(p => p.unit))]
await write('positions', ['unitCode', 'code', 'nameZh', 'powerBearing'], withPowers.flatMap(unit => POSTS.map(name => [unit, post(name), name, 'true'])))
await write('powers', ['unitCode', 'code', 'nameZh', 'category', 'significance', 'sectorCode', 'positionCodes', 'state', 'isSynthetic'],
  [...powers].map(([id, p]) => [p.unit, `W${id}`, p.name, 'OTHER', 'MAJOR', p.sector, 'P5', '', 'true']))

const riskPower = new Map()
await write('risk-points', ['unitCode', 'powerCode', 'code', 'description', 'category', 'ownerPositionCode', 'inherentLikelihood', 'inherentImpact', 'state', 'responsePlan', 'isSynthetic'], (async function* () {
  for await (const [id, power, unit, title, , likelihood, impact, , status] of rows('risk_points')) {
    riskPower.set(id, power)
    yield [unitCode.get(unit), `W${power}`, `R${id}`, title, 'PROCESS', 'P5', likelihood, impact, status, HEADS[status] ?? '', 'true']
  }
})())
await write('controls', ['unitCode', 'code', 'description', 'nature', 'mode', 'frequency', 'ownerPositionCode', 'riskPoints', 'state', 'nextTestDueOn', 'isSynthetic'], (async function* () {
  for await (const [id, risk, measure, owner, due, state] of rows('controls')) {
    const power = riskPower.get(risk)
    yield [powers.get(power).unit, `C${id}`, measure, 'PREVENTIVE', 'MANUAL', 'MONTHLY', post(owner), `W${power}/R${risk}`, state, due, 'true']
  }
})())
const root = units[0].code
await write('persons', ['staffNo', 'displayName', 'unitCode'], [['BENCH-EDITOR', '测试账号甲', root], ['BENCH-COUNTY', '测试账号乙', root]])
