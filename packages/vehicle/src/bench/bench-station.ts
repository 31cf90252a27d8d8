import {
  amperes,
  type Clock,
  type Milliseconds,
  type Seconds,
  seconds,
  volts,
  type WattHours,
  type Watts,
  wattHours,
  watts,
} from '@voltway/units'
import {
  type ChargingProfile,
  type LocalTariff,
  pricesFrom,
  type ScheduleOffer,
  type StationTold,
  type StationWord,
  type SupplyLimits,
} from '../machine/index.ts'

/** What stands in for a station on the bench. */
export interface BenchStationOptions {
  readonly clock: Clock
  readonly limits: SupplyLimits
  readonly offers: readonly ScheduleOffer[]
  /** Prices of its own, for cars that agree on prices in money. */
  readonly tariff?: LocalTariff | undefined
  /** What a car is to draw that lets the station decide (dynamic control); negative gives back. */
  readonly setPoint?: Watts | undefined
  readonly meterId: string
  /** How long a person takes to show a card. */
  readonly authorisedAfter: Milliseconds
  /** How long everything else takes: a cable check, a contactor. */
  readonly reactionTime: Milliseconds
}

const DAY_SECONDS = 86_400

type Say = (word: StationWord) => void

/** The power of a profile some time after it was chosen; its last entry has no end. */
const powerAt = ({ entries }: ChargingProfile, passed: Seconds): Watts =>
  entries.findLast(({ start }) => start <= passed)?.power ?? watts(0)

/**
 * A station that says yes: it authorises everybody, has one offer, and its output is what is asked for, within its limits. For work
 * with real equipment on the other end of the cable, and for tests; the energy of its meter is computed, not measured.
 */
export const benchStation = (options: BenchStationOptions) => {
  const { clock, limits, offers, tariff, setPoint, meterId, authorisedAfter, reactionTime } = options
  let isClosed = false
  let profile: { readonly chosen: ChargingProfile; readonly at: number } | undefined
  let energy = 0
  let last = clock.now()

  const priced = (): readonly ScheduleOffer[] =>
    tariff === undefined ? offers : offers.map((offer) => ({ ...offer, prices: pricesFrom(tariff, clock.now(), DAY_SECONDS) }))
  const read = (power: Watts): WattHours => {
    const now = clock.now()
    if (isClosed) energy += (power * (now - last)) / 3_600_000
    last = now
    return wattHours(Math.round(energy))
  }
  const meter = (power: Watts) => ({ meterId, energy: read(power), at: seconds(Math.floor(clock.now() / 1_000)) })
  const later = (say: Say, word: StationWord, wait = reactionTime): void => {
    clock.after(wait, () => say(word))
  }
  const target = (told: StationTold & { readonly told: 'target' }): StationWord => {
    const voltage = told.voltage ?? limits.nominalVoltage ?? volts(0)
    const planned = profile && powerAt(profile.chosen, seconds((clock.now() - profile.at) / 1_000))
    const current = isClosed ? (told.current ?? amperes((planned ?? 0) / Math.max(voltage, 1))) : amperes(0)
    const power = watts(Math.round(told.power ?? planned ?? voltage * current))
    return { word: 'measured', voltage, current, power, meter: meter(power) }
  }
  const contactor = (say: Say, closed: boolean): void => {
    clock.after(reactionTime, () => {
      read(watts(0))
      isClosed = closed
      say({ word: 'contactor', closed })
      if (!closed) say({ word: 'measured', voltage: volts(0), current: amperes(0), meter: meter(watts(0)) })
    })
  }

  return (told: StationTold, say: Say) => {
    switch (told.told) {
      case 'authoriseWanted':
        return later(say, { word: 'authorised' }, authorisedAfter)
      case 'certificateWanted':
        return later(say, { word: 'certificate', exiResponse: undefined })
      case 'scheduleWanted':
        if (setPoint !== undefined) say({ word: 'setPoint', power: setPoint })
        return later(say, { word: 'offer', schedules: told.needs.prices.includes('absolute') ? priced() : offers })
      case 'cableCheckWanted':
        return later(say, { word: 'cableChecked', isolation: 'valid' })
      case 'preCharge':
        return later(say, { word: 'measured', voltage: told.voltage, current: amperes(0) })
      case 'profileChosen':
        profile = { chosen: told.profile, at: clock.now() }
        return
      case 'closeContactor':
        return contactor(say, true)
      case 'openContactor':
        return contactor(say, false)
      case 'target':
        return say(target(told))
      default:
    }
  }
}
