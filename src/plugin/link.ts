import { clashProblem, findClashes, yielding } from './clashes'
import type { Probed } from './find-and-probe'
import { inOrder, missingRequirements } from './order'
import type { Outcome } from './outcome'
import { failure } from './problem'

/**
 * Sets the plugins against each other: who is there, who clashes, who needs whom. The answer is in the order in which they can be brought up,
 * whatever order they were found in. `ran`: plugins that ran before this start.
 */
export function link(probed: readonly Probed[], ran: ReadonlySet<string>): Outcome[] {
  const outcomes = new Map<string, Outcome>()
  for (const { found, enabled, examined } of probed) {
    outcomes.set(found.name, {
      name: found.name, found, manifest: examined.manifest, descriptor: examined.descriptor, failure: examined.failure,
      state: !enabled ? 'DISABLED' : examined.failure || !examined.descriptor ? 'QUARANTINED' : 'ENABLED',
    })
  }
  const all = [...outcomes.values()]
  quarantineClashes(all, ran)
  quarantineUnmet(all)
  const running = all.filter(o => o.state === 'ENABLED')
  const { order, rings } = inOrder(running.map(o => o.manifest!))
  for (const o of running) if (rings.has(o.name)) put(o, { code: 'REQUIRES', message: `${o.name} and others need each other in a ring: ${[...rings].sort().join(', ')}.` })
  return [...order.map(name => outcomes.get(name)!), ...all.filter(o => o.state !== 'ENABLED').sort((a, b) => (a.name < b.name ? -1 : 1))]
}

const put = (o: Outcome, ...problems: Parameters<typeof failure>[1][]): void => {
  o.state = 'QUARANTINED'
  o.failure = failure('LINK', ...problems)
}

function quarantineClashes(all: readonly Outcome[], ran: ReadonlySet<string>): void {
  const running = all.filter(o => o.state === 'ENABLED')
  const clashes = findClashes(running.map(o => o.descriptor!), [])
  for (const o of running) {
    const lost = clashes.filter(c => yielding(c, ran).includes(o.name))
    if (lost.length) put(o, ...lost.map(c => clashProblem(c, o.name)))
  }
}

/** Again and again: one that falls takes those that need it along. */
function quarantineUnmet(all: readonly Outcome[]): void {
  const known = new Map(all.map(o => [o.name, o.manifest?.version ?? '']))
  for (let fell = true; fell;) {
    fell = false
    const running = new Map(all.filter(o => o.state === 'ENABLED').map(o => [o.name, o.manifest!.version]))
    for (const o of all) {
      if (o.state !== 'ENABLED') continue
      const unmet = missingRequirements(o.manifest!, running, known)
      if (!unmet.length) continue
      put(o, ...unmet)
      fell = true
    }
  }
}
