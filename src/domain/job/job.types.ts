import { Field, Int, ObjectType } from 'type-graphql'
import { Auditable, NodeInterface, Stateful } from '../interfaces'
import { labelledEnum, stateEnum } from '../labels'
import { DateTime } from '../scalars'
import { jobMachine, type JobState } from './job.states'

export const JobStateEnum = stateEnum('JobState', 'Where a job stands（任务状态）.', jobMachine)

export const JobPhase = labelledEnum('JobPhase', 'What a job is at（任务阶段）.', {
  READING: { zh: '读取', en: 'Reading', description: 'Reads the file cell by cell' },
  CHECKING: { zh: '校验', en: 'Checking', description: 'Checks the rows against each other and against what is there' },
  WRITING: { zh: '写入', en: 'Writing', description: 'Writes the rows' },
})
export type JobPhase = keyof typeof JobPhase

export const JobCounting = labelledEnum('JobCounting', 'What the progress of a job is counted in（进度单位）.', {
  ROWS: { zh: '行', en: 'Rows' },
  PERCENT: { zh: '百分比', en: 'Percent' },
})
export type JobCounting = keyof typeof JobCounting

@ObjectType({ description: 'What is wrong with one place of a file（导入问题）.' })
export class JobProblem {
  @Field(() => String, { description: 'Sheet; of a CSV file its name; empty when the file as a whole is meant（工作表）.' })
  sheet: string

  @Field(() => Int, { description: 'Row as a spreadsheet program counts, from 1; 0 when the file as a whole is meant（行号）.' })
  row: number

  @Field(() => String, { description: 'Header of the column as it stands in the file; empty when the whole row is meant（列名）.' })
  column: string

  @Field(() => String, { description: 'The cell, `C17`; empty when there is no single one（单元格）.' })
  cell: string

  @Field(() => String, { description: 'What is wrong: REQUIRED, NOT_A_DATE, DUPLICATE, an invariant such as INV-41（问题代码）.' })
  code: string

  @Field(() => String, { description: 'The sentence in Chinese（中文说明）.' })
  messageZh: string

  @Field(() => String, { description: 'The sentence in English（英文说明）.' })
  messageEn: string
}

@ObjectType({
  implements: [NodeInterface, Auditable, Stateful],
  description: 'Work that somebody asked for and does not wait for: the import of a file. It is done with the rights of whoever asked, as they are when it runs; what it writes is written as a whole or not at all（后台任务）.',
})
export class Job {
  @Field(() => String, { description: 'What is imported, as `importKinds` lists it: `units`, `health-procurement.contracts`（导入类型）.' })
  kind: string

  @Field(() => JobStateEnum, { description: 'Where it stands（状态）.' })
  state: JobState

  @Field(() => String, { description: 'Name of the file（文件名）.' })
  fileName: string

  @Field(() => Int, { description: 'Size of the file in bytes（文件大小）.' })
  sizeBytes: number

  @Field(() => String, { description: 'SHA-256 of the file, hexadecimal. The file itself is destroyed when the job ends（文件校验值）.' })
  sha256: string

  @Field(() => JobPhase, { nullable: true, description: 'What it is at; null while nothing is known（阶段）.' })
  phase: JobPhase | null

  @Field(() => Int, { description: 'How much of this phase is done（已完成数）.' })
  done: number

  @Field(() => Int, { nullable: true, description: 'Of how much; null while that is not known（总数）.' })
  total: number | null

  @Field(() => JobCounting, { description: 'What both are counted in（进度单位）.' })
  countedIn: JobCounting

  @Field(() => DateTime, { nullable: true, description: 'When a server took it up first（开始时间）.' })
  startedAt: string | null

  @Field(() => DateTime, { nullable: true, description: 'When it ended, however it did（结束时间）.' })
  finishedAt: string | null

  @Field(() => Int, { nullable: true, description: 'Rows that it added; null until it succeeded（新增行数）.' })
  added: number | null

  @Field(() => Int, { nullable: true, description: 'Rows that it changed（修改行数）.' })
  changed: number | null

  @Field(() => Int, { nullable: true, description: 'Rows that were there as they are（未变行数）.' })
  unchanged: number | null

  @Field(() => String, { nullable: true, description: 'Why it failed: the code of the error, BAD_INPUT where the file has problems, the name of a limit, FORBIDDEN where the rights were gone, PROCESS_ENDED where servers ended while they worked on it（失败原因）.' })
  failure: string | null

  @Field(() => Int, { description: 'How many problems the file has（问题总数）.' })
  problemCount: number

  @Field(() => [JobProblem], { description: 'The first 200 of them, in the order of the file（问题明细）.' })
  problems: JobProblem[]
}

@ObjectType({ description: 'A kind of file that the viewer may have imported（导入类型）.' })
export class ImportKindInfo {
  @Field(() => String, { description: 'Its name, for `startImport`（名称）.' })
  kind: string

  @Field(() => String, { description: 'What it brings（中文名称）.' })
  titleZh: string

  @Field(() => String, { description: 'What it brings, in English（英文名称）.' })
  titleEn: string
}
