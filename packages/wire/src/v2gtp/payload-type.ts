import type { SchemaName } from '../iso15118/index.ts'

/** Payload types of the V2G transfer protocol, ISO 15118-2 table 10 and ISO 15118-20 table 12. */
export const PAYLOAD_TYPE = {
  /** SupportedAppProtocol, and every message of DIN 70121 and ISO 15118-2. */
  exi: 0x8001,
  commonMessages: 0x8002,
  ac: 0x8003,
  dc: 0x8004,
  acdp: 0x8005,
  wpt: 0x8006,
  scheduleRenegotiation: 0x8101,
  meteringConfirmation: 0x8102,
  acdpSystemStatus: 0x8103,
  parkingStatus: 0x8104,
  sdpRequest: 0x9000,
  sdpResponse: 0x9001,
  /** SDP over WLAN, for wireless charging and automatic connection. */
  sdpWirelessRequest: 0x9002,
  sdpWirelessResponse: 0x9003,
} as const

/** The sets that a payload type of ISO 15118-20 can be of; undefined where the negotiated protocol says it, or where it is no EXI. */
export const schemaOfPayload = (payloadType: number): SchemaName | undefined => {
  switch (payloadType) {
    case PAYLOAD_TYPE.commonMessages:
    case PAYLOAD_TYPE.scheduleRenegotiation:
    case PAYLOAD_TYPE.meteringConfirmation:
      return 'iso15118-20/CommonMessages'
    case PAYLOAD_TYPE.ac:
      return 'iso15118-20/AC'
    case PAYLOAD_TYPE.dc:
      return 'iso15118-20/DC'
    case PAYLOAD_TYPE.acdp:
    case PAYLOAD_TYPE.acdpSystemStatus:
      return 'iso15118-20/ACDP'
    case PAYLOAD_TYPE.wpt:
      return 'iso15118-20/WPT'
    default:
      return undefined
  }
}
