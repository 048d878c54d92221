import type { Role } from '../../core/actor'
import { auditable, enumeration, instant, int, noun, text, type NounEdge } from '../../core/reads'
import { transitions } from '../audit'
import { IMPORTERS } from '../import'
import { jobMachine } from './job.states'

/** Those who bring files, and those who answer for the unit or supervise it. What is wrong with a file may tell what stands in it. */
export const JOB_READERS: readonly Role[] = [...IMPORTERS, 'UNIT_APPROVER', 'SUPERVISOR', 'COMMISSION_APPROVER']

export const jobReads = noun({
  type: 'Job', prefix: 'job', table: 'job', scope: { by: 'unit', column: 'unit_id', roles: JOB_READERS }, permission: JOB_READERS,
  columns: {
    id: { kind: 'id' }, kind: text(), state: enumeration('JobState'), allowedCommands: { kind: 'commands', machine: jobMachine }, fileName: text(), sizeBytes: int(), sha256: text(),
    phase: enumeration('JobPhase', { nullable: true }), done: int(), total: int({ nullable: true }), countedIn: enumeration('JobCounting'),
    startedAt: instant({ nullable: true }), finishedAt: instant({ nullable: true }), added: int({ nullable: true }), changed: int({ nullable: true }), unchanged: int({ nullable: true }),
    failure: text({ nullable: true }), problemCount: int(),
    problems: { kind: 'objects', of: 'JobProblem', fields: { sheet: 'text', row: 'int', column: 'text', cell: 'text', code: 'text', messageZh: 'text', messageEn: 'text' } },
    ...auditable,
  },
  edges: {
    unit: { card: 'one', to: 'Unit', key: 'unit_id', nullable: true, description: 'The unit that it was asked for; null when it is out of the viewer\'s sight（所属单位）.' },
    transitions,
  },
  filters: {
    kind: { type: 'text' }, state: { type: 'enum', enum: 'JobState' }, createdBy: { type: 'text' },
    unit: { type: 'ref', of: 'Unit', sql: 'unit_id', within: true },
  },
  orders: { CREATED_AT: { type: 'id', sql: 'id' } },
  defaultOrder: [{ field: 'CREATED_AT', direction: 'DESC' }],
  root: { one: 'job', many: 'jobs', oneDescription: 'One job by id（后台任务）.', manyDescription: 'Jobs, the newest first（后台任务列表）.' },
})

export const jobEdges: readonly NounEdge[] = [
  { on: 'Unit', field: 'jobs', edge: { card: 'connection', to: 'Job', by: 'unit_id', rule: JOB_READERS, description: 'Jobs that were asked for it（后台任务）.' } },
]
