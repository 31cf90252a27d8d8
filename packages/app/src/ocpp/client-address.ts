import type { IncomingMessage } from 'node:http'
import { BlockList, isIPv6 } from 'node:net'

/** Who is calling: the peer, or what proxies that are trusted say of it. Nobody else's word counts. */
export function clientAddress(trustedProxies: readonly string[]): (request: IncomingMessage) => string {
  const trusted = new BlockList()
  for (const entry of trustedProxies) {
    const [address = '', prefix] = entry.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    if (prefix === undefined) trusted.addAddress(address, family)
    else trusted.addSubnet(address, Number(prefix), family)
  }
  const isTrusted = (address: string) => {
    try {
      return trusted.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
    } catch {
      return false
    }
  }
  return (request) => {
    let address = plain(request.socket.remoteAddress ?? '')
    const header = request.headers['x-forwarded-for'] ?? ''
    const hops = (Array.isArray(header) ? header.join(',') : header).split(',').map((hop) => plain(hop.trim()))
    while (isTrusted(address)) {
      const hop = hops.pop()
      if (!hop) break
      address = hop
    }
    return address
  }
}

/** IPv4 as IPv6 sockets show it. */
const plain = (address: string) => address.replace(/^::ffff:(?=\d+\.)/i, '')
