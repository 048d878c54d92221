import type { Telling } from '../scope-walk/telling'
import type { Ground } from './ground'

/** A file of posts that is called off while a server works on it. */
export async function jobs({ county: c, does, sends }: Telling, { bureau }: Ground): Promise<void> {
  const workbookId = await sends({ name: 'posts.csv', content: `unitCode,code,nameZh,powerBearing\n${c.mark}-HEALTH,${c.mark}-W-POST,岗位,否` })
  const { id } = (await does('startImport', { kind: 'positions', unitId: bureau, workbookId }))['job']!
  await c.find('job', `UPDATE job SET state = 'RUNNING', runner = 'another', lease_until = now() + interval '1 hour' WHERE id = $1 RETURNING id`, [id.slice(-36)])
  await does('cancelJob', { id })
}
