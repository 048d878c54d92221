import type { Tier } from '../sdk/manifest'

/** What a new plugin is made from. */
export interface ScaffoldOptions {
  /** Folder with one plugin a sub-folder. */
  folder: string
  name: string
  tier: Tier
  titleZh: string
  titleEn: string
}
