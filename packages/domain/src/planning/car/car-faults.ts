import { HORIZON_MS } from '../plan-context.ts'
import type { CarbonStep, CarContext, CarFault, CarWish, PowerLimit } from './car-wish.ts'

/** 5 MWh: more than any road vehicle takes. */
const MOST_ENERGY = 5_000_000

type Report = (code: CarFault['code'], field: string, message: string) => void

const isNumber = (value: number, field: string, report: Report): boolean => {
  if (Number.isFinite(value)) return true
  report('notANumber', field, 'must be a finite number')
  return false
}
const isPositive = (value: number, field: string, report: Report): boolean => {
  if (!isNumber(value, field, report)) return false
  if (value > 0) return true
  report('range', field, 'must be more than nothing')
  return false
}

const checkWindow = ({ arrival, departure }: CarWish, { now }: CarContext, report: Report): boolean => {
  const numbers = [isNumber(arrival, 'arrival', report), isNumber(departure, 'departure', report), isNumber(now, 'context.now', report)]
  if (numbers.includes(false)) return false
  if (departure <= arrival) report('contradiction', 'departure', 'must be after arrival')
  else if (departure - arrival > HORIZON_MS) report('range', 'departure', 'must be within seven days of arrival')
  if (departure <= now) report('range', 'departure', 'must not be over')
  return true
}

const checkMinimum = ({ arrival, departure, energy, minimum, lastPart }: CarWish, report: Report): void => {
  if (minimum) {
    if (isPositive(minimum.energy, 'minimum.energy', report) && minimum.energy > energy)
      report('contradiction', 'minimum.energy', 'must not be more than energy')
    if (isNumber(minimum.by, 'minimum.by', report) && (minimum.by <= arrival || minimum.by > departure))
      report('contradiction', 'minimum.by', 'must be after arrival and not after departure')
  }
  if (!lastPart) return
  if ('energy' in lastPart) {
    if (isPositive(lastPart.energy, 'lastPart.energy', report) && lastPart.energy > energy)
      report('contradiction', 'lastPart.energy', 'must not be more than energy')
  } else if (isPositive(lastPart.durationMs, 'lastPart.durationMs', report) && lastPart.durationMs > departure - arrival)
    report('contradiction', 'lastPart.durationMs', 'must not be longer than the car stays')
}

const checkCar = ({ limits, minPower, battery }: CarContext, report: Report): void => {
  const { maxPower, efficiency } = limits
  const isPower = isNumber(maxPower, 'context.limits.maxPower', report)
  if (isPower && maxPower < 0) report('range', 'context.limits.maxPower', 'must not be negative')
  if (isNumber(efficiency, 'context.limits.efficiency', report) && !(efficiency > 0 && efficiency <= 1))
    report('range', 'context.limits.efficiency', 'must be above 0 and at most 1')
  if (minPower !== undefined && isNumber(minPower, 'context.minPower', report)) {
    if (minPower < 0) report('range', 'context.minPower', 'must not be negative')
    if (isPower && maxPower > 0 && minPower > maxPower)
      report('contradiction', 'context.minPower', 'is above context.limits.maxPower: the car could never charge')
  }
  if (!battery) return
  isPositive(battery.capacity, 'context.battery.capacity', report)
  isPositive(battery.maxPower, 'context.battery.maxPower', report)
  if (isNumber(battery.soc, 'context.battery.soc', report) && !(battery.soc >= 0 && battery.soc <= 100))
    report('range', 'context.battery.soc', 'must be from 0 to 100')
  if (battery.taper?.length === 0) report('missing', 'context.battery.taper', 'must have a point')
  for (const [index, { soc, fraction }] of battery.taper?.entries() ?? []) {
    const field = `context.battery.taper[${index}]`
    const before = battery.taper?.[index - 1]?.soc ?? Number.NEGATIVE_INFINITY
    if (isNumber(soc, `${field}.soc`, report) && soc <= before) report('contradiction', `${field}.soc`, 'must be above the point before')
    if (isNumber(fraction, `${field}.fraction`, report) && !(fraction >= 0 && fraction <= 1))
      report('range', `${field}.fraction`, 'must be from 0 to 1')
  }
}

