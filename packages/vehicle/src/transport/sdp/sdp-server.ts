import { type Clock, type EpochMs, fail, ok, type Result } from '@voltway/units'
import { readSdpDatagram, SDP_GROUP, SDP_PORT, sdpResponseDatagram } from '@voltway/wire/v2gtp'
import { fewRefusals } from '../few-refusals.ts'
import { type SocketFailure, socketFailure } from '../socket-failure.ts'
import type { OnEvent } from '../transport-event.ts'
import { answerTo, type StationPorts } from './answer-policy.ts'
import { interfaceOf, missingInterface, openUdp, type UdpOptions } from './udp-socket.ts'

export interface SdpServerOptions {
  readonly clock: Clock
  readonly onEvent: OnEvent
  /** Name of the network interface to the car: `eth1`. */
  readonly iface: string
  /** The address that answers name: of that interface, without a scope. */
  readonly address: string
  readonly ports: StationPorts
  /** 15118 when left out. */
  readonly port?: number | undefined
  /** Joins the group of all nodes; without, it hears only what is sent to it, as on the loopback interface, which has no multicast. */
  readonly multicast: boolean
  /** A car asked. */
  readonly onAsked?: (at: EpochMs) => void
}

export interface SdpServer {
  readonly port: number
  readonly stop: () => void
}

/** Answers what a car asks over one interface, until it is stopped. ISO 15118-2 section 7.10.1. */
export const startSdpServer = async (options: SdpServerOptions): Promise<Result<SdpServer, SocketFailure>> => {
  const { clock, onEvent, iface, address, ports, multicast, onAsked, port = SDP_PORT } = options
  const refuse = fewRefusals(options, 'evcc', 'secc')
  const missing = missingInterface(iface)
  if (missing !== undefined) return fail(missing)

  const onDatagram: UdpOptions['onDatagram'] = (bytes, from, replying) => {
    // Only who is on this link: the port is open on every interface.
    if (multicast && interfaceOf(from) !== iface) return
    const read = readSdpDatagram(bytes)
    if (!read.ok) return refuse(read.failure)
    if (read.value.kind !== 'request') return
    const { security } = read.value
    const at = clock.now()
    onAsked?.(at)
    onEvent({ kind: 'sdp', at, from: 'evcc', to: 'secc', message: 'SDPRequest', security })
    const answer = answerTo(security, ports)
    if (answer === undefined) return refuse({ code: 'noPort', message: 'a car asks, and there is no port to send it to' })
    const datagram = sdpResponseDatagram({ ...answer, address })
    if (!datagram.ok) return refuse({ code: 'address', message: datagram.failure })
    replying.send(datagram.value, from.port, from.address, (error) => {
      if (error) return refuse(socketFailure(error))
      onEvent({ kind: 'sdp', at: clock.now(), from: 'secc', to: 'evcc', message: 'SDPResponse', ...answer, address })
    })
  }

  const opened = await openUdp({ port, shared: true, onDatagram, onError: (error) => refuse(socketFailure(error)) })
  if (!opened.ok) return opened
  const socket = opened.value
  try {
    if (multicast) socket.addMembership(SDP_GROUP, `::%${iface}`)
  } catch (error) {
    socket.close()
    return fail(socketFailure(error))
  }
  return ok({ port: socket.address().port, stop: () => socket.close() })
}
