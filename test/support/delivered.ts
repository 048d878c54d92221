import { setTimeout as pause } from 'node:timers/promises'
import pino from 'pino'
import { Dispatcher, type Subscriber } from '../../src/database/events'
import { wantsToTake } from '../../src/database/events/delivery.repository'
import { Signals } from '../../src/database/signals'
import type { TestDatabase } from './database'

export interface Delivery {
  /** Resolves when everything that happened so far was brought to whom it concerns. */
  delivered(): Promise<void>
  stop(): Promise<void>
}

/** Brings events as the product does, woken by what commands say. */
export async function delivery({ db, url }: TestDatabase, subscribers: readonly Subscriber[]): Promise<Delivery> {
  const signals = new Signals(url)
  await signals.open()
  const dispatcher = await Dispatcher.start(db, signals, subscribers, { log: pino({ level: 'silent' }), poll: 200, firstPause: 20 })
  const left = async (): Promise<boolean> => {
    const waiting = await Promise.all(subscribers.map(s => wantsToTake(db, s.name, s.on.map(k => k.type))))
    const figures = await dispatcher.figures()
    expect(figures.filter(f => f.parked)).toEqual([])
    return waiting.includes(true) || figures.some(f => f.waiting)
  }
  return {
    delivered: async () => { while (await left()) await pause(20) },
    stop: async () => {
      await dispatcher.stop()
      await signals.close()
    },
  }
}
