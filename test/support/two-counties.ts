import { globalId } from '../../src/core/ids'
import { systemActor } from '../../src/core/actor'
import { runCommand } from '../../src/database/command'
import { Organisation } from './organisation'
import { originOf } from './registers-fixture'
import type { TestDatabase } from './database'

export interface CountyRows {
  /** Global ids of one row of each kind, by noun type. */
  readonly ids: Readonly<Record<'Unit' | 'Position' | 'Person' | 'Power' | 'RiskPoint' | 'Control' | 'RoleGrant', string>>
  readonly rowIds: Readonly<Record<'power' | 'risk_point' | 'control', string>>
}
export interface TwoCounties {
  readonly org: Organisation
  readonly wangcang: CountyRows
  readonly cangxi: CountyRows
}

export const WANGCANG = '/510800/510821/'
export const CANGXI = '/510800/510824/'
export const W_HEALTH = `${WANGCANG}W-HEALTH/`
export const C_HEALTH = `${CANGXI}C-HEALTH/`
const W_GROUP = `${WANGCANG}W-GROUP/`

/**
 * A city with two counties, each with a health bureau that has a power, a risk point and a control; a group that is dispatched to the
 * bureau of the first. Staff numbers say who they are: `W-EDITOR` edits in the first county, `C-EDITOR` in the second.
 */
export async function twoCounties(database: TestDatabase): Promise<TwoCounties> {
  const org = new Organisation(database.owner)
  for (const path of ['/510800/', WANGCANG, W_HEALTH, W_GROUP, CANGXI, C_HEALTH]) await org.unit(path)
  await org.relation('DISPATCHED', W_GROUP, W_HEALTH)
  const people: [string, string, string, { edge?: string }?][] = [
    ['W-EDITOR', 'UNIT_EDITOR', W_HEALTH], ['W-APPROVER', 'UNIT_APPROVER', W_HEALTH], ['W-LEADER', 'LEADER_READER', WANGCANG],
    ['W-GROUP', 'SUPERVISOR', W_GROUP, { edge: 'DISPATCHED' }], ['C-EDITOR', 'UNIT_EDITOR', C_HEALTH], ['C-LEADER', 'LEADER_READER', CANGXI],
    ['CITY', 'LEADER_READER', '/510800/'], ['REPORTS', 'REPORTING_CLIENT', '/510800/'], ['ADMIN', 'PLATFORM_ADMIN', '/510800/'], ['CUSTODIAN', 'IDENTITY_CUSTODIAN', '/510800/'],
  ]
  const grants = new Map<string, string>()
  for (const [staffNo, role, unit, o] of people) {
    await org.person(staffNo, unit)
    grants.set(staffNo, await org.grant(staffNo, role, unit, o))
  }
  await org.person('NOBODY', '/510800/')
  const rows = (bureau: string, editor: string): Promise<CountyRows> => runCommand(database.db, originOf(systemActor('test')), 'test', {}, async tx => {
    const unit = org.units.get(bureau)!
    const position = tx.insert('position', { unit_id: unit, code: 'head', name_zh: '局长', power_bearing: true })
    await tx.flush()
    const power = tx.insert('power', { unit_id: unit, code: 'P-01', name_zh: '药械采购', category: 'PROCUREMENT', significance: 'MAJOR', state: 'PROPOSED' })
    await tx.flush()
    const risk = tx.insert('risk_point', { unit_id: unit, power_id: power, code: 'R-01', description_zh: '量身定制参数', category: 'PROCESS', owner_position_id: position, state: 'IDENTIFIED' })
    const control = tx.insert('control', { unit_id: unit, code: 'C-01', description_zh: '参数论证', nature: 'PREVENTIVE', mode: 'MANUAL', frequency: 'PER_TRANSACTION', owner_position_id: position, state: 'DESIGNED' })
    await tx.flush()
    tx.link('control_risk_point', { control_id: control, risk_point_id: risk, unit_id: unit })
    return {
      ids: {
        Unit: globalId('unit', unit), Position: globalId('pos', position), Person: globalId('person', org.persons.get(editor)!), Power: globalId('pw', power),
        RiskPoint: globalId('rp', risk), Control: globalId('ctl', control), RoleGrant: globalId('grant', grants.get(editor)!),
      },
      rowIds: { power, risk_point: risk, control },
    }
  })
  return { org, wangcang: await rows(W_HEALTH, 'W-EDITOR'), cangxi: await rows(C_HEALTH, 'C-EDITOR') }
}
