import { globalId } from '../../src/core/ids'
import { twoCountiesOfTheCity } from './city'
import { testServer, type Answer, type TestServer } from './server'

type Refusal = Answer['errors'][number]['extensions'] & { violations?: { path: string; rule: string }[]; allowedCommands?: string[] }

/** Two counties of the demo city with their people, over HTTP, and commands in as few words as a test wants. */
export interface City {
  readonly s: TestServer
  /** The answer's data; fails on errors. */
  read(who: string, query: string, variables?: Record<string, unknown>): Promise<any> // eslint-disable-line @typescript-eslint/no-explicit-any -- tests look into answers of any shape
  /** The first field of the payload. */
  done(who: string, command: string, input: object, payload?: string): Promise<any> // eslint-disable-line @typescript-eslint/no-explicit-any -- as above
  refused(who: string, command: string, input: object): Promise<Refusal>
  /** Global ids. */
  unit(code: string): Promise<string>
  /** The appointment of a post's holder, by staff number. */
  appointment(staffNo: string): Promise<string>
  prove(who: string, subjectId: string): Promise<void>
  /** Asks until the answer is there: what happens after a commit takes a moment. */
  eventually<T>(ask: () => Promise<T | null>): Promise<T>
  close(): Promise<void>
}

const PATIENCE = 10_000

export async function city(): Promise<City> {
  const s = await testServer({ before: t => twoCountiesOfTheCity(t.db) })
  const mutations = s.app.api.schema.getMutationType()!.getFields()
  const tell = (who: string, command: string, input: object, payload: string): Promise<Answer<Record<string, Record<string, unknown>>>> => {
    const type = String(mutations[command]!.args[0]!.type)
    return s.query(`mutation($input: ${type}) { ${command}(input: $input) { ${payload} } }`, { input }, who)
  }
  /** `{ rectificationTask { … } }`: the object of a payload with the usual fields. */
  const usual = (command: string): string => {
    const type = mutations[command]!.type.toString().replace('!', '')
    const [name] = Object.keys((s.app.api.schema.getType(type) as unknown as { getFields(): object }).getFields())
    return `${name!} { id }`
  }
  const id = async (prefix: string, sql: string, value: string): Promise<string> => globalId(prefix, (await s.db.rows<{ id: string }>(sql, [value]))[0]!.id)
  const done: City['done'] = async (who, command, input, payload) => {
    const { data, errors } = await tell(who, command, input, payload ?? usual(command))
    expect([command, who, errors]).toEqual([command, who, []])
    return Object.values(data![command]!)[0]
  }
  return {
    s, done,
    read: (who, query, variables) => s.data(query, variables, who),
    refused: async (who, command, input) => {
      const { data, errors } = await tell(who, command, input, usual(command))
      expect([command, who, data ?? null]).toEqual([command, who, null])
      return errors[0]!.extensions
    },
    unit: code => id('unit', 'SELECT id FROM unit WHERE code = $1', code),
    appointment: staffNo => id('appt', 'SELECT a.id FROM appointment a JOIN person p ON p.id = a.person_id WHERE p.staff_no = $1 AND a.valid_to IS NULL ORDER BY a.role LIMIT 1', staffNo),
    prove: async (who, subjectId) => {
      await done(who, 'attachEvidenceLink', { subjectId, title: '整改报告', url: 'https://files.example/report', sensitivity: 'INTERNAL', collectedAt: '2026-06-01T00:00:00.000Z' })
    },
    eventually: async ask => {
      for (const end = performance.now() + PATIENCE; ;) {
        const answer = await ask()
        if (answer !== null) return answer
        if (performance.now() > end) throw new Error('It did not happen.')
        await new Promise(resolve => setTimeout(resolve, 50))
      }
    },
    close: () => s.close(),
  }
}
