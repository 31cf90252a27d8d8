import { type Clock, type EpochMs, fail, ok, type Result } from '@voltway/units'
import { type LinkFacts, type SeccOptions, type SeccState, type StationTold, type StationWord, secc } from '../machine/index.ts'
import type { Link } from './link/link.ts'
import type { LinkAddress } from './link/link-address.ts'
import { type Listener, type StationTls, startListener } from './link/listener.ts'
import type { SdpServer } from './sdp/sdp-server.ts'
import { startSdpServer } from './sdp/sdp-server.ts'
import { searchOfCar } from './sdp/search-of-car.ts'
import { linkFacts } from './session/link-facts.ts'
import { type RunningSession, runSession, type SessionEnd } from './session/run-session.ts'
import { stateNameOf } from './session/state-name.ts'
import type { SocketFailure } from './socket-failure.ts'
import { type OnEvent, unthrowing } from './transport-event.ts'

/** What a session asks of its station. */
export interface SeccEnvironment {
  /**
   * What the next session is run with. `link.dataLinkSince` is the first request of the car's discovery; a station that is told when its data
   * link came up (SLAC) sets that instead.
   */
  readonly optionsFor: (link: LinkFacts, at: EpochMs) => SeccOptions
  readonly onTold: (told: StationTold, say: (word: StationWord) => void) => void
  readonly onEnded?: (end: SessionEnd) => void
}

export interface SeccEndOptions {
  readonly clock: Clock
  /** In [0, 1): chooses ports. */
  readonly random: () => number
  readonly iface: string
  readonly at: LinkAddress
  /** Certificates; without them there is no TLS. */
  readonly tls?: StationTls | undefined
  /** The site is a closed user group: plain TCP is served, too. */
  readonly trusted: boolean
  /** Of TLS, or of plain TCP where there is no TLS; a free one when left out. */
  readonly port?: number | undefined
  /** Of the discovery: 15118 when left out. */
  readonly sdpPort?: number | undefined
  readonly environment: SeccEnvironment
  readonly onEvent: OnEvent
}

export interface SeccEnd {
  readonly ports: { readonly tls?: number; readonly plain?: number; readonly sdp: number }
  /** Says something to the session that runs; nothing where none does. */
  readonly say: (word: StationWord) => void
  /** Ends what runs and takes nothing new. */
  readonly stop: () => void
}

export interface SeccEndFailure {
  /** `nothing`: neither certificates nor a trusted site; else what the system said. */
  readonly code: 'nothing' | SocketFailure['code']
  readonly message: string
}

const SAFE: StationTold = { told: 'openContactor', urgent: true }

/** One session at a time: a cable has one car. */
const sessions = ({ clock, onEvent, environment }: SeccEndOptions) => {
  let current: RunningSession<StationWord> | undefined
  const search = searchOfCar()
  const onLink = (link: Link): void => {
    if (current !== undefined) {
      link.socket.destroy()
      onEvent({
        kind: 'refused',
        at: clock.now(),
        from: 'evcc',
        to: 'secc',
        code: 'busy',
        message: `${link.peer} while a session runs`,
        times: 1,
      })
      return
    }
    const dataLinkSince = search.since()
    const session = runSession<SeccState, StationWord, StationTold>({
      party: 'secc',
      link,
      clock,
      onEvent,
      start: (at) => secc.start(environment.optionsFor(linkFacts(link, dataLinkSince), at), at),
      step: secc.step,
      stateName: stateNameOf,
      onTold: environment.onTold,
      safe: SAFE,
    })
    current = session
    session.ended
      .then((end) => {
        current = undefined
        search.forget()
        environment.onEnded?.(end)
      })
      .catch((error) =>
        onEvent({ kind: 'refused', at: clock.now(), from: 'secc', to: 'secc', code: 'defect', message: String(error), times: 1 }),
      )
  }
  return { onLink, onAsked: search.asked, say: (word: StationWord) => current?.say(word) }
}

type Started = Result<SeccEnd, SeccEndFailure>

const startAll = async (options: SeccEndOptions, stops: (() => void)[]): Promise<Started> => {
  const { at, iface, tls, trusted, port, sdpPort } = options
  const { onLink, onAsked, say } = sessions(options)
  const listen = async (security: 'tls' | 'plain', wanted: number | undefined): Promise<Result<Listener, SocketFailure>> => {
    const listener = await startListener({
      ...options,
      host: at.host,
      port: wanted,
      tls: security === 'tls' ? tls : undefined,
      onLink,
    })
    if (listener.ok) stops.push(listener.value.stop)
    return listener
  }
  const secured = tls && (await listen('tls', port))
  if (secured && !secured.ok) return secured
  const open = trusted ? await listen('plain', secured ? undefined : port) : undefined
  if (open && !open.ok) return open
  const ports = { ...(secured && { tls: secured.value.port }), ...(open && { plain: open.value.port }) }
  const sdp: Result<SdpServer, SocketFailure> = await startSdpServer({
    ...options,
    iface,
    address: at.address,
    ports,
    port: sdpPort,
    multicast: !at.isLoopback,
    onAsked,
  })
  if (!sdp.ok) return sdp
  stops.push(sdp.value.stop)
  const stop = (): void => {
    for (const one of stops) one()
    say({ word: 'emergency', cause: 'the station stops' })
  }
  return ok({ ports: { ...ports, sdp: sdp.value.port }, say, stop })
}

/** Runs the station's end of a cable on one interface: discovery, listeners, one session after the other. */
export const startSecc = async (options: SeccEndOptions): Promise<Started> => {
  if (options.tls === undefined && !options.trusted)
    return fail({ code: 'nothing', message: 'no certificates, and the site is not trusted: there is nothing to offer' })
  const stops: (() => void)[] = []
  const started = await startAll({ ...options, onEvent: unthrowing(options.onEvent) }, stops)
  if (!started.ok) for (const stop of stops) stop()
  return started
}
