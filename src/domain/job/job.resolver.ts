import { Arg, Ctx, Field, ID, Mutation, ObjectType, Query, Resolver, Root, Subscription } from 'type-graphql'
import { holdsAnywhere } from '../../core/actor'
import type { RequestContext } from '../../core/request'
import type { Database } from '../../database/database'
import { importKinds } from './import-kinds'
import { CancelJobInput, StartImportInput } from './job.inputs'
import type { JobService } from './job.service'
import { jobMachine } from './job.states'
import { ImportKindInfo, Job } from './job.types'
import { watchJob } from './job-watch'

@ObjectType({ description: 'The job that a command changed（操作结果）.' })
export class JobPayload {
  @Field(() => Job, { description: 'The job as it is now（任务）.' })
  job: Job
}

@Resolver()
export class JobResolver {
  constructor(private readonly jobs: JobService, private readonly db: Database) {}

  @Query(() => [ImportKindInfo], { description: 'What the viewer may have imported; files are sent to `POST /workbooks` first（可导入的类型）.' })
  importKinds(@Ctx() ctx: RequestContext): ImportKindInfo[] {
    return [...importKinds(this.db).values()].filter(k => holdsAnywhere(ctx.actor, k.roles)).map(({ name, title }) => ({ kind: name, titleZh: title.zh, titleEn: title.en }))
  }

  @Mutation(() => JobPayload, { description: jobMachine.commands.startImport.description })
  async startImport(@Arg('input', () => StartImportInput) input: StartImportInput, @Ctx() ctx: RequestContext): Promise<JobPayload> {
    return this.answer(ctx, await this.jobs.startImport(ctx, input))
  }

  @Mutation(() => JobPayload, { description: jobMachine.commands.cancelJob.description })
  async cancelJob(@Arg('input', () => CancelJobInput) input: CancelJobInput, @Ctx() ctx: RequestContext): Promise<JobPayload> {
    return this.answer(ctx, await this.jobs.cancel(ctx, input))
  }

  @Subscription(() => Job, {
    nullable: true,
    subscribe: ({ args, context }) => watchJob((args as { id: string }).id, context as RequestContext),
    description: 'Tells how far a job has come: as it is now, about once a second while it runs, and its end, with which the subscription ends. Over WebSocket (graphql-transport-ws) only（任务进度订阅）.',
  })
  jobProgress(@Arg('id', () => ID, { description: 'The job（任务）.' }) _id: string, @Root() job: Job): Job {
    return job
  }

  private async answer(ctx: RequestContext, id: string): Promise<JobPayload> {
    return { job: await ctx.read.one('Job', id) as Job }
  }
}
