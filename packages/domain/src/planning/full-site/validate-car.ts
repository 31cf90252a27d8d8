import type { CurrentSteps, FullSiteCar, FullSiteFault, PhaseConnection, PhaseSwitching, VehicleToGrid } from './full-site-problem.ts'
import { checkBetween, checkPower, checkPrice, checkWhole, MOST_WATTS, type Report } from './validate-number.ts'

const isPhase = (name: unknown): boolean => name === 'L1' || name === 'L2' || name === 'L3'
const isConnection = (connection: PhaseConnection): boolean =>
  connection === 'three' || isPhase(typeof connection === 'string' ? connection : connection.switchable)

/** Power of the least current, on as few phases as the car can use. */
const leastOfSteps = ({ current, connection = 'three' }: FullSiteCar): number =>
  current ? current.least * current.volts * (connection === 'three' ? 3 : 1) : 0

const checkCurrent = ({ least, most, step, volts }: CurrentSteps, report: Report): void => {
  checkBetween(least, 'current.least', { least: 1, most: 10_000, report })
  checkBetween(step, 'current.step', { least: 1, most: 10_000, report })
  checkBetween(volts, 'current.volts', { least: 1, most: 1_000, report })
  if (checkWhole(most, 'current.most', report) && most < least)
    report('contradiction', 'current.most', `is below the least current, ${least}`)
}

const checkGiving = ({ need }: FullSiteCar, grid: VehicleToGrid, report: Report): void => {
  const { maxPower, efficiencyIn, efficiencyOut, wearPerKwh, stored, leastStored, mostStored } = grid
  checkPower(maxPower, 'vehicleToGrid.maxPower', report)
  checkBetween(efficiencyIn, 'vehicleToGrid.efficiencyIn', { least: 1, most: 1_000, report })
  checkBetween(efficiencyOut, 'vehicleToGrid.efficiencyOut', { least: 1, most: 1_000, report })
  if (checkPrice(wearPerKwh, 'vehicleToGrid.wearPerKwh', report) && wearPerKwh < 0)
    report('range', 'vehicleToGrid.wearPerKwh', 'must not be negative')
  const whole = [
    checkBetween(stored, 'vehicleToGrid.stored', { least: 0, most: MOST_WATTS, report }),
    checkBetween(leastStored, 'vehicleToGrid.leastStored', { least: 0, most: MOST_WATTS, report }),
    checkBetween(mostStored, 'vehicleToGrid.mostStored', { least: 0, most: MOST_WATTS, report }),
  ]
  if (!whole.every(Boolean)) return
  if (leastStored > stored) report('contradiction', 'vehicleToGrid.leastStored', `is above what is stored on arrival, ${stored}`)
  if (mostStored < stored) report('contradiction', 'vehicleToGrid.mostStored', `is below what is stored on arrival, ${stored}`)
  if (stored + need > mostStored) report('contradiction', 'need', `does not fit: ${stored} and ${need} are more than ${mostStored}`)
}

const checkWindow = (car: FullSiteCar, slots: number, report: Report): void => {
  const arrives = checkWhole(car.arriveSlot, 'arriveSlot', report)
  const departs = checkWhole(car.departSlot, 'departSlot', report)
  if (arrives && (car.arriveSlot < 0 || car.arriveSlot >= slots)) report('range', 'arriveSlot', `must be from 0 to ${slots - 1}`)
  if (departs && car.departSlot > slots) report('range', 'departSlot', `must be at most ${slots}`)
  if (arrives && departs && car.departSlot <= car.arriveSlot)
    report('contradiction', 'departSlot', `must be after arriveSlot ${car.arriveSlot}: the car leaves before it comes`)
}

const checkPauses = ({ mostPauses, leastRun, vehicleToGrid }: FullSiteCar, report: Report): void => {
  if (mostPauses !== undefined) checkBetween(mostPauses, 'mostPauses', { least: 0, most: 10_000, report })
  if (leastRun !== undefined) checkBetween(leastRun, 'leastRun', { least: 1, most: 10_000, report })
  if (!vehicleToGrid) return
  if (mostPauses !== undefined) report('contradiction', 'mostPauses', 'cannot be kept by a car that gives back')
  if (leastRun !== undefined) report('contradiction', 'leastRun', 'cannot be kept by a car that gives back')
}

const checkPowers = (car: FullSiteCar, report: Report): void => {
  const { maxPower, leastPower, current } = car
  if (checkBetween(maxPower, 'maxPower', { least: 1, most: MOST_WATTS, report }) && current && leastOfSteps(car) > maxPower)
    report('contradiction', 'current.least', `is ${leastOfSteps(car)} W, more than maxPower: the car could never charge`)
  if (current) checkCurrent(current, report)
  if (leastPower === undefined) return
  if (current) report('contradiction', 'leastPower', 'is said by current.least already')
  if (checkBetween(leastPower, 'leastPower', { least: 0, most: MOST_WATTS, report }) && leastPower > maxPower)
    report('contradiction', 'leastPower', 'is more than maxPower: the car could never charge')
}

/** Whether the car can draw from three phases at all, by its least current. */
const canUseThree = ({ current, maxPower }: FullSiteCar): boolean => !current || 3 * current.least * current.volts <= maxPower

const checkSwitching = (car: FullSiteCar, { leastHold, inUse, heldFor }: PhaseSwitching, report: Report): void => {
  if (leastHold !== undefined) checkBetween(leastHold, 'connection.leastHold', { least: 1, most: 10_000, report })
  if (heldFor !== undefined) {
    checkBetween(heldFor, 'connection.heldFor', { least: 0, most: 10_000, report })
    if (inUse === undefined && heldFor > 0) report('contradiction', 'connection.heldFor', 'needs inUse: which phases are held')
  }
  if (inUse !== undefined && inUse !== 1 && inUse !== 3) report('unknown', 'connection.inUse', 'must be 1 or 3 phases')
  if (inUse === 3 && !canUseThree(car))
    report('contradiction', 'connection.inUse', 'is three phases, for which maxPower is below the least current')
  if (car.vehicleToGrid) report('contradiction', 'connection', 'cannot be switchable for a car that gives back')
}

/** What is wrong with one car at a site of so many slots and nodes; `field` is its name in the reports. */
export const carFaults = (
  car: FullSiteCar,
  field: string,
  site: { readonly slots: number; readonly nodes: number },
): readonly FullSiteFault[] => {
  const faults: FullSiteFault[] = []
  const report: Report = (code, name, message) => faults.push({ code, field: `${field}.${name}`, message })
  const { connection = 'three', priority, vehicleToGrid } = car
  checkWindow(car, site.slots, report)
  checkBetween(car.need, 'need', { least: 0, most: MOST_WATTS, report })
  checkPowers(car, report)
  if (!(Number.isInteger(car.node) && car.node >= 0 && car.node < site.nodes))
    report('unknown', 'node', `must be a place in nodes, 0 to ${site.nodes - 1}`)
  if (!isConnection(connection)) report('unknown', 'connection', 'must be a phase, three, or switchable from a phase')
  else if (typeof connection === 'object') checkSwitching(car, connection, report)
  if (priority !== undefined) checkBetween(priority, 'priority', { least: 0, most: 9, report })
  checkPauses(car, report)
  if (vehicleToGrid) checkGiving(car, vehicleToGrid, report)
  return faults
}
