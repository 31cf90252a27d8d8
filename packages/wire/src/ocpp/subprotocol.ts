import { fail, ok, type Result } from '@voltway/units'
import { isOcppVersion, type OcppVersion } from './version.ts'

export interface Subprotocol {
  readonly version: OcppVersion
  /** In the station's own spelling, which the answer to the upgrade must repeat. */
  readonly name: string
}
export interface SubprotocolFailure {
  readonly code: 'noSubprotocol' | 'unsupportedSubprotocol'
  /** At most ten, for the log. */
  readonly offered: readonly string[]
}

const MAX_OFFERED = 10

/**
 * Chooses from a `Sec-WebSocket-Protocol` header the first name, in the station's order, that is among `supported`.
 * Versions that are known but not built, such as `ocpp2.1`, are refused like unknown ones.
 */
export function subprotocolOf(header: string | undefined, supported: readonly OcppVersion[]): Result<Subprotocol, SubprotocolFailure> {
  const offered = (header ?? '')
    .split(',', MAX_OFFERED)
    .map((name) => name.trim())
    .filter((name) => name !== '')
  for (const name of offered) {
    const version = name.toLowerCase()
    if (isOcppVersion(version) && supported.includes(version)) return ok({ version, name })
  }
  return fail({ code: offered.length === 0 ? 'noSubprotocol' : 'unsupportedSubprotocol', offered })
}
