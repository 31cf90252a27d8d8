import { type Clock, type EpochMs, fail, ok, type Result } from '@voltway/units'
import { type CarTold, type CarWord, type EvccOptions, type EvccState, evcc, type LinkFacts } from '../machine/index.ts'
import { type CarTls, type DialFailure, dial } from './link/dial.ts'
import type { Link } from './link/link.ts'
import { dialledHost, type LinkAddress } from './link/link-address.ts'
import type { DiscoveryPolicy } from './sdp/accept-policy.ts'
import { type DiscoveryFailure, discoverSecc } from './sdp/discover-secc.ts'
import { linkFacts } from './session/link-facts.ts'
import { type RunningSession, runSession } from './session/run-session.ts'
import { stateNameOf } from './session/state-name.ts'
import { type OnEvent, unthrowing } from './transport-event.ts'

/** What a session asks of its car. */
export interface EvccEnvironment {
  /** `link.dataLinkSince` is the moment at which the end was started: before its discovery. */
  readonly optionsFor: (link: LinkFacts, at: EpochMs) => EvccOptions
  readonly onTold: (told: CarTold, say: (word: CarWord) => void) => void
}

export interface EvccEndOptions {
  readonly clock: Clock
  readonly iface: string
  readonly at: LinkAddress
  readonly policy: DiscoveryPolicy
  /** What it brings to TLS; without it, a station that chooses TLS cannot be used. */
  readonly tls?: CarTls | undefined
  readonly sdpPort?: number | undefined
  readonly tries?: number | undefined
  readonly signal?: AbortSignal | undefined
  readonly environment: EvccEnvironment
  readonly onEvent: OnEvent
}

export interface EvccEndFailure {
  /** `noRoots`: the station wants TLS and this car trusts nobody; else of the discovery or of the dialling. */
  readonly code: 'noRoots' | DiscoveryFailure['code'] | DialFailure['code']
  readonly message: string
}

const SAFE: CarTold = { told: 'openContactor', urgent: true }

const reach = async (options: EvccEndOptions): Promise<Result<Link, EvccEndFailure>> => {
  const { clock, iface, at, tls, sdpPort, tries, signal } = options
  const found = await discoverSecc({
    ...options,
    clock,
    port: sdpPort,
    tries,
    signal,
    ...(at.isLoopback && { group: at.host }),
  })
  if (!found.ok) return found
  const { address, port, security } = found.value
  if (security === 'tls' && tls === undefined)
    return fail({ code: 'noRoots', message: 'the station wants TLS, and this car has no roots to trust it by' })
  return dial({ host: dialledHost(address, iface), port, clock, ...(security === 'tls' && { tls }) })
}

/**
 * Runs the car's end of a cable on one interface, as soon as its data link is up: looks for the station, opens the link, begins a session.
 * @returns the session that now runs, or why there is none
 */
export const startEvcc = async (options: EvccEndOptions): Promise<Result<RunningSession<CarWord>, EvccEndFailure>> => {
  const { clock, environment } = options
  const dataLinkSince = clock.now()
  const onEvent = unthrowing(options.onEvent)
  const reached = await reach({ ...options, onEvent })
  if (!reached.ok) {
    const { code, message } = reached.failure
    onEvent({ kind: 'ended', at: clock.now(), from: 'evcc', to: 'secc', message: 'ended', code, detail: message })
    return reached
  }
  const link = reached.value
  const { peer, tls } = link
  const told = { kind: 'link', at: clock.now(), from: 'evcc', to: 'secc', message: 'connected', peer, tls: tls?.version } as const
  onEvent({ ...told, ...(tls && { cipher: tls.cipher }) })
  return ok(
    runSession<EvccState, CarWord, CarTold>({
      party: 'evcc',
      link,
      clock,
      onEvent,
      start: (at) => evcc.start(environment.optionsFor(linkFacts(link, dataLinkSince), at), at),
      step: evcc.step,
      stateName: stateNameOf,
      onTold: environment.onTold,
      safe: SAFE,
    }),
  )
}
