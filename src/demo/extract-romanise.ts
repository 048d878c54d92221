import { addDict, pinyin } from 'pinyin-pro'

// Readings of place names that the dictionary gives as in ordinary words.
addDict({ 曾: 'zēng', 柏: 'bǎi', 曾家: 'zēng jiā', 柏林: 'bǎi lín', 柏林沟: 'bǎi lín gōu', 重岩: 'chóng yán' }, { name: 'places', dict1: 'replace' })

/** Longest ending first. What is before the ending is written in pinyin, the ending in English. */
const ENDINGS: readonly (readonly [string, string])[] = [
  ['国家级自然保护区虚拟生活区', ' National Nature Reserve Living Area'], ['自然保护区管理处', ' Nature Reserve Office'],
  ['国家级自然保护区', ' National Nature Reserve'], ['森林经营所', ' Forest Station'], ['县良种场虚拟生活区', ' Seed Farm Living Area'],
  ['林场虚拟生活区', ' Forest Farm Living Area'], ['农场虚拟生活区', ' Farm Living Area'], ['县良种场', ' Seed Farm'], ['回族乡', ' Hui Township'],
  ['街道', ' Subdistrict'], ['社区', ' Community'], ['镇', ' Town'], ['乡', ' Township'], ['村', ' Village'], ['区', ' District'], ['县', ' County'], ['市', ' City'],
]

/** 羊盘村 -> Yangpan Village. For reading only: nothing is looked up by it. */
export function romanise(nameZh: string): string {
  const name = nameZh.replace(/^苍溪县?(?=九龙山|三溪口)/, '')
  const [zh, en] = ENDINGS.find(([ending]) => name.endsWith(ending)) ?? ['', '']
  const syllables = pinyin(name.slice(0, name.length - zh.length), { toneType: 'none', type: 'array' })
  const word = syllables.map((s, i) => (i > 0 && /^[aeo]/.test(s) ? `'${s}` : s)).join('')
  return word.charAt(0).toUpperCase() + word.slice(1) + en
}
