import { isIPv6 } from 'node:net'

/**
 * What counts as one address: an IPv4 address, however written, and of IPv6 the first 64 bits, because whoever has one such address has
 * all that begin with them.
 */
export function addressKey(address: string): string {
  if (!address.includes(':')) return address
  const plain = address.split('%')[0]!
  const v4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1]
  if (v4 !== undefined) return v4
  if (!isIPv6(plain)) return plain
  const [head = '', tail = ''] = plain.toLowerCase().split('::')
  const left = head ? head.split(':') : []
  const right = tail ? tail.split(':') : []
  const all = plain.includes('::') ? [...left, ...Array.from({ length: 8 - left.length - right.length }, () => '0'), ...right] : left
  return `${all.slice(0, 4).map(part => part.replace(/^0+(?=.)/, '')).join(':')}::/64`
}
