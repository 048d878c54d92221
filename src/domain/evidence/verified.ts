import { createHash } from 'node:crypto'
import { Transform, type Readable } from 'node:stream'

/**
 * The same bytes, but the last of them only when all together have this SHA-256: a reader of a damaged or exchanged file gets a broken
 * transfer, never a whole file that is not the evidence.
 */
export function verified(content: Readable, sha256: string): Readable {
  const hash = createHash('sha256')
  let held: Buffer | null = null
  const check = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk)
      const before = held
      held = chunk
      done(null, before)
    },
    flush(done) {
      if (hash.digest('hex') !== sha256) done(new Error('An evidence file is not the one that was attached.'))
      else done(null, held)
    },
  })
  content.once('error', error => check.destroy(error))
  check.once('close', () => content.destroy())
  return content.pipe(check)
}
