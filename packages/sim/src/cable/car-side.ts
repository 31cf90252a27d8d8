import { amperes, type EpochMs, percent, seconds, volts, watts } from '@voltway/units'
import {
  type CarTold,
  type CarWord,
  type ChargingProfile,
  din70121Evcc,
  EVCC_POLICY,
  type EvccOptions,
  iso2Evcc,
  iso20Evcc,
  type LinkFacts,
  type ScheduleOffer,
  type SupplyLimits,
} from '@voltway/vehicle'
import type { SimEvse, StationCore } from '../station/core.ts'
import { carContract } from './car-contract.ts'
import { type CarAtCable, energyOf, isDirect, leastPowerW, mostPowerW, needsOf, transfersOf, wantedNow } from './car-needs.ts'
import { chooseProfile } from './choose-profile.ts'
import { powerAt, withinChoice } from './profile-power.ts'

/** Between two requests of a loop, in real milliseconds. */
const PACE = 200
/** Both ends share a processor with all of the simulated world, and often with the server. */
export const LOOP_PATIENCE = 10

/** A car that stays longer than it said leaves at any moment, as far as a schedule is concerned. */
const LEAST_STAY = 60

/** Why a car ends its session by itself: it has as much as it is to have, or is to leave and gets nothing more. */
export type WhyOver = 'full' | 'departure'

export interface CarSide {
  /** Undefined for a session that somebody else ends. */
  readonly whyOver: () => WhyOver | undefined
  readonly optionsFor: (link: LinkFacts) => EvccOptions
  readonly onTold: (told: CarTold, say: (word: CarWord) => void) => void
  /** Scheduled control: the driver wants so much given back from now on; 0 ends it. The car negotiates for a profile that says so. */
  readonly giveBack: (powerW: number, say: (word: CarWord) => void) => void
}

export interface CarPlug extends CarAtCable {
  /** Dynamic control: what the station told the car to draw, in W; negative gives back. */
  readonly onSetPoint: (powerW: number) => void
}

