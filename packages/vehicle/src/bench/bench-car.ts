import { amperes, type Clock, type Milliseconds, type Volts } from '@voltway/units'
import type { CarTold, CarWord, ChargingProfile, ScheduleOffer } from '../machine/index.ts'

/** What stands in for a car on the bench. */
export interface BenchCarOptions {
  readonly clock: Clock
  /** Direct current: what the battery has at its terminals. */
  readonly batteryVoltage: Volts
  readonly current: number
  /** How long it charges before it stops by itself; without end when left out. */
  readonly chargeFor?: Milliseconds | undefined
}

type Say = (word: CarWord) => void

/** The first schedule at all of its power. */
const wholeOf = (schedules: readonly ScheduleOffer[]): ChargingProfile => {
  const [schedule] = schedules
  const entries = schedule?.power.map(({ start, maxPower }) => ({ start, power: maxPower })) ?? []
  return { scheduleId: schedule?.id ?? 1, entries }
}

/** A car that takes what is offered and, after a time, asks to stop. */
export const benchCar = ({ clock, batteryVoltage, current, chargeFor }: BenchCarOptions) => {
  let stop = (): void => {}
  return (told: CarTold, say: Say) => {
    switch (told.told) {
      case 'sessionBegan':
        return say({ word: 'battery', voltage: batteryVoltage, targetVoltage: batteryVoltage, targetCurrent: amperes(current) })
      case 'offers':
        return say({ word: 'choose', profile: wholeOf(told.schedules) })
      case 'closeContactor':
        if (chargeFor !== undefined) stop = clock.after(chargeFor, () => say({ word: 'stop' }))
        return
      case 'openContactor':
        return stop()
      default:
    }
  }
}