const checkOrder = (steps: readonly (PowerLimit | CarbonStep)[], name: string, report: Report): void => {
  for (const [index, { from, to }] of steps.entries()) {
    if (!(to > from)) report('contradiction', `${name}[${index}].to`, 'must be after from')
    if (index > 0 && from < steps[index - 1]!.to) report('contradiction', `${name}[${index}].from`, 'must not lie in the step before')
  }
}

/**
 * Limits that dip below the least power are pauses, and limits of nothing say that the site has none to give: then a wish is impossible, and is
 * answered with its shortfall and the cause `powerLimits`. But power that is offered and in the whole stay never is as much as the car
 * needs to charge at all cannot be meant: it is a slip, most likely amperes or kW given as W. Whoever knows only what is left over
 * says 0 where that is below the least.
 */
const checkReach = (wish: CarWish, { powerLimits = [], minPower, now }: CarContext, report: Report): void => {
  const least = minPower ?? 0
  const offered = powerLimits.filter(({ from, to }) => to > Math.max(wish.arrival, now) && from < wish.departure)
  if (offered.some(({ power }) => !(Math.floor(power) < least)) || !offered.some(({ power }) => power > 0)) return
  // What lies between limits is not limited.
  if (isCovered(wish, offered, now))
    report('contradiction', 'context.powerLimits', `never reach context.minPower, ${minPower} W: the car could never charge`)
}

const checkSeries = (wish: CarWish, context: CarContext, report: Report): void => {
  const { powerLimits = [], carbon = [], now } = context
  checkOrder(powerLimits, 'context.powerLimits', report)
  for (const [index, { power }] of powerLimits.entries())
    if (isNumber(power, `context.powerLimits[${index}].power`, report) && power < 0)
      report('range', `context.powerLimits[${index}].power`, 'must not be negative')
  checkReach(wish, context, report)
  checkOrder(carbon, 'context.carbon', report)
  for (const [index, { gramsPerKwh }] of carbon.entries())
    if (isNumber(gramsPerKwh, `context.carbon[${index}].gramsPerKwh`, report) && !(gramsPerKwh >= 0 && gramsPerKwh <= 10_000))
      report('range', `context.carbon[${index}].gramsPerKwh`, 'must be from 0 to 10000')
  if (wish.goal === 'greenest' && !coversStay(wish, carbon, now))
    report('missing', 'context.carbon', 'must cover the time from arrival to departure for a greenest plan')
}

/** Whether steps in order leave no gap in the time in which the car may charge. */
const isCovered = ({ arrival, departure }: CarWish, steps: readonly (PowerLimit | CarbonStep)[], now: number): boolean => {
  let known = Math.max(arrival, now)
  for (const { from, to } of steps) if (from <= known) known = Math.max(known, to)
  return known >= departure
}

/** Whether the carbon is known at every moment at which the car may charge. */
export const coversStay = (wish: CarWish, carbon: readonly CarbonStep[], now: number): boolean => isCovered(wish, carbon, now)

/** Everything that is wrong with a wish and what it is planned from; empty when it can be planned. */
export const carFaults = (wish: CarWish, context: CarContext): readonly CarFault[] => {
  const faults: CarFault[] = []
  const report: Report = (code, field, message) => faults.push({ code, field, message })
  const hasWindow = checkWindow(wish, context, report)
  if (isPositive(wish.energy, 'energy', report) && wish.energy > MOST_ENERGY) report('range', 'energy', 'must be at most 5 MWh')
  if (wish.priceCapMicros !== undefined && wish.priceCapMicros < 0n) report('range', 'priceCapMicros', 'must not be negative')
  checkMinimum(wish, report)
  checkCar(context, report)
  if (hasWindow) checkSeries(wish, context, report)
  return faults
}
