import type { NetworkInterfaceInfo } from 'node:os'

/** What `os.networkInterfaces()` answers. */
export type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>

/** Where one end of a cable can be reached. */
export interface LinkAddress {
  /** As answers of the discovery name it. */
  readonly address: string
  /** As a socket is bound to it: with its scope. */
  readonly host: string
  /** There is no multicast on it: the discovery asks the address itself. */
  readonly isLoopback: boolean
}

/** The link-local address of an interface, or `::1` of the loopback interface; undefined where it has none (yet). */
export const linkAddressOf = (interfaces: Interfaces, iface: string): LinkAddress | undefined => {
  const addresses = interfaces[iface]?.filter(({ family }) => family === 'IPv6') ?? []
  if (addresses.some(({ internal }) => internal)) return { address: '::1', host: '::1', isLoopback: true }
  const local = addresses.find(({ address }) => /^fe[89ab][0-9a-f]:/i.test(address))
  return local && { address: local.address, host: `${local.address}%${iface}`, isLoopback: false }
}

/** An address as it is dialled from an interface: link-local ones need the scope. */
export const dialledHost = (address: string, iface: string): string =>
  /^fe[89ab][0-9a-f]:/i.test(address) ? `${address}%${iface}` : address
