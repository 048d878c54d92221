import type { Telling } from '../scope-walk/telling'
import { clues } from './clues'
import { groundOf } from './ground'
import { campaigns, hearings } from './hearings'
import { jobs } from './jobs'
import { registers } from './registers'
import { decisions, letters, measures, rectifications } from './remedies'
import { activities, findings } from './supervision'
import { rules, years } from './years'

/** After its story a county goes every other way that the state tables allow: each command once from each state that it may be given in. */
export async function goEveryWay(t: Telling): Promise<void> {
  const ground = await groundOf(t)
  for (const way of [registers, years, rules, rectifications, letters, decisions, measures, activities, findings, clues, hearings, campaigns, jobs]) await way(t, ground)
}
