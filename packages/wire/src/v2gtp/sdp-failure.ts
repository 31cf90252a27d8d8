import type { V2gtpFailure } from './frame.ts'

/** Why a datagram is no message of SDP that can be used. */
export interface SdpFailure {
  /**
   * `header` and `oversized` as for a frame; `length`: the datagram or its payload is shorter or longer than the message; `payloadType`:
   * no message of SDP; `variant`: the form of ISO 15118-20 for WLAN, which has its own functions; `security`, `transport`,
   * `port` and `status`: a value that is reserved; `text`: an id that is none.
   */
  readonly code: V2gtpFailure['code'] | 'length' | 'payloadType' | 'variant' | 'security' | 'transport' | 'port' | 'status' | 'text'
  readonly message: string
}

/** A number as failures show it. */
export const hex = (value: number) => `0x${value.toString(16).padStart(2, '0')}`
