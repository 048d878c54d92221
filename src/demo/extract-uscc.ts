const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const USCC_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
const BODY_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]

/** GB 11714: letters count from A = 10 without gaps. */
function bodyCheck(body: string): string {
  const sum = [...body].reduce((total, c, i) => total + parseInt(c, 36) * BODY_WEIGHTS[i], 0)
  return '0123456789X'[(11 - (sum % 11)) % 11]
}

/** GB 32100: 31 characters, without I, O, S, V and Z. */
function usccCheck(first17: string): string {
  const sum = [...first17].reduce((total, c, i) => total + ALPHABET.indexOf(c) * USCC_WEIGHTS[i], 0)
  return ALPHABET[(31 - (sum % 31)) % 31]
}

/**
 * A unified social credit code (统一社会信用代码) that passes both checks and belongs to nobody: the body code begins with FK9.
 * `serial` is at most 5 digits and must not be used twice.
 */
export function syntheticUscc(kind: '11' | '12', division: string, serial: number): string {
  const body = `FK9${String(serial).padStart(5, '0')}`
  const first17 = kind + division + body + bodyCheck(body)
  return first17 + usccCheck(first17)
}
