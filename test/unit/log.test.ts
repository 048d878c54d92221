import { createLogger } from '../../src/log'

const logged = (logFormat: 'json' | 'text', write: (log: ReturnType<typeof createLogger>) => void): string => {
  const lines: string[] = []
  write(createLogger({ logLevel: 'info', logFormat }, { write: line => void lines.push(line) }))
  return lines.join('')
}

test('a line is an object with time, level and words; below the level nothing is said', () => {
  const line = logged('json', log => {
    log.debug('unheard')
    log.info({ requestId: 'r-1', status: 200 }, 'request')
  })
  expect(JSON.parse(line)).toEqual({ level: 'info', time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/), requestId: 'r-1', status: 200, msg: 'request' })
})

test('as text a line can be read', () => {
  const line = logged('text', log => log.warn({ plugin: 'health-procurement', problems: [1] }, 'plugin quarantined'))
  expect(line).toMatch(/^\d{4}-\S+Z WARN {2}plugin quarantined plugin=health-procurement problems=\[1\]\n$/)
})

test('credentials, bodies and variables are cut out even when somebody logs them', () => {
  const line = logged('json', log => log.info({ authorization: 'Bearer secret', cookie: 'secret', headers: { authorization: 'secret' }, variables: { name: 'secret' }, body: 'secret', query: 'secret', req: { url: 'secret' } }, 'x'))
  expect(line).not.toContain('secret')
})

test('children keep the rules', () => {
  const line = logged('json', log => log.child({ requestId: 'r-2' }).error({ err: Object.assign(new Error('no "secret"'), { detail: 'secret' }) }, 'failed'))
  expect(JSON.parse(line)).toMatchObject({ requestId: 'r-2', level: 'error', err: { type: 'Error', message: 'no "…"' } })
  expect(line).not.toContain('secret')
})
