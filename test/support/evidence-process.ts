import { Readable } from 'node:stream'
import { DiskEvidenceStore } from '../../src/domain/evidence/disk-store'

const forever = new Promise<never>(() => { setInterval(() => undefined, 1_000) })
const arrived = (): Promise<never> => {
  process.stdout.write('here\n')
  return forever
}

/** Puts a file into a store and never gets past a point: while its bytes come in, or when it is whole but not yet in its place. */
async function main(directory: string, point: string): Promise<void> {
  const store = await DiskEvidenceStore.open(directory)
  const content = Readable.from((async function * () {
    for (let i = 0; i < 200; i++) {
      if (point === 'writing' && i === 100) await arrived()
      yield Buffer.alloc(1_000, 'x')
    }
  })())
  await store.put(content, { maxBytes: 1_000_000, inspect: arrived })
}

void main(process.argv[2]!, process.argv[3]!)
