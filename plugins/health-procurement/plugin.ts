import { definePlugin } from 'plumbline/sdk'

export const plugin = definePlugin({
  name: 'health-procurement',
  title: { zh: '药械采购', en: 'Health procurement' },
  version: '1.0.0',
  core: '^1.0.0',
  tier: 2,
  catalog: 'catalog',
  demo: 'demo',
  code: './code',
})
