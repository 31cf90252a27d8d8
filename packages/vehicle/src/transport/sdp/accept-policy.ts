import { fail, ok, type Result } from '@voltway/units'
import type { SdpResponse, SdpSecurity } from '@voltway/wire/v2gtp'

/** What a car takes as an answer. */
export interface DiscoveryPolicy {
  /** What it asks for. */
  readonly ask: SdpSecurity
  /** Takes a session without TLS. Never together with a contract. */
  readonly acceptNone: boolean
  /** Wants to pay by contract, or to have one installed: only under TLS. */
  readonly needsTls: boolean
  /** Takes ports below 49152, as stations in the field give them. */
  readonly anyPort: boolean
  /** Takes addresses that are not of the link, for tests on one machine. */
  readonly anyAddress: boolean
}

/** TLS or nothing; the ports that are met in the field. */
export const DISCOVERY_POLICY: DiscoveryPolicy = { ask: 'tls', acceptNone: false, needsTls: false, anyPort: true, anyAddress: false }

export interface AnswerRefusal {
  /** `downgrade`: no TLS where it must be; `address`: not of the link; `port`: outside of the dynamic ports. */
  readonly code: 'downgrade' | 'address' | 'port'
  readonly message: string
}

const FIRST_DYNAMIC_PORT = 49_152
/** fe80::/10. */
const isLinkLocal = (address: string): boolean => /^fe[89ab][0-9a-f]:/i.test(address)

/** Whether a car goes where an answer leads. */
export const acceptAnswer = (answer: SdpResponse, policy: DiscoveryPolicy): Result<SdpResponse, AnswerRefusal> => {
  const { address, port, security } = answer
  if (security === 'none' && policy.needsTls)
    return fail({ code: 'downgrade', message: 'the station offers no TLS, which a contract needs' })
  if (security === 'none' && !policy.acceptNone) return fail({ code: 'downgrade', message: 'the station offers no TLS' })
  if (!policy.anyAddress && !isLinkLocal(address)) return fail({ code: 'address', message: `${address} is not of this link` })
  if (!policy.anyPort && port < FIRST_DYNAMIC_PORT) return fail({ code: 'port', message: `port ${port} is below ${FIRST_DYNAMIC_PORT}` })
  return ok(answer)
}
