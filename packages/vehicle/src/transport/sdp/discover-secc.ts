import type { Socket } from 'node:dgram'
import { type Clock, fail, type Milliseconds, type Result } from '@voltway/units'
import { readSdpDatagram, SDP_GROUP, SDP_PORT, type SdpResponse, sdpRequestDatagram } from '@voltway/wire/v2gtp'
import { fewRefusals } from '../few-refusals.ts'
import { type SocketFailure, socketFailure } from '../socket-failure.ts'
import type { OnEvent } from '../transport-event.ts'
import { type AnswerRefusal, acceptAnswer, type DiscoveryPolicy } from './accept-policy.ts'
import { interfaceOf, missingInterface, openUdp } from './udp-socket.ts'

/** How often and how many times a car asks. ISO 15118-2 table 20. */
export const SDP_RETRY = 250 as Milliseconds
export const SDP_TRIES = 50

export interface DiscoveryOptions {
  readonly clock: Clock
  readonly onEvent: OnEvent
  readonly iface: string
  readonly policy: DiscoveryPolicy
  /** Ends the search without a result. */
  readonly signal?: AbortSignal | undefined
  readonly tries?: number | undefined
  /** 15118 and the group of all nodes when left out. */
  readonly port?: number | undefined
  readonly group?: string | undefined
}

export interface DiscoveryFailure {
  /** `silent`: nobody answered; those of an answer: some did, and none was acceptable; `stopped`; or what the system said. */
  readonly code: 'silent' | 'stopped' | AnswerRefusal['code'] | SocketFailure['code']
  readonly message: string
}

type Found = Result<SdpResponse, DiscoveryFailure>

/** Asks until there is an acceptable answer. What cannot be read or is not accepted is told, and the asking goes on. */
const search = (socket: Socket, options: DiscoveryOptions, heard: { onAnswer: (answer: SdpResponse) => void }): Promise<Found> => {
  const { clock, onEvent, iface, policy, tries = SDP_TRIES, port = SDP_PORT, group = `${SDP_GROUP}%${iface}`, signal } = options
  return new Promise((resolve) => {
    let cancel = (): void => {}
    let failure: DiscoveryFailure = { code: 'silent', message: 'no station answered' }
    const end = (found: Found): void => {
      cancel()
      signal?.removeEventListener('abort', stop)
      resolve(found)
    }
    const stop = (): void => end(fail({ code: 'stopped', message: 'the search was stopped' }))
    signal?.addEventListener('abort', stop)
    heard.onAnswer = (answer) => {
      const accepted = acceptAnswer(answer, policy)
      const { kind: _, ...told } = answer
      const refused = accepted.ok ? {} : { refused: `${accepted.failure.code}: ${accepted.failure.message}` }
      onEvent({ kind: 'sdp', at: clock.now(), from: 'secc', to: 'evcc', message: 'SDPResponse', ...told, ...refused })
      if (accepted.ok) end(accepted)
      else failure = accepted.failure
    }
    const ask = (left: number) => {
      if (left === 0) return end(fail(failure))
      socket.send(sdpRequestDatagram(policy.ask), port, group, (error) => {
        // A link that is not up yet is one more unanswered question.
        if (error) failure = socketFailure(error)
        else onEvent({ kind: 'sdp', at: clock.now(), from: 'evcc', to: 'secc', message: 'SDPRequest', security: policy.ask })
      })
      cancel = clock.after(SDP_RETRY, () => ask(left - 1))
    }
    if (signal?.aborted) stop()
    else ask(tries)
  })
}

/**
 * Looks for a station over one interface, as a car does: every 250 ms, up to 50 times. ISO 15118-2 section 7.10.1.
 * @returns the first answer that the policy accepts
 */
export const discoverSecc = async (options: DiscoveryOptions): Promise<Found> => {
  const { iface } = options
  const missing = missingInterface(iface)
  if (missing !== undefined) return fail(missing)
  const refuse = fewRefusals(options, 'secc', 'evcc')
  const heard = { onAnswer: (_answer: SdpResponse): void => {} }
  const opened = await openUdp({
    port: 0,
    shared: false,
    onError: (error) => refuse(socketFailure(error)),
    onDatagram: (bytes, from) => {
      const arrivedBy = interfaceOf(from)
      if (arrivedBy !== undefined && arrivedBy !== iface) return
      const read = readSdpDatagram(bytes)
      if (!read.ok) refuse(read.failure)
      else if (read.value.kind === 'response') heard.onAnswer(read.value)
    },
  })
  if (!opened.ok) return opened
  const socket = opened.value
  try {
    if (options.group === undefined) socket.setMulticastInterface(`::%${iface}`)
    return await search(socket, options, heard)
  } catch (error) {
    return fail(socketFailure(error))
  } finally {
    socket.close()
  }
}
