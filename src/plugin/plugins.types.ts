import { Field, Int, ObjectType } from 'type-graphql'
import { Auditable, NodeInterface } from '../domain/interfaces'
import { labelledEnum, stateEnum } from '../domain/labels'
import { DateTime } from '../domain/scalars'
import { pluginMachine } from './states'

export const PluginStateEnum = stateEnum('PluginState', 'What became of a plugin（插件状态）.', pluginMachine)
export const PluginPhase = labelledEnum('PluginPhase', 'A phase of a plugin’s start（启动阶段）.', {
  DISCOVER: { zh: '发现', en: 'Discover' }, VALIDATE: { zh: '校验', en: 'Validate' }, LINK: { zh: '关联', en: 'Link' },
  MIGRATE: { zh: '迁移', en: 'Migrate' }, WIRE: { zh: '装配', en: 'Wire' }, START: { zh: '启动', en: 'Start' },
})
export const PluginSource = labelledEnum('PluginSource', 'Where a plugin was found（插件来源）.', {
  FOLDER: { zh: '插件目录', en: 'Plugins folder' }, PACKAGE: { zh: '已安装的软件包', en: 'Installed package' },
})

@ObjectType({ description: 'One thing that is wrong with a plugin（插件问题）.' })
export class PluginProblemInfo {
  @Field(() => String, { description: 'What kind of problem: MANIFEST, CORE_RANGE, CLASH, NAMESPACE, CATALOG_…, MIGRATION, TIMEOUT …（代码）.' })
  code: string

  @Field(() => String, { description: 'What is wrong（说明）.' })
  message: string

  @Field(() => String, { nullable: true, description: 'File inside the plugin（文件）.' })
  file: string | null

  @Field(() => String, { nullable: true, description: 'Place inside the file（位置）.' })
  path: string | null
}

@ObjectType({ description: 'How much a plugin brings; what it brought last, while it does not run（提供内容）.' })
export class PluginProvides {
  @Field(() => Int, { description: 'GraphQL types（类型）.' }) types: number
  @Field(() => Int, { description: 'Fields on types of the core（字段）.' }) fields: number
  @Field(() => Int, { description: 'Root fields（查询）.' }) queries: number
  @Field(() => Int, { description: 'Commands（操作）.' }) mutations: number
  @Field(() => Int, { description: 'Tables（数据表）.' }) tables: number
  @Field(() => Int, { description: 'Files under /plugins/（文件）.' }) routes: number
  @Field(() => Int, { description: 'Catalog items（目录条目）.' }) catalogItems: number
  @Field(() => Int, { description: 'Indicators（指标）.' }) indicators: number
}

@ObjectType({ description: 'A table of a plugin that does not run, and the rows that are kept in it（遗留数据）.' })
export class PluginLeftover {
  @Field(() => String, { description: 'Table（数据表）.' })
  table: string

  @Field(() => Int, { description: 'Rows when the server started（行数）.' })
  rows: number
}

@ObjectType({ implements: [NodeInterface, Auditable], description: 'A plugin that was ever found, and what became of it at the last start（插件）.' })
export class Plugin {
  @Field(() => String, { description: 'Name（代码）.' })
  code: string

  @Field(() => String, { description: 'Chinese title（名称）.' })
  titleZh: string

  @Field(() => String, { description: 'English title（英文名称）.' })
  titleEn: string

  @Field(() => String, { description: 'Version of the plugin（版本）.' })
  version: string

  @Field(() => String, { description: 'Core versions that it was made for（适用核心版本）.' })
  coreRange: string

  @Field(() => Int, { description: '0 content only, 1 content and indicators, 2 code（层级）.' })
  tier: number

  @Field(() => PluginSource, { description: 'Where it was found（来源）.' })
  source: keyof typeof PluginSource

  @Field(() => PluginStateEnum, { description: 'What became of it（状态）.' })
  state: keyof typeof pluginMachine.states

  @Field(() => DateTime, { description: 'Since when it is in this state（起始时间）.' })
  since: string

  @Field(() => PluginPhase, { nullable: true, description: 'The phase in which it failed（失败阶段）.' })
  phase: keyof typeof PluginPhase | null

  @Field(() => String, { nullable: true, description: 'Why it does not run（原因）.' })
  reason: string | null

  @Field(() => [PluginProblemInfo], { description: 'Everything that is wrong with it（问题）.' })
  problems: PluginProblemInfo[]

  @Field(() => PluginProvides, { nullable: true, description: 'What it brings（提供内容）.' })
  provides: PluginProvides | null

  @Field(() => String, { nullable: true, description: 'Release of its catalog in use（目录版本）.' })
  catalogVersion: string | null

  @Field(() => [PluginLeftover], { description: 'Data that is kept while it does not run（遗留数据）.' })
  leftovers: PluginLeftover[]
}
