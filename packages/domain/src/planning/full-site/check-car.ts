import type { FullSitePlan } from './full-site-plan.ts'
import type { FullSiteCar } from './full-site-problem.ts'
import { drawingsOf, needOf } from './full-site-rules.ts'

export interface FullSiteViolation {
  readonly code: 'shape' | 'power' | 'pauses' | 'switches' | 'battery' | 'need' | 'limit' | 'phase' | 'shortfall' | 'cost' | 'certificate'
  readonly field: string
  readonly message: string
}
export type ReportViolation = (code: FullSiteViolation['code'], message: string) => void

interface Planned {
  readonly power: Int32Array
  readonly phases: Uint8Array
}

const checkPowers = (car: FullSiteCar, { power, phases }: Planned, report: ReportViolation): void => {
  const drawings = drawingsOf(car)
  for (const [index, watts] of power.entries()) {
    const slot = car.arriveSlot + index
    const one = drawings.find((drawing) => drawing.phases === phases[index])
    if (!one) {
      report('power', `draws from ${phases[index]} phases in slot ${slot}, which it cannot`)
      continue
    }
    if (watts > 0 && !(watts >= one.least && watts <= one.most && (watts - one.least) % one.step === 0))
      report('power', `has ${watts} W in slot ${slot}, not from ${one.least} to ${one.most} in steps of ${one.step}`)
    if (watts < 0 && -watts > (car.vehicleToGrid?.maxPower ?? 0)) report('power', `gives ${-watts} W in slot ${slot}, more than it may`)
  }
}

const checkRuns = (
  { mostPauses = Number.POSITIVE_INFINITY, leastRun = 1 }: FullSiteCar,
  power: Int32Array,
  report: ReportViolation,
): void => {
  let [runs, length] = [0, 0]
  const end = () => {
    if (length > 0 && length < Math.min(leastRun, power.length))
      report('pauses', `charges for ${length} slots in a run, fewer than ${leastRun}`)
    length = 0
  }
  for (const watts of power) {
    if (watts === 0) end()
    else if (length++ === 0) runs++
  }
  end()
  if (runs > mostPauses + 1) report('pauses', `pauses ${runs - 1} times, more than ${mostPauses}`)
}

/** Phases of every slot count, those of pauses too: a switch comes `leastHold` slots after the last one at least, and none in the first `heldFor`. */
const checkSwitches = ({ connection, arriveSlot }: FullSiteCar, phases: Uint8Array, report: ReportViolation): void => {
  if (typeof connection !== 'object') return
  const { leastHold = 1, inUse, heldFor = 0 } = connection
  let last = Number.NEGATIVE_INFINITY
  for (const [index, now] of phases.entries()) {
    const before = index === 0 ? inUse : phases[index - 1]
    if (before === undefined || before === now) continue
    const slot = arriveSlot + index
    if (index < heldFor) report('switches', `is switched in slot ${slot}, but held for its first ${heldFor}`)
    if (index - last < leastHold) report('switches', `is switched in slot ${slot}, ${index - last} after the last, not ${leastHold}`)
    last = index
  }
}

/** Follows the battery. @returns what is lacking of the guarantee at departure, in watt-slots */
const checkBattery = (car: FullSiteCar, power: Int32Array, at: { readonly hours: number; readonly report: ReportViolation }): number => {
  const { efficiencyIn, efficiencyOut, stored, leastStored, mostStored } = car.vehicleToGrid!
  const hair = 1e-6
  let held = stored / at.hours
  for (const [index, watts] of power.entries()) {
    held += watts > 0 ? (watts * efficiencyIn) / 1_000 : (watts * 1_000) / efficiencyOut
    if (held < leastStored / at.hours - hair || held > mostStored / at.hours + hair)
      at.report(
        'battery',
        `stores ${(held * at.hours).toFixed(1)} Wh after slot ${car.arriveSlot + index}, not ${leastStored} to ${mostStored}`,
      )
  }
  const lacking = (stored + car.need) / at.hours - held
  return lacking > hair ? lacking : 0
}

/** Checks one car by itself. @returns what it lacks, in watt-slots */
export const checkCar = (car: FullSiteCar, planned: Planned, at: { readonly hours: number; readonly report: ReportViolation }): number => {
  checkPowers(car, planned, at.report)
  if (car.vehicleToGrid) return checkBattery(car, planned.power, at)
  checkRuns(car, planned.power, at.report)
  checkSwitches(car, planned.phases, at.report)
  const { least, most } = needOf(car, at.hours)
  const delivered = planned.power.reduce((sum, watts) => sum + watts, 0)
  if (delivered > most) at.report('need', `gets ${delivered} W over a slot, more than ${most}`)
  return Math.max(0, least - delivered)
}

/** One car's part of a plan. */
export const partOf = ({ powerW, phases, offsets }: FullSitePlan, car: number): Planned => ({
  power: powerW.subarray(offsets[car], offsets[car + 1]),
  phases: phases.subarray(offsets[car], offsets[car + 1]),
})
