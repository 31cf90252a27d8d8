import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { networkInterfaces } from 'node:os'
import { fail, ok, type Result } from '@voltway/units'
import { type SocketFailure, socketFailure } from '../socket-failure.ts'

export interface UdpOptions {
  readonly port: number
  /** Several SECCs of one machine, one for each interface, share the port. */
  readonly shared: boolean
  readonly onDatagram: (bytes: Uint8Array, from: RemoteInfo, socket: Socket) => void
  readonly onError: (error: Error) => void
}

/** An open UDP socket over IPv6 on all addresses. */
export const openUdp = ({ port, shared, onDatagram, onError }: UdpOptions): Promise<Result<Socket, SocketFailure>> =>
  new Promise((resolve) => {
    const socket = createSocket({ type: 'udp6', reuseAddr: shared, ipv6Only: true })
    socket.on('message', (bytes, from) => onDatagram(bytes, from, socket))
    socket.once('error', (error) => resolve(fail(socketFailure(error))))
    socket.bind(port, () => {
      socket.removeAllListeners('error')
      socket.on('error', onError)
      resolve(ok(socket))
    })
  })

/** The interface that a datagram came by, as its address says: `fe80::1%eth0`. */
export const interfaceOf = ({ address }: RemoteInfo): string | undefined => address.split('%')[1]

/** Joining a group by an interface that is not there would silently join it by another one. */
export const missingInterface = (iface: string): SocketFailure | undefined =>
  Object.hasOwn(networkInterfaces(), iface) ? undefined : { code: 'ENODEV', message: `there is no interface ${iface} with an address` }
