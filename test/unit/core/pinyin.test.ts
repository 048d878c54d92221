import { romanise } from '../../../src/core/pinyin'

const sorted = (names: string[]): string[] => names.map(name => [romanise(name).pinyin, name] as const).sort(([a], [b]) => (a < b ? -1 : 1)).map(([, name]) => name)
/** As the `matches` filter compares: without spaces. */
const found = (name: string, typed: string): boolean => {
  const { pinyin, initials } = romanise(name)
  return [pinyin, initials].some(column => column.replaceAll(' ', '').includes(typed))
}

test('a name is found by pinyin, by a part of it, and by initials', () => {
  const name = '广元市卫生健康委员会'
  expect(romanise(name).initials).toBe('gyswsjkwyh')
  for (const typed of ['guangyuan', 'weishengjiankang', 'gys', 'wsjk', 'guangyuanshiwei']) expect(found(name, typed)).toBe(true)
  for (const typed of ['guangan', 'wjsk']) expect(found(name, typed)).toBe(false)
})

test('byte order of the pinyin is pinyin order: syllable by syllable, then tone, shorter names first', () => {
  expect(sorted(['先', '西安', '西峰', '广元市', '广元', '昭化', '照化', '安'])).toEqual(['安', '广元', '广元市', '西安', '西峰', '先', '昭化', '照化'])
})

test('readings follow the words of the name where the dictionary knows them', () => {
  expect(romanise('重庆银行').pinyin).toContain('chong2 qing4 yin2 hang2')
  expect(romanise('行长').initials).toBe('hz')
})

test('ü is v, full-width becomes plain, letters and digits stay together, punctuation only separates', () => {
  expect(romanise('绿女').initials).toBe('ln')
  expect(found('绿女', 'lvnv')).toBe(true)
  expect(romanise('Ａ12院（东区）')).toEqual({ pinyin: 'a12 yuan4 dong1 qu1  a12yuandongqu', initials: 'a12ydq' })
})

test('a character without a reading stays itself, whole also outside the basic plane', () => {
  const { pinyin, initials } = romanise('\u{20BB7}\u{2A6A5}村')
  expect(/\p{Surrogate}/u.test(pinyin)).toBe(false)
  expect(/\p{Surrogate}/u.test(initials)).toBe(false)
  expect(romanise('').pinyin.trim()).toBe('')
})
