import { definePlugin } from 'plumbline/sdk'

export const plugin = definePlugin({
  name: 'medical-insurance',
  title: { zh: '医保基金监管', en: 'Medical-insurance fund supervision' },
  version: '1.0.0',
  core: '^1.0.0',
  tier: 2,
  catalog: 'catalog',
  demo: 'demo',
  code: './code',
})
