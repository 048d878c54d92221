const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/** May keys be fetched from here? Whoever can change them on their way can be anybody: in production it is https, or this machine. */
export function trustworthy(url: string, production: boolean): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  return protocol === 'https:' || (protocol === 'http:' && (!production || LOOPBACK.test(hostname)))
}
