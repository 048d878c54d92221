import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Product, Reply } from './product'

const COMMANDS = {
  identifyRiskPoint: `mutation ($input: IdentifyRiskPointInput!) { identifyRiskPoint(input: $input) { riskPoint { id rowVersion } } }`,
  rateRiskPoint: `mutation ($input: RateRiskPointInput!) { rateRiskPoint(input: $input) { riskPoint { id rowVersion } } }`,
  editRiskPoint: `mutation ($input: EditRiskPointInput!) { editRiskPoint(input: $input) { riskPoint { id rowVersion } } }`,
  grantRole: `mutation ($input: GrantRoleInput!) { grantRole(input: $input) { roleGrant { id } } }`,
} as const
type Mutation = keyof typeof COMMANDS

/** One command as it was, or will be, sent: it can be repeated word for word; and what was told last. */
interface Sent { command: Mutation | 'attachEvidence'; input: Record<string, unknown> & { idempotencyKey: string }; told?: Reply | string }
interface Point { id: string; rowVersion: number }
interface Persons { data: { persons: { nodes: Point[]; pageInfo: { endCursor: string; hasNextPage: boolean } } } }

const PLACE = `{ unitByCode(code: "510821-HEALTH") { id positions(first: 1) { nodes { id } } } }`
const PROPOSE = `mutation ($input: ProposePowerInput!) { proposePower(input: $input) { power { id } } }`
const PERSONS = 'query ($after: String) { persons(first: 100, after: $after) { nodes { id } pageInfo { endCursor hasNextPage } } }'

/** Which request it was that did what stands under a key: commands that are written in one transaction are told apart by their rows. */
const DONE = `kept AS (SELECT key, command, xmin::text::bigint AS tx, coalesce(result ->> 'id', result #>> '{}') AS row FROM idempotent_request),
  done AS (SELECT k.*, a.request_id FROM kept k JOIN audit_record a ON a.tx = k.tx AND a.command = k.command AND a.subject_id::text = k.row)`

/** What every committed command leaves beside its row: in the transaction that keeps its key. */
const TRACES = `
  WITH ${DONE}, asked AS (SELECT DISTINCT * FROM done WHERE key = ANY ($1)),
  trace (tx, row, what) AS (
    SELECT tx, subject_id, 'event ' || type FROM outbox_event
    UNION ALL SELECT xmin::text::bigint, subject_id, 'transition' FROM state_transition UNION ALL SELECT xmin::text::bigint, risk_point_id, 'rating' FROM risk_rating
    UNION ALL SELECT c.xmin::text::bigint, l.risk_point_id, 'control' FROM control c JOIN control_risk_point l ON l.control_id = c.id
    UNION ALL SELECT xmin::text::bigint, id, 'evidence' FROM evidence UNION ALL SELECT xmin::text::bigint, id, 'grant' FROM role_grant
    UNION ALL SELECT xmin::text::bigint, id, 'history' FROM risk_point_history),
  left_behind AS (
    SELECT key, asked.command, what FROM asked JOIN trace ON trace.tx = asked.tx AND trace.row::text = asked.row
    UNION ALL SELECT key, asked.command, 'audit of ' || subject_type FROM asked JOIN audit_record USING (tx, request_id))
  SELECT key, command, string_agg(what, ', ' ORDER BY what) AS traces FROM left_behind GROUP BY key, command`

/** Clients of several kinds that write without a pause, and remember what they were told. */
export class Writers {
  private readonly acknowledged = new Map<string, Sent>()
  private readonly refused = new Map<string, Sent>()
  private unknown: Sent[] = []
  private readonly usual = new Map<string, string>()
  private readonly persons: string[] = []
  private editor = ''
  private admin = ''
  private place!: { unitId: string; ownerPositionId: string; powerId: string }
  private on = false
  /** Requests whose connection broke after it had come about. */
  broken = 0

  constructor(private readonly product: Product) {}

  get done(): number {
    return this.acknowledged.size
  }

  /** Commands that were refused, or of which nobody knows what became of them. */
  get open(): number {
    return this.refused.size + this.unknown.length
  }

  /** Learns where it may write, and from one command of each kind, undisturbed, what they leave. */
  async prepare(): Promise<void> {
    this.editor = this.product.token('wangcang-health-editor')
    this.admin = this.product.token('platform-admin')
    const { data } = await this.product.ask(PLACE, {}, this.editor) as { data: { unitByCode: { id: string; positions: { nodes: Point[] } } } }
    const { id: unitId, positions: { nodes: [position] } } = data.unitByCode
    const input = { unitId, code: 'kill', nameZh: '药械采购', category: 'PROCUREMENT', significance: 'GENERAL', positionIds: [position!.id] }
    const proposed = await this.product.ask(PROPOSE, { input }, this.editor) as { data: { proposePower: { power: Point } } }
    this.place = { unitId, ownerPositionId: position!.id, powerId: proposed.data.proposePower.power.id }
    let after: string | null = null
    do {
      const { data: { persons } } = await this.product.ask(PERSONS, { after }, this.admin) as Persons
      this.persons.push(...persons.nodes.map(n => n.id))
      after = persons.pageInfo.hasNextPage ? persons.pageInfo.endCursor : null
    } while (after !== null)
    // The first hold roles that keep others away.
    this.persons.splice(0, 100)
    await this.round()
    await this.expectExactlyOnce(traces => {
      for (const { command, traces: what } of traces) this.usual.set(command, what)
    })
    if (this.usual.size !== 5) throw new Error(`Not every kind of command works: ${JSON.stringify([...this.usual])}`)
  }

