import { fail, ok, type Result } from '@voltway/units'
import { encodeFrame } from './frame.ts'
import { ADDRESS_LENGTH, ipv6Bytes, ipv6Text } from './ipv6.ts'
import { PAYLOAD_TYPE } from './payload-type.ts'
import type { SdpFailure } from './sdp-failure.ts'
import { type SdpSecurity, securityBytes, securityOf } from './sdp-security.ts'
import { uint16 } from './uint16.ts'

/** A car looks over WLAN (ISO 15118-8) for the one station of many that it stands at: wireless charging, and automatic connection. */
export interface SdpWirelessRequest {
  readonly kind: 'wirelessRequest'
  readonly security: SdpSecurity
  /** How the car can be paired and positioned: 16 flags. */
  readonly p2psPpd: number
  /** How energy is to be transferred: one byte. */
  readonly couplingType: number
  /** What a positioning device knows the car by; 20 characters at most. */
  readonly evId: string
  /** Where the car knows it already; 37 characters at most, empty otherwise. */
  readonly evseId: string
}

export type DiagStatus = 'ongoing' | 'finishedWithEvseId' | 'finishedWithoutEvseId' | 'error'

/** A station says where it is, or that it does not know yet whether the car is at it. */
export interface SdpWirelessResponse {
  readonly kind: 'wirelessResponse'
  readonly security: SdpSecurity
  readonly address: string
  readonly port: number
  readonly status: DiagStatus
  readonly couplingType: number
  readonly evseId: string
}

const STATUS: Readonly<Record<DiagStatus, number>> = { ongoing: 0x00, finishedWithEvseId: 0x01, finishedWithoutEvseId: 0x02, error: 0x10 }
const STATUSES = new Map(Object.entries(STATUS).map(([name, value]) => [value, name as DiagStatus]))
const [EV_ID, EVSE_ID] = [20, 37]
const LENGTHS = { wirelessRequest: 5 + EV_ID + EVSE_ID, wirelessResponse: ADDRESS_LENGTH + 6 + EVSE_ID } as const

/** Text ends at its first zero; blanks behind it count as filling, too. */
const textOf = (bytes: Uint8Array): string | undefined => {
  const end = bytes.indexOf(0)
  const used = end < 0 ? bytes : bytes.subarray(0, end)
  return used.every((byte) => byte >= 0x20 && byte < 0x7f) ? new TextDecoder().decode(used).trimEnd() : undefined
}

const fieldOf = (text: string, length: number): Uint8Array | undefined => {
  const bytes = new TextEncoder().encode(text)
  if (bytes.length > length || bytes.some((byte) => byte < 0x20 || byte >= 0x7f)) return undefined
  const field = new Uint8Array(length)
  field.set(bytes)
  return field
}

const lengthFailure = (payload: Uint8Array, kind: keyof typeof LENGTHS) =>
  fail<SdpFailure>({ code: 'length', message: `a payload of ${payload.length} bytes where ${LENGTHS[kind]} belong` })

/**
 * Reads the payload of type 0x9002: bytes 1 and 2 security and transport, 3 and 4 P2PS/PPD, 5 coupling, 6 to 25 EVID, 26 to 62 EVSEID
 * (ISO 15118-20 table 22, as public documents cite it).
 */
export const readSdpWirelessRequest = (payload: Uint8Array): Result<SdpWirelessRequest, SdpFailure> => {
  if (payload.length !== LENGTHS.wirelessRequest) return lengthFailure(payload, 'wirelessRequest')
  const security = securityOf(payload, 0)
  if (!security.ok) return security
  const [evId, evseId] = [textOf(payload.subarray(5, 5 + EV_ID)), textOf(payload.subarray(5 + EV_ID))]
  if (evId === undefined || evseId === undefined) return fail({ code: 'text', message: 'an id is no text' })
  return ok({
    kind: 'wirelessRequest',
    security: security.value,
    p2psPpd: uint16(payload, 2),
    couplingType: payload[4] ?? 0,
    evId,
    evseId,
  })
}

/**
 * Reads the payload of type 0x9003: bytes 1 to 16 address, 17 and 18 port, 19 and 20 security and transport, 21 status, 22 coupling, 23 to 59 EVSEID
 * (table 26). While it is `ongoing` a station need not say where it is: the port is 0 then.
 */
export const readSdpWirelessResponse = (payload: Uint8Array): Result<SdpWirelessResponse, SdpFailure> => {
  if (payload.length !== LENGTHS.wirelessResponse) return lengthFailure(payload, 'wirelessResponse')
  const at = ADDRESS_LENGTH
  const security = securityOf(payload, at + 2)
  if (!security.ok) return security
  const status = STATUSES.get(payload[at + 4] ?? 0)
  if (status === undefined) return fail({ code: 'status', message: `status ${payload[at + 4]} is reserved` })
  const [port, evseId] = [uint16(payload, at), textOf(payload.subarray(at + 6))]
  if (evseId === undefined) return fail({ code: 'text', message: 'the EVSEID is no text' })
  if (port === 0 && status.startsWith('finished')) return fail({ code: 'port', message: 'port 0 leads nowhere' })
  const address = ipv6Text(payload.subarray(0, ADDRESS_LENGTH))
  return ok({ kind: 'wirelessResponse', security: security.value, address, port, status, couplingType: payload[at + 5] ?? 0, evseId })
}

const isWithin = (value: number, most: number): boolean => Number.isInteger(value) && value >= 0 && value <= most

/** The datagram of a request; refused is what has no place in it. Ids are filled up with zeros. */
export const sdpWirelessRequestDatagram = (request: Omit<SdpWirelessRequest, 'kind'>): Result<Uint8Array, string> => {
  const { security, p2psPpd, couplingType } = request
  const [evId, evseId] = [fieldOf(request.evId, EV_ID), fieldOf(request.evseId, EVSE_ID)]
  if (!evId || !evseId) return fail('an id is too long, or no text')
  if (!isWithin(p2psPpd, 0xffff) || !isWithin(couplingType, 0xff)) return fail('P2PS/PPD has two bytes, the coupling one')
  const payload = Uint8Array.of(...securityBytes(security), p2psPpd >> 8, p2psPpd & 0xff, couplingType, ...evId, ...evseId)
  return ok(encodeFrame({ payloadType: PAYLOAD_TYPE.sdpWirelessRequest, payload }))
}

/** The datagram of an answer; refused is what could not be read. */
export const sdpWirelessResponseDatagram = (response: Omit<SdpWirelessResponse, 'kind'>): Result<Uint8Array, string> => {
  const { security, port, status, couplingType } = response
  const [address, evseId] = [ipv6Bytes(response.address), fieldOf(response.evseId, EVSE_ID)]
  if (!address.ok) return address
  if (!evseId) return fail('the EVSEID is too long, or no text')
  if (!isWithin(port, 0xffff) || (port === 0 && status.startsWith('finished'))) return fail(`${port} is no port`)
  if (!isWithin(couplingType, 0xff)) return fail('the coupling has one byte')
  const fixed = [port >> 8, port & 0xff, ...securityBytes(security), STATUS[status], couplingType]
  return ok(encodeFrame({ payloadType: PAYLOAD_TYPE.sdpWirelessResponse, payload: Uint8Array.of(...address.value, ...fixed, ...evseId) }))
}