/** The car's end of a cable: it asks for what its battery takes, and chooses by price. */
export const carSide = (core: StationCore, evse: SimEvse, { onSetPoint, ...car }: CarPlug): CarSide => {
  const { vehicle, identity } = car
  const voltage = volts(evse.template.voltageV)
  const pluggedAt = core.clock.now()
  const contract = carContract(car)
  let limits: SupplyLimits | undefined
  let why: WhyOver | undefined
  let isNewer = false
  let setPointW = 0
  let givesW = 0
  let chosen: { readonly profile: ChargingProfile; readonly at: EpochMs } | undefined

  /** In seconds from now. */
  const departure = () =>
    identity.departureSeconds && Math.max(LEAST_STAY, Math.round(identity.departureSeconds - (core.clock.now() - pluggedAt) / 1_000))
  const needs = () => needsOf(core, evse, { ...car, departureSeconds: departure() })

  /** What it asks of the output; where the station steers, what it could take at most. */
  const battery = (): CarWord => {
    const most = Math.min(evse.template.maxPowerW, limits?.charge.maxPower ?? Number.POSITIVE_INFINITY)
    const wanted = wantedNow(core, evse, { vehicle, mostW: most })
    const bound = chosen ? powerAt(chosen.profile, (core.clock.now() - chosen.at) / 1_000) : wanted
    const takes = Math.max(isNewer ? Number.NEGATIVE_INFINITY : 0, withinChoice(wanted, bound))
    const soc = vehicle.socPercent()
    return {
      word: 'battery',
      voltage,
      targetVoltage: voltage,
      targetCurrent: amperes(Math.round((takes / voltage) * 10) / 10),
      ...(soc !== undefined && { soc: percent(Math.floor(soc)) }),
      ...(isNewer && !isDirect(evse) && { power: watts(Math.round(evse.powerW)) }),
      ...(isNewer && isDirect(evse) && { limits: { maxPower: watts(Math.round(Math.max(0, wanted))) } }),
    }
  }
  /** A battery that is as empty as it may be gives nothing more. */
  const giving = (): CarWord => {
    const isDrained = setPointW < 0 && wantedNow(core, evse, { vehicle, mostW: evse.template.maxPowerW }) >= 0
    const gives = isDrained ? 0 : vehicle.maxDischargeW
    return { word: 'needs', needs: { discharge: { maxPower: watts(gives), maxCurrent: amperes(Math.ceil(gives / voltage)) } } }
  }
  /** Beyond its departure it charges on by what it chose; where nothing flows, it waits for nothing. */
  const isOver = (): WhyOver | undefined => {
    if (vehicle.isFull()) return 'full'
    const stays = identity.departureSeconds
    return stays !== undefined && core.clock.now() - pluggedAt >= stays * 1_000 && evse.powerW === 0 ? 'departure' : undefined
  }
  const goOn = (say: (word: CarWord) => void) => {
    if (why === undefined) {
      why = isOver()
      if (why !== undefined) return say({ word: 'stop' })
    }
    if (isNewer && vehicle.maxDischargeW > 0) say(giving())
    if (isNewer || isDirect(evse)) say(battery())
  }
  const profileFor = (schedules: readonly ScheduleOffer[]): ChargingProfile => {
    if (givesW > 0) return { scheduleId: schedules[0]?.id ?? 1, entries: [{ start: seconds(0), power: watts(-givesW) }] }
    return chooseProfile(schedules, {
      energyWh: energyOf(evse, vehicle),
      departureSeconds: departure(),
      maxPowerW: mostPowerW(core, evse, vehicle),
      minPowerW: leastPowerW(evse),
    })
  }
  const choose = (schedules: readonly ScheduleOffer[], say: (word: CarWord) => void) => {
    if (!schedules.some(({ power }) => power.length > 0)) return
    vehicle.giveBack(givesW)
    chosen = { profile: profileFor(schedules), at: core.clock.now() }
    say({ word: 'choose', profile: chosen.profile })
    // What it asks for is within its choice from the first request on.
    if (isDirect(evse)) say(battery())
  }
  return {
    whyOver: () => why,
    optionsFor: (link) => {
      const payment = contract.over(link, core.network.now())
      const newer = identity.iso20 ? [iso20Evcc] : []
      return {
        link,
        protocols: [...newer, iso2Evcc, ...(isDirect(evse) && payment.payments[0] === 'eim' ? [din70121Evcc] : [])],
        policy: { ...EVCC_POLICY, loopPatience: LOOP_PATIENCE, ...(identity.ignoresStop && { stopNotice: 'ignore' as const }) },
        evccId: identity.evccId,
        transfers: transfersOf(evse, car),
        ...payment,
        needs: needs(),
        valueAdded: [],
        pace: identity.paceMs ?? PACE,
      }
    },
    onTold: (told, say) => {
      switch (told.told) {
        case 'sessionBegan':
          isNewer = told.protocol === 'iso15118-20'
          return say(battery())
        case 'contractInstalled':
          return contract.keep(told)
        case 'limits':
          limits = told.limits
          return goOn(say)
        case 'measured':
          if (told.maxPower !== undefined) limits = { ...limits, charge: { ...limits?.charge, maxPower: told.maxPower } }
          return goOn(say)
        case 'notified':
          // What it still needs is less than what it came with.
          return told.wish === 'renegotiate' ? say({ word: 'needs', needs: needs() }) : undefined
        case 'setPoint':
          setPointW = told.power
          vehicle.giveBack(Math.max(0, -setPointW))
          return onSetPoint(setPointW)
        case 'offers':
          return choose(told.schedules, say)
        default:
      }
    },
    giveBack: (powerW, say) => {
      givesW = Math.min(powerW, vehicle.maxDischargeW)
      say({ word: 'needs', needs: needs() })
      say({ word: 'renegotiate' })
    },
  }
}
