/** Names that Windows keeps for devices, whatever their ending. */
const DEVICES = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³])\s*(\..*)?$/i
/** Controls, marks that turn the reading direction, what has no width, halves of surrogate pairs: they make a name look like another one. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu
const RESERVED = /[<>:"|?*]/g
const MAX_BYTES = 180

/**
 * A client's file name as it may be shown and offered for saving: the last part of a path, without anything invisible or reserved. It names
 * a download and nothing else; no path on the server is ever made of it.
 */
export function safeFileName(given: string): string {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1)!
  const clean = last.replace(INVISIBLE, '').replace(RESERVED, '_').replace(/\s+/g, ' ').replace(/^[. ]+|[. ]+$/g, '')
  const name = DEVICES.test(clean) ? `_${clean}` : clean
  return shortened(name) || 'evidence'
}

/** At most so many bytes that every file system takes the name; the ending stays. */
function shortened(name: string): string {
  if (Buffer.byteLength(name) <= MAX_BYTES) return name
  const ending = /\.[\w]{1,8}$/.exec(name)?.[0] ?? ''
  let stem = ''
  for (const char of name.slice(0, name.length - ending.length)) {
    if (Buffer.byteLength(stem + char + ending) > MAX_BYTES) break
    stem += char
  }
  return stem.trimEnd() + ending
}
