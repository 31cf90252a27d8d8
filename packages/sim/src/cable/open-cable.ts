import { type EpochMs, epochMs, watts } from '@voltway/units'
import type { CarWord, ChargingNeeds, ChargingProfile, EndReason, StationWord } from '@voltway/vehicle'
import {
  type CarTls,
  DISCOVERY_POLICY,
  type LinkAddress,
  type SeccEnd,
  startEvcc,
  startSecc,
  type TransportEvent,
} from '@voltway/vehicle/transport'
import type { SimEvse, StationCore } from '../station/core.ts'
import type { Vehicle } from '../vehicle.ts'
import type { Cable, CableState, CarIdentity, HighLevel } from './cable.ts'
import { carSide } from './car-side.ts'
import { messageLog } from './message-log.ts'
import { powerAt, startAfter } from './profile-power.ts'
import { stapleByServer } from './staple-by-server.ts'
import { limitsOf, measuredWord, type StationPlug, stationSide, stopWord } from './station-side.ts'

/** What a plug does when its cable says so. */
export interface CableEvents {
  /** What the car asks for has changed: the supply is to be shared anew. */
  readonly onDemand: () => void
  /** The car, or a fault of the session, opened the contactor. */
  readonly onOpened: (urgent: boolean) => void
  readonly onContract: StationPlug['onContract']
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

const wordsOf = (reason: EndReason | undefined): string =>
  reason ? [reason.code, reason.responseCode, reason.timer, reason.detail].filter(Boolean).join(': ') : 'broken'

/** A car that speaks both generations says so in one ClientHello. */
const tlsOf = ({ roots, iso20 }: CarIdentity): CarTls =>
  iso20 ? { roots, generations: ['iso20', 'iso2'], credential: iso20.vehicle } : { roots, generations: ['iso2'] }

/**
 * Plugs a car that speaks ISO 15118 into a station that does: an SECC listens on the loopback, the car's EVCC finds it there, and what they agree
 * on is told to the station. Networks keep real time, whatever the clock of the simulated world does.
 */
export function openCable(core: StationCore, evse: SimEvse, { highLevel, vehicle, identity, events }: CableParts): Cable {
  const log = messageLog(core.clock.now)
  const pluggedAt = core.clock.now()
  const { promise: ready, resolve: settle } = Promise.withResolvers<boolean>()
  let state: CableState = 'looking'
  let demand: number | undefined
  let profile: { readonly chosen: ChargingProfile; readonly at: EpochMs } | undefined
  let needs: ChargingNeeds | undefined
  let setPointW: number | undefined
  let givesBackW = 0
  let security = 'none'
  let protocol: string | undefined
  let why: string | undefined
  let refusal: string | undefined
  let isAuthorised = false
  let secc: SeccEnd | undefined
  let sayToCar: ((word: CarWord) => void) | undefined
  let closed = false
  let hasCharged = false
  let isRenegotiating = false
  /** The contactor opened for another schedule only: if the session ends instead, the plug has yet to hear of it. */
  let opensForNow = false

  const end = (reason: string) => {
    if (state === 'ended') return
    state = 'ended'
    if (opensForNow && !closed) events.onOpened(!reason.startsWith('finished'))
    why = reason
    settle(false)
    demand = undefined
    secc?.stop()
    core.changed()
  }
  const follow = (now = 0, before = 0) => {
    if (state === 'charging' && Math.abs(now - before) >= STEP_W) events.onDemand()
  }
  const station = stationSide(core, evse, {
    highLevel,
    plug: {
      isAuthorised: () => isAuthorised,
      onContactor: (isClosed, urgent) => {
        const isBack = isClosed && hasCharged
        if (isClosed) {
          state = 'charging'
          hasCharged = true
          isRenegotiating = false
          opensForNow = false
          settle(true)
        } else if (state === 'charging') {
          state = 'talking'
          opensForNow = isRenegotiating && !urgent
          if (!opensForNow) events.onOpened(urgent)
        }
        if (isBack || isRenegotiating) events.onDemand()
        core.changed()
      },
      onRenegotiating: () => {
        isRenegotiating = true
      },
      onDemand: (asked) => {
        const before = demand
        demand = asked
        follow(asked, before)
      },
      onNeeds: (said) => {
        needs = said
      },
      onProfile: (chosen) => {
        profile = { chosen, at: core.clock.now() }
        if (state !== 'charging') return
        isRenegotiating = false
        events.onDemand()
      },
      onContract: events.onContract,
    },
  })
  const car = carSide(core, evse, {
    vehicle,
    identity,
    onSetPoint: (told) => {
      const before = setPointW
      setPointW = told
      follow(told, before)
    },
  })
  const onEvent = (event: TransportEvent) => {
    if (event.kind === 'link' && event.tls !== undefined) security = `TLS ${event.tls}`
    if (event.kind === 'refused') refusal = `${event.code}: ${event.message}`
    if (log.add(event)) core.changed()
  }
  const withTls = highLevel.tls !== undefined && identity.roots.length > 0
  const shared = { clock: core.network, iface: 'lo', at: LOOPBACK } as const

  const run = async () => {
    const started = await startSecc({
      ...shared,
      random: core.random,
      tls: highLevel.tls && { staple: stapleByServer(core), ...highLevel.tls },
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
        onEnded: ({ reason }) => end([wordsOf(reason), reason?.code === 'finished' && car.whyOver()].filter(Boolean).join(': ')),
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
      needsTls: identity.contract !== undefined || identity.provisioning !== undefined,
      anyAddress: true,
    } as const
    const found = await startEvcc({
      ...shared,
      policy,
      ...(withTls && { tls: tlsOf(identity) }),
      sdpPort: started.value.ports.sdp,
      tries: 8,
      environment: { optionsFor: car.optionsFor, onTold: car.onTold },
      // Messages are seen at the station's end already; what the station gets wrong, only the car knows.
      onEvent: (event) => event.kind === 'deviation' && onEvent(event),
    })
    if (!found.ok) return end(`${found.failure.code}: ${found.failure.message}`)
    sayToCar = found.value.say
    // Under TLS 1.3 a car learns of its refusal only after the handshake: the station has then no session that could end.
    void found.value.ended.then(({ reason }) => state === 'looking' && end(refusal ?? wordsOf(reason)))
    if (closed) sayToCar({ word: 'emergency', cause: 'unplugged' })
  }
  run().catch((error: unknown) => end(String(error)))
  const say = (word: StationWord) => secc?.say(word)

  return {
    state: () => state,
    protocol: () => (protocol === undefined ? undefined : { name: protocol, security }),
    demandW: () => demand,
    renegotiates: () => state !== 'ended' && station.negotiatesAnew(),
    chosenW: (at) => (needs?.control === 'dynamic' ? setPointW : profile && powerAt(profile.chosen, (at - profile.at) / 1_000)),
    chargesFrom: (at) => (profile && state !== 'ended' ? startAfter(profile, at) : undefined),
    leavesAt: identity.departureSeconds === undefined ? undefined : epochMs(pluggedAt + identity.departureSeconds * 1_000),
    ready,
    authorised: () => {
      isAuthorised = true
      say({ word: 'authorised' })
    },
    supply: (now) => {
      if (state !== 'charging') return
      say({ word: 'limits', limits: limitsOf(evse, now.offeredW) })
      say(measuredWord(core, evse, now))
      station.followPlan(say)
      if (needs?.control === 'dynamic') say({ word: 'setPoint', power: watts(Math.round(givesBackW > 0 ? -givesBackW : now.offeredW)) })
    },
    giveBack: (powerW) => {
      // Before ISO 15118-20 there are no words for it.
      if (!needs?.transfer.endsWith('BPT')) return false
      const gives = Math.min(powerW, evse.template.maxDischargeW ?? 0)
      if (needs.control === 'scheduled') car.giveBack(gives, (word) => sayToCar?.(word))
      else givesBackW = gives
      return true
    },
    stop: () => {
      if (state === 'charging' || isRenegotiating) say(stopWord(highLevel))
      // One that has charged is on its way to its end by itself.
      else if (!hasCharged) say({ word: 'emergency', cause: 'stopped before it began' })
    },
    cutOff: (cause) => {
      opensForNow = false
      // The plug knows of it: it need not hear of the contactor.
      if (state === 'charging') state = 'talking'
      say({ word: 'emergency', cause })
      end(`emergency: ${cause}`)
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
