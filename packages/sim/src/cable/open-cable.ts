import type { EpochMs } from '@voltway/units'
import type { CarWord, ChargingProfile, StationWord } from '@voltway/vehicle'
import { DISCOVERY_POLICY, type LinkAddress, type SeccEnd, startEvcc, startSecc, type TransportEvent } from '@voltway/vehicle/transport'
import type { SimEvse, StationCore } from '../station/core.ts'
import type { Vehicle } from '../vehicle.ts'
import type { Cable, CableState, CarIdentity, HighLevel } from './cable.ts'
import { carSide } from './car-side.ts'
import { messageLog } from './message-log.ts'
import { limitsOf, measuredWord, STOP, stationSide } from './station-side.ts'

/** What a plug does when its cable says so. */
export interface CableEvents {
  /** What the car asks for has changed: the supply is to be shared anew. */
  readonly onDemand: () => void
  /** The car, or a fault of the session, opened the contactor. */
  readonly onOpened: (urgent: boolean) => void
  readonly onContract: (emaid: string, pem: string) => Promise<boolean>
}

export interface CableParts {
  readonly highLevel: HighLevel
  readonly vehicle: Vehicle
  readonly identity: CarIdentity
  readonly events: CableEvents
}

const LOOPBACK: LinkAddress = { address: '::1', host: '::1', isLoopback: true }
/** Smaller changes of what a car asks for are not worth sharing a supply anew. */
const STEP_W = 50

/** The power of a profile at a moment; its last entry has no end. */
const powerAt = ({ entries }: ChargingProfile, seconds: number): number => entries.findLast(({ start }) => start <= seconds)?.power ?? 0

/**
 * Plugs a car that speaks ISO 15118 into a station that does: an SECC listens on the loopback, the car's EVCC finds it there, and what they agree
 * on is told to the station. Networks keep real time, whatever the clock of the simulated world does.
 */
export function openCable(core: StationCore, evse: SimEvse, { highLevel, vehicle, identity, events }: CableParts): Cable {
  const log = messageLog(core.clock.now)
  const { promise: ready, resolve: settle } = Promise.withResolvers<boolean>()
  let state: CableState = 'looking'
  let demand: number | undefined
  let profile: { readonly chosen: ChargingProfile; readonly at: EpochMs } | undefined
  let security = 'none'
  let protocol: string | undefined
  let why: string | undefined
  let isAuthorised = false
  let secc: SeccEnd | undefined
  let sayToCar: ((word: CarWord) => void) | undefined
  let closed = false
  let hasCharged = false

  const end = (reason: string) => {
    if (state === 'ended') return
    state = 'ended'
    why = reason
    settle(false)
    demand = undefined
    secc?.stop()
    core.changed()
  }
  const station = stationSide(core, evse, {
    highLevel,
    plug: {
      isAuthorised: () => isAuthorised,
      onContactor: (isClosed, urgent) => {
        if (isClosed) {
          state = 'charging'
          hasCharged = true
          settle(true)
        } else if (state === 'charging') {
          state = 'talking'
          events.onOpened(urgent)
        }
        core.changed()
      },
      onDemand: (watts) => {
        const before = demand
        demand = watts
        if (state === 'charging' && Math.abs((watts ?? 0) - (before ?? 0)) >= STEP_W) events.onDemand()
      },
      onProfile: (chosen) => {
        profile = { chosen, at: core.clock.now() }
      },
      onContract: events.onContract,
    },
  })
  const car = carSide(core, evse, { vehicle, identity })
  const onEvent = (event: TransportEvent) => {
    if (event.kind === 'link' && event.tls !== undefined) security = `TLS ${event.tls}`
    if (log.add(event)) core.changed()
  }
  const withTls = highLevel.tls !== undefined && identity.roots.length > 0
  const shared = { clock: core.network, iface: 'lo', at: LOOPBACK } as const

  const run = async () => {
    const started = await startSecc({
      ...shared,
      random: core.random,
      tls: highLevel.tls,
      trusted: highLevel.trusted,
      sdpPort: 0,
      environment: {
        optionsFor: station.optionsFor,
        onTold: (told, say) => {
          if (told.told === 'sessionBegan') {
            state = 'talking'
            protocol = told.protocol
          }
          station.onTold(told, say)
        },
        onEnded: ({ reason }) =>
          end(reason ? [reason.code, reason.responseCode, reason.timer, reason.detail].filter(Boolean).join(': ') : 'broken'),
      },
      onEvent,
    })
    if (!started.ok) return end(started.failure.message)
    secc = started.value
    if (closed) return secc.stop()
    const policy = {
      ...DISCOVERY_POLICY,
      ask: withTls ? 'tls' : 'none',
      acceptNone: !withTls,
      needsTls: identity.contract !== undefined,
      anyAddress: true,
    } as const
    const found = await startEvcc({
      ...shared,
      policy,
      ...(withTls && { tls: { roots: identity.roots, generations: ['iso2'] as const } }),
      sdpPort: started.value.ports.sdp,
      tries: 8,
      environment: { optionsFor: car.optionsFor, onTold: car.onTold },
      onEvent: () => {},
    })
    if (!found.ok) return end(`${found.failure.code}: ${found.failure.message}`)
    sayToCar = found.value.say
    if (closed) sayToCar({ word: 'emergency', cause: 'unplugged' })
  }
  run().catch((error: unknown) => end(String(error)))
  const say = (word: StationWord) => secc?.say(word)

  return {
    state: () => state,
    protocol: () => (protocol === undefined ? undefined : { name: protocol, security }),
    demandW: () => demand,
    chosenW: (at) => profile && powerAt(profile.chosen, (at - profile.at) / 1_000),
    ready,
    authorised: () => {
      isAuthorised = true
      say({ word: 'authorised' })
    },
    supply: (now) => {
      if (state !== 'charging') return
      say({ word: 'limits', limits: limitsOf(evse, now.offeredW) })
      say(measuredWord(core, evse, now))
    },
    stop: () => {
      if (state === 'charging') say(STOP)
      // One that has charged is on its way to its end by itself.
      else if (!hasCharged) say({ word: 'emergency', cause: 'stopped before it began' })
    },
    close: () => {
      closed = true
      sayToCar?.({ word: 'emergency', cause: 'unplugged' })
      end('unplugged')
    },
    messages: log.all,
    ended: () => why,
  }
}
