import { fail, ok, type Result } from '@voltway/units'
import { hex, type SdpFailure } from './sdp-failure.ts'

/** Whether the session is to run under TLS. */
export type SdpSecurity = 'tls' | 'none'

const SECURITY = { tls: 0x00, none: 0x10 } as const
/** UDP (0x10) is reserved as a transport and never used. */
const TCP = 0x00
/** Security and transport stand side by side in all messages of SDP, in a byte each. */
export const SECURITY_LENGTH = 2

/** Reads the two bytes of security and transport that stand in a payload from `at` on. */
export const securityOf = (payload: Uint8Array, at: number): Result<SdpSecurity, SdpFailure> => {
  const [security = 0, transport = 0] = payload.subarray(at, at + SECURITY_LENGTH)
  if (transport !== TCP) return fail({ code: 'transport', message: `transport protocol ${hex(transport)} is not TCP` })
  if (security === SECURITY.tls) return ok('tls')
  if (security === SECURITY.none) return ok('none')
  return fail({ code: 'security', message: `security ${hex(security)} is neither TLS nor none` })
}

/** The two bytes of security and transport. */
export const securityBytes = (security: SdpSecurity): readonly [number, number] => [SECURITY[security], TCP]
