import { pinyin } from 'pinyin-pro'

/** How a Chinese name is ordered and found. */
export interface Romanised {
  /**
   * `guang3 yuan2 shi4  guangyuanshi`: syllables with tones put a list into pinyin order in plain byte order; the same without
   * tones and spaces stands after two spaces, so that a search for any part of what people type finds it.
   */
  readonly pinyin: string
  /** `gys` */
  readonly initials: string
}

const SYLLABLE = /^([a-z]+)[0-5]$/
const HAN = /\p{Script=Han}/u

/**
 * Pinyin of a name, computed when the name is written. Characters with several readings are read as the words of a dictionary suggest,
 * which can miss the local reading of a place name: such a name is still found by its characters. ü is written v. Letters and digits stay, in
 * lower case; everything else only separates.
 */
export function romanise(name: string): Romanised {
  const normal = name.normalize('NFKC')
  const words: string[] = []
  let plain = ''
  let initials = ''
  let latin = false
  for (const token of pinyin(normal, { toneType: 'num', type: 'array', v: true })) {
    const syllable = SYLLABLE.exec(token)?.[1]
    const letter = syllable ?? (/^[\p{L}\p{N}]$/u.test(token) ? token.toLowerCase() : '')
    if (syllable || HAN.test(token)) words.push(token)
    else if (letter && latin) words[words.length - 1] += letter
    else if (letter) words.push(letter)
    latin = !syllable && !HAN.test(token) && letter !== ''
    plain += letter
    initials += [...letter][0] ?? ''
  }
  return { pinyin: `${words.join(' ')}  ${plain}`, initials }
}
