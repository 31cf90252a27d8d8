export * from './frame.ts'
export { ipv6Bytes, ipv6Text } from './ipv6.ts'
export * from './payload-type.ts'
export * from './reassembly.ts'
export {
  readSdp,
  readSdpDatagram,
  SDP_GROUP,
  SDP_PORT,
  type SdpFailure,
  type SdpMessage,
  type SdpRequest,
  type SdpResponse,
  type SdpSecurity,
  sdpRequestDatagram,
  sdpResponseDatagram,
} from './sdp.ts'
export * from './sdp-wireless.ts'
