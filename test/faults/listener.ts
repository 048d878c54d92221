import pino from 'pino'
import { Database } from '../../src/database/database'
import { Dispatcher, subscriber } from '../../src/database/events'
import { Signals } from '../../src/database/signals'
import { riskEvents } from '../../src/domain/risk'

/** A process that hears of failed tests and notes each of them; a `poison` one ends it, as a crash in a library would. */
async function listen(url: string): Promise<void> {
  const db = new Database(url, { readConnections: 2, writeConnections: 2 })
  const signals = new Signals(url)
  await signals.open()
  const who = subscriber({
    name: 'fault-listener', as: 'noteFailedTest', on: [riskEvents.controlTestFailed],
    async handle(tx, event) {
      tx.audit('control', event.subjectId, null, { testId: event.payload.testId })
      await tx.flush()
      if (event.payload.testId === 'poison') process.exit(7)
      await new Promise(done => setTimeout(done, 10))
    },
  })
  await Dispatcher.start(db, signals, [who], { log: pino({ level: 'silent' }), poll: 100, firstPause: 50, attempts: 4 })
  // Its parent is the only one who wants it.
  process.stdin.resume().on('end', () => process.exit(0))
}

void listen(process.argv[2]!)