  /** Writes with this many clients during `work`; where one of them cannot go on, nobody does, and that is told. */
  async during(clients: number, work: () => Promise<void>): Promise<void> {
    this.on = true
    const running = Array.from({ length: clients }, async () => {
      try {
        while (this.on) await this.round()
      } finally {
        this.on = false
      }
    })
    try {
      await work()
    } finally {
      this.on = false
      await Promise.allSettled(running)
    }
    await Promise.all(running)
  }

  /** Until this many further commands were acknowledged, or nobody writes any more. */
  async further(commands: number): Promise<void> {
    for (const before = this.done; this.on && this.done < before + commands;) await sleep(10)
  }

  /** Repeats what nobody knows of, and what was said not to be done, with the same keys: afterwards all of it is done. */
  async settle(): Promise<void> {
    const again = [...this.unknown, ...this.refused.values()]
    this.unknown = []
    this.refused.clear()
    for (const sent of again) await this.send(sent)
    const open = [...this.unknown, ...this.refused.values()]
    if (open.length) throw new Error(`Not settled: ${JSON.stringify(open)}`)
  }

  /** Every acknowledged command stands in the database whole and once; what was told NOT_DONE does not; nothing else was written. */
  async expectExactlyOnce(also: (traces: { key: string; command: string; traces: string }[]) => void = () => undefined): Promise<void> {
    await this.product.database(async client => {
      const keys = [...this.acknowledged.keys()]
      const { rows } = await client.query<{ key: string; command: string; traces: string }>(TRACES, [[...keys, ...this.unknown.map(s => s.input.idempotencyKey)]])
      also(rows)
      const found = new Map(rows.map(r => [r.key, r]))
      const lost = keys.filter(key => !found.has(key))
      const wrong = rows.filter(r => r.traces !== this.usual.get(r.command))
      const done = (await client.query<{ key: string }>('SELECT key FROM idempotent_request WHERE key = ANY ($1)', [[...this.refused.keys()]])).rows
      const { rows: [beyond] } = await client.query<{ count: string }>(
        `WITH ${DONE} SELECT count(*) FROM audit_record WHERE command = ANY ($1) AND actor <> 'system:demo' AND (tx, request_id) NOT IN (SELECT tx, request_id FROM done)`, [[...Object.keys(COMMANDS), 'attachEvidence']])
      const problems = { lost, wrong, refusedButDone: done, beyond: Number(beyond!.count) }
      if (lost.length || wrong.length || done.length || problems.beyond) throw new Error(JSON.stringify(problems, null, 1))
    })
  }

  /** A risk point with its control, rated, edited, with a file of evidence; and a grant. Ends early when something is not acknowledged. */
  private async round(): Promise<void> {
    const { unitId, ownerPositionId, powerId } = this.place
    const code = `kill-${randomUUID()}`
    const control = { code, description: '双人复核', nature: 'PREVENTIVE', mode: 'MANUAL', frequency: 'MONTHLY', ownerPositionId }
    const point = await this.point('identifyRiskPoint', { powerId, code, description: '围标串标', category: 'PROCESS', ownerPositionId, controls: [control] })
    if (!point) return
    const rated = await this.point('rateRiskPoint', { id: point.id, likelihood: 2, impact: 3, rowVersion: point.rowVersion })
    if (!rated) return
    await this.point('editRiskPoint', { id: point.id, description: '量身定制参数', rowVersion: rated.rowVersion })
    await this.send(this.next('attachEvidence', { subjectId: point.id, title: code, sensitivity: 'INTERNAL', collectedAt: '2026-01-05T08:00:00Z' }))
    const personId = this.persons.pop()
    if (personId) await this.send(this.next('grantRole', { personId, unitId, role: 'LEADER_READER' }))
  }

  private next(command: Sent['command'], input: Record<string, unknown>): Sent {
    return { command, input: { ...input, idempotencyKey: randomUUID() } }
  }

  private async point(command: Mutation, input: Record<string, unknown>): Promise<Point | null> {
    const reply = await this.send(this.next(command, input))
    return (reply?.data as Record<string, { riskPoint: Point } | null> | null)?.[command]?.riskPoint ?? null
  }

  /** The answer when the command was acknowledged. */
  private async send(sent: Sent): Promise<Reply | null> {
    const { command, input } = sent
    const reply = await (command === 'attachEvidence' ? this.product.attach(input, this.editor)
      : this.product.ask(COMMANDS[command], { input }, command === 'grantRole' ? this.admin : this.editor)).catch((error: Error) => {
        const { code = '' } = (error.cause ?? {}) as { code?: string }
        if (code !== 'ECONNREFUSED') this.broken++
        sent.told = `${error.name} ${error.message} ${code}`
        return null
      })
    if (reply) sent.told = reply
    if (reply && reply.code === null) this.acknowledged.set(input.idempotencyKey, sent)
    else if (reply?.outcome === 'NOT_DONE') {
      // Only for want of a database may anything be refused here.
      if (reply.code !== 'UNAVAILABLE') throw new Error(`${command} was refused: ${JSON.stringify(reply)}`)
      this.refused.set(input.idempotencyKey, sent)
    } else this.unknown.push(sent)
    return reply && reply.code === null ? reply : null
  }
}

