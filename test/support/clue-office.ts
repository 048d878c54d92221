import { globalId } from '../../src/core/ids'
import type { Answer, TestApi } from './api'
import { Organisation } from './organisation'
import { openTestVault } from './vault'

const CITY = '/510800/'
const COUNTY = `${CITY}510802/`
const TOWNSHIP = `${COUNTY}510802105/`
const NEXT = `${CITY}510824/`

export const UNITS = {
  city: [CITY, 'PARTY_COMMITTEE'], cityCommission: [`${CITY}510800-CCDI/`, 'COMMISSION_CITY'],
  county: [COUNTY, 'PARTY_COMMITTEE'], commission: [`${COUNTY}510802-CCDI/`, 'COMMISSION_COUNTY'], trial: [`${COUNTY}510802-TRIAL/`, 'CASE_TRIAL_OFFICE'],
  bureau: [`${COUNTY}510802-FINANCE/`, 'GOVERNMENT_DEPARTMENT'],
  township: [TOWNSHIP, 'TOWNSHIP'], townshipCommission: [`${TOWNSHIP}510802105-CDI/`, 'TOWNSHIP_COMMISSION'], village: [`${TOWNSHIP}510802105203/`, 'VILLAGE_OR_COMMUNITY'], otherVillage: [`${TOWNSHIP}510802105204/`, 'VILLAGE_OR_COMMUNITY'],
  nextCounty: [NEXT, 'PARTY_COMMITTEE'], nextCommission: [`${NEXT}510824-CCDI/`, 'COMMISSION_COUNTY'],
} as const
export type UnitName = keyof typeof UNITS

/** Who there is: the unit where they belong, and what they are granted. */
export const PEOPLE = {
  village: ['village', [['VILLAGE_SUPERVISOR', 'village']]], otherVillage: ['otherVillage', [['VILLAGE_SUPERVISOR', 'otherVillage']]],
  head: ['townshipCommission', [['TOWNSHIP_COMMISSION', 'township']]], officer: ['townshipCommission', [['TOWNSHIP_COMMISSION', 'township']]], clerk: ['townshipCommission', [['TOWNSHIP_COMMISSION', 'township']]],
  mayor: ['township', [['UNIT_APPROVER', 'township'], ['SUPERVISOR', 'township']]], townClerk: ['township', [['UNIT_EDITOR', 'township']]],
  supervisor: ['commission', [['SUPERVISOR', 'county']]], colleague: ['commission', [['SUPERVISOR', 'county']]], approver: ['commission', [['COMMISSION_APPROVER', 'county']]],
  investigator: ['commission', [['CASE_OFFICER', 'county']]], judge: ['trial', [['TRIAL_OFFICER', 'county']]], trialOfficer: ['trial', [['TRIAL_OFFICER', 'trial']]], both: ['commission', [['CASE_OFFICER', 'county'], ['TRIAL_OFFICER', 'county']]],
  financeHead: ['bureau', [['UNIT_APPROVER', 'bureau']]], financeEditor: ['bureau', [['UNIT_EDITOR', 'bureau']]],
  cityApprover: ['cityCommission', [['COMMISSION_APPROVER', 'city']]], citySupervisor: ['cityCommission', [['SUPERVISOR', 'cityCommission']]],
  neighbour: ['nextCommission', [['SUPERVISOR', 'nextCounty'], ['COMMISSION_APPROVER', 'nextCounty']]],
  custodian: ['cityCommission', [['IDENTITY_CUSTODIAN', 'city']]], leader: ['county', [['LEADER_READER', 'county']]], admin: ['city', [['PLATFORM_ADMIN', 'city']]], auditor: ['city', [['AUDITOR', 'city']]], tool: ['city', [['REPORTING_CLIENT', 'city']]],
} as const
export type Who = keyof typeof PEOPLE

/** A county with its bodies, and commands over HTTP in one word. */
export class ClueOffice {
  readonly tokens = {} as Record<Who, string>
  private constructor(readonly api: TestApi, readonly org: Organisation) {}

  static async open(api: TestApi): Promise<ClueOffice> {
    await openTestVault(api.database.db)
    const office = new ClueOffice(api, new Organisation(api.database.owner))
    for (const [path, kind] of Object.values(UNITS)) await office.org.unit(path, kind)
    for (const [who, [unit, grants]] of Object.entries(PEOPLE)) {
      await office.org.person(who, UNITS[unit][0])
      for (const [role, at] of grants) await office.org.grant(who, role, UNITS[at][0])
      office.tokens[who as Who] = await api.token(who)
    }
    return office
  }

  unit(name: UnitName): string {
    return globalId('unit', this.org.units.get(UNITS[name][0])!)
  }

  person(who: Who): string {
    return globalId('person', this.org.persons.get(who)!)
  }

  /** As it stands in logs and rows. */
  ref(who: Who): string {
    return `person:${this.org.persons.get(who)!}`
  }

  ask(who: Who | null, query: string, variables?: object): Promise<Answer> {
    return this.api.ask(who && this.tokens[who], query, variables)
  }

  async tell(who: Who | null, command: string, input: object, payload: string): Promise<Answer> {
    return this.ask(who, `mutation($input: ${await this.inputOf(command)}!) { ${command}(input: $input) { ${payload} } }`, { input })
  }

  async done(who: Who | null, command: string, input: object, payload = '__typename'): Promise<Answer['data']> {
    const { data, errors } = await this.tell(who, command, input, payload)
    if (errors.some(e => e.extensions.code === 'INTERNAL')) throw new Error(`${command}: ${this.api.logged.filter(l => l.includes("error")).at(-1)}`)
    expect([command, errors]).toEqual([command, []])
    return data[command]
  }

  async refused(who: Who | null, command: string, input: object): Promise<{ code: string; rules: string[]; allowedCommands?: string[] }> {
    const { data, errors } = await this.tell(who, command, input, '__typename')
    expect([command, data?.[command] ?? null]).toEqual([command, null])
    const { code, violations, allowedCommands } = errors[0]!.extensions as { code: string; violations?: { rule: string }[]; allowedCommands?: string[] }
    return { code, rules: violations?.map(v => v.rule) ?? [], ...(allowedCommands && { allowedCommands }) }
  }

  private readonly inputs: Record<string, string> = {}
  private async inputOf(command: string): Promise<string> {
    if (!Object.keys(this.inputs).length) {
      const { data } = await this.ask('admin', '{ __schema { mutationType { fields { name args { type { ofType { name } } } } } } }')
      for (const f of data.__schema.mutationType.fields) this.inputs[f.name] = f.args[0]?.type.ofType?.name
    }
    return this.inputs[command]!
  }
}
