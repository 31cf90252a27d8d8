import { fail, ok, type Result } from '@voltway/units'
import { encodeFrame, HEADER_LENGTH, readHeader } from './frame.ts'
import { ADDRESS_LENGTH, ipv6Bytes, ipv6Text } from './ipv6.ts'
import { PAYLOAD_TYPE } from './payload-type.ts'
import { hex, type SdpFailure } from './sdp-failure.ts'
import { type SdpSecurity, SECURITY_LENGTH, securityBytes, securityOf } from './sdp-security.ts'
import { uint16 } from './uint16.ts'

/** The UDP port on which a SECC listens for requests, and the multicast group of all nodes of the link. ISO 15118-2 table 19. */
export const SDP_PORT = 15_118
export const SDP_GROUP = 'ff02::1'

/** A car looks for a charger. */
export interface SdpRequest {
  readonly kind: 'request'
  readonly security: SdpSecurity
}

/** A charger says where it is: its own choice of security, which need not be what was asked. */
export interface SdpResponse {
  readonly kind: 'response'
  readonly security: SdpSecurity
  /** IPv6 without a scope: it is an address of the link on which the answer came. */
  readonly address: string
  readonly port: number
}

export type SdpMessage = SdpRequest | SdpResponse

const REQUEST_LENGTH = SECURITY_LENGTH
const RESPONSE_LENGTH = ADDRESS_LENGTH + 2 + SECURITY_LENGTH
const LENGTHS: ReadonlyMap<number, number> = new Map([
  [PAYLOAD_TYPE.sdpRequest, REQUEST_LENGTH],
  [PAYLOAD_TYPE.sdpResponse, RESPONSE_LENGTH],
])
const VARIANTS: readonly number[] = [PAYLOAD_TYPE.sdpWirelessRequest, PAYLOAD_TYPE.sdpWirelessResponse]

const responseOf = (payload: Uint8Array, security: SdpSecurity): Result<SdpResponse, SdpFailure> => {
  const port = uint16(payload, ADDRESS_LENGTH)
  if (port === 0) return fail({ code: 'port', message: 'port 0 leads nowhere' })
  return ok({ kind: 'response', security, address: ipv6Text(payload.subarray(0, ADDRESS_LENGTH)), port })
}

/** Reads the payload of a frame whose type is that of SDP. ISO 15118-2 section 7.10.1. */
export const readSdp = (payloadType: number, payload: Uint8Array): Result<SdpMessage, SdpFailure> => {
  if (VARIANTS.includes(payloadType))
    return fail({ code: 'variant', message: `payload type ${hex(payloadType)} is SDP for wireless charging or automatic connection` })
  const length = LENGTHS.get(payloadType)
  if (length === undefined) return fail({ code: 'payloadType', message: `payload type ${hex(payloadType)} is none of SDP` })
  if (payload.length !== length)
    return fail({
      code: 'length',
      message: `a payload of ${payload.length} bytes where ${length} belong: payload type ${hex(payloadType)}`,
    })
  const security = securityOf(payload, length - SECURITY_LENGTH)
  if (!security.ok) return security
  return payloadType === PAYLOAD_TYPE.sdpRequest ? ok({ kind: 'request', security: security.value }) : responseOf(payload, security.value)
}

/** Reads a whole datagram: header and payload, no byte more. */
export const readSdpDatagram = (bytes: Uint8Array): Result<SdpMessage, SdpFailure> => {
  if (bytes.length < HEADER_LENGTH) return fail({ code: 'length', message: `a datagram of ${bytes.length} bytes has no header` })
  const header = readHeader(bytes, RESPONSE_LENGTH * 16)
  if (!header.ok) return header
  const { payloadType, length } = header.value
  const payload = bytes.subarray(HEADER_LENGTH)
  if (payload.length !== length)
    return fail({ code: 'length', message: `a datagram with ${payload.length} bytes behind a header that says ${length}` })
  return readSdp(payloadType, payload)
}

/** The datagram of a request. */
export const sdpRequestDatagram = (security: SdpSecurity): Uint8Array =>
  encodeFrame({ payloadType: PAYLOAD_TYPE.sdpRequest, payload: Uint8Array.of(...securityBytes(security)) })

/** The datagram of an answer. Refuses an address that is not IPv6 and a port that is none. */
export const sdpResponseDatagram = ({ address, port, security }: Omit<SdpResponse, 'kind'>): Result<Uint8Array, string> => {
  const bytes = ipv6Bytes(address)
  if (!bytes.ok) return bytes
  if (!Number.isInteger(port) || port < 1 || port > 0xffff) return fail(`${port} is no port`)
  const payload = Uint8Array.of(...bytes.value, port >> 8, port & 0xff, ...securityBytes(security))
  return ok(encodeFrame({ payloadType: PAYLOAD_TYPE.sdpResponse, payload }))
}
