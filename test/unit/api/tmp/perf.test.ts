import { coreModules } from '/work/main/src/domain'
import { testApi } from '/work/main/test/support/api'
import { twoCounties } from '/work/main/test/support/two-counties'
test('x', async () => {
  const api = await testApi({ modules: coreModules })
  await twoCounties(api.database)
  const t = await api.token('C-LEADER')
  const body = JSON.stringify({ query: 'query($n:Int){ units(first:$n) { nodes { id code nameZh } } }', variables: { n: 5 } })
  const url = await api.server.listen({ host: '127.0.0.1', port: 0 })
  const go = async (n: number) => { for (let i = 0; i < n; i++) { const r = await fetch(url + '/graphql', { method: 'POST', headers: { 'content-type': 'application/json', authorization: 'Bearer ' + t }, body }); await r.text() } }
  await go(200)
  const c0 = process.cpuUsage(), t0 = performance.now(); await go(1000); const c = process.cpuUsage(c0)
  console.log('per request ms wall', (performance.now() - t0) / 1000, 'cpu us (with client)', (c.user + c.system) / 1000, api.server.stats, api.logged.slice(-1))
  await api.close()
}, 60000)
