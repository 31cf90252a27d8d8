import type {
  EvseGroup,
  NetworkDriver,
  NetworkFault,
  NetworkProblem,
  NetworkStation,
  NetworkSupply,
  Place,
  Plug,
} from './network-problem.ts'

const MOST_SLOTS = 10_000
const MOST_EVSES = 10_000
const MOST_DELAYS = 1_000
/** A hundred currency units for one kWh, a thousand for an hour, ten thousand in all: sums stay exact. */
const MOST_PRICE = 1e8
const MOST_PER_HOUR = 1e9
const MOST_COST = 1e10
/** 1 MWh. */
const MOST_WH = 1e6
const DAY_MINUTES = 1_440

type Report = (code: NetworkFault['code'], name: string, message: string) => void
interface Range {
  readonly from: number
  readonly to: number
}

const checkNumber = (value: number, name: string, report: Report): boolean => {
  if (typeof value === 'number' && Number.isFinite(value)) return true
  report('notANumber', name, 'must be a finite number')
  return false
}

/** A whole number within a range. */
const checkWhole = (value: number, name: string, at: Range & { readonly report: Report }): boolean => {
  if (!checkNumber(value, name, at.report)) return false
  if (!Number.isInteger(value)) at.report('notWhole', name, 'must be a whole number')
  else if (value < at.from || value > at.to) at.report('range', name, `must be from ${at.from} to ${at.to}`)
  else return true
  return false
}

const checkPlugs = (plugs: readonly Plug[], name: string, report: Report): void => {
  if (plugs.length === 0) report('empty', name, 'must have at least one')
  for (const [index, { standard, maxPower }] of plugs.entries()) {
    if (standard === '') report('empty', `${name}[${index}].standard`, 'must be the name of a standard')
    const power = `${name}[${index}].maxPower`
    if (checkNumber(maxPower, power, report) && maxPower <= 0) report('range', power, 'must be more than nothing')
  }
}

const checkPlace = (place: Place, supply: NetworkSupply, report: Report): void => {
  const stations = supply.stations.length
  if (!(Number.isInteger(place.station) && place.station >= 0 && place.station < stations))
    report('unknown', 'station', `must be a place in stations, 0 to ${stations - 1}`)
  checkWhole(place.arriveSlot, 'arriveSlot', { from: 0, to: supply.slots, report })
  checkWhole(place.detour, 'detour', { from: 0, to: MOST_COST, report })
}

/** What is wrong with one driver at a network that is sound; `field` is the driver's name in the reports. */
export const driverFaults = (driver: NetworkDriver, field: string, supply: NetworkSupply): readonly NetworkFault[] => {
  const faults: NetworkFault[] = []
  const report: Report = (code, name, message) => faults.push({ code, field: `${field}.${name}`, message })
  checkPlugs(driver.plugs, 'plugs', report)
  checkWhole(driver.energy, 'energy', { from: 1, to: MOST_WH, report })
  for (const [index, place] of driver.places.entries()) {
    checkPlace(place, supply, (code, name, message) => report(code, `places[${index}].${name}`, message))
    if (driver.places.findIndex(({ station }) => station === place.station) < index)
      report('contradiction', `places[${index}].station`, 'is named twice')
  }
  checkWhole(driver.mostDelaySlots, 'mostDelaySlots', { from: 0, to: MOST_DELAYS * supply.delayStep, report })
  if (driver.departSlot !== undefined && checkWhole(driver.departSlot, 'departSlot', { from: 0, to: supply.slots, report })) {
    const { departSlot } = driver
    if (driver.places.length > 0 && driver.places.every(({ arriveSlot }) => arriveSlot >= departSlot))
      report('contradiction', 'departSlot', 'must be after arriveSlot of some place: the driver leaves before arriving')
  }
  checkWhole(driver.waitingPerHour, 'waitingPerHour', { from: 0, to: MOST_PER_HOUR, report })
  if (driver.priceCap !== undefined) checkWhole(driver.priceCap, 'priceCap', { from: 0, to: MOST_COST, report })
  return faults
}

/** One value for all slots, or one for each. */
const checkSlots = (
  values: number | readonly number[],
  name: string,
  at: Range & { readonly slots: number; readonly report: Report },
): void => {
  if (typeof values === 'number') checkWhole(values, name, at)
  else if (values.length !== at.slots)
    at.report('length', name, `must have one value for each of the ${at.slots} slots, not ${values.length}`)
  else for (const [slot, value] of values.entries()) checkWhole(value, `${name}[${slot}]`, at)
}

const checkGroup = ({ connectors, count }: EvseGroup, slots: number, report: Report): void => {
  checkPlugs(connectors, 'connectors', report)
  checkSlots(count, 'count', { from: 0, to: MOST_EVSES, slots, report })
}

const checkStation = ({ pricePerKwh, evses }: NetworkStation, slots: number, report: Report): void => {
  checkSlots(pricePerKwh, 'pricePerKwh', { from: 0, to: MOST_PRICE, slots, report })
  for (const [index, group] of evses.entries())
    checkGroup(group, slots, (code, name, message) => report(code, `evses[${index}].${name}`, message))
}

/** Everything that is wrong with what there is, in the order of its fields. */
export const supplyFaults = (supply: NetworkSupply): readonly NetworkFault[] => {
  const faults: NetworkFault[] = []
  const report: Report = (code, field, message) => faults.push({ code, field, message })
  const { slotLength, slots, delayStep, unservedCost, stations } = supply
  if (checkNumber(slotLength, 'slotLength', report))
    checkWhole(slotLength / 60_000, 'slotLength', {
      from: 1,
      to: DAY_MINUTES,
      report: (code) => report(code, 'slotLength', `must be whole minutes, 1 to ${DAY_MINUTES}`),
    })
  const isLong = checkWhole(slots, 'slots', { from: 1, to: MOST_SLOTS, report })
  checkWhole(delayStep, 'delayStep', { from: 1, to: MOST_SLOTS, report })
  checkWhole(unservedCost, 'unservedCost', { from: 1, to: MOST_COST, report })
  if (isLong)
    for (const [index, station] of stations.entries())
      checkStation(station, slots, (code, name, message) => report(code, `stations[${index}].${name}`, message))
  return faults
}

/** Everything that is wrong with a problem; empty when it can be planned. Drivers are looked at once the rest is sound. */
export const networkFaults = (problem: NetworkProblem): readonly NetworkFault[] => {
  const faults = supplyFaults(problem)
  return faults.length > 0 ? faults : problem.drivers.flatMap((driver, index) => driverFaults(driver, `drivers[${index}]`, problem))
}
