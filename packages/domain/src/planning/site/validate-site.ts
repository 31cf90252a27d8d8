import { inParts } from './in-parts.ts'
import { type SiteCar, type SiteFault, type SiteNode, type SiteProblem, type SolarSurplus, whPerSlot } from './site-problem.ts'

const MOST_SLOTS = 10_000
/** A hundred thousand currency units for one kWh: slips of a unit are caught. */
const MOST_PRICE = 1e11
/** Sums of energy are kept in 32 bits: 2 GWh in one slot. */
export const MOST_WH = 2_147_483_647

type Report = (code: SiteFault['code'], field: string, message: string) => void

const checkNumber = (value: number, field: string, report: Report): boolean => {
  if (Number.isFinite(value)) return true
  report('notANumber', field, 'must be a finite number')
  return false
}
const checkWhole = (value: number, field: string, report: Report): boolean => {
  if (!checkNumber(value, field, report)) return false
  if (Number.isInteger(value)) return true
  report('notWhole', field, 'must be a whole number')
  return false
}
const checkPrice = (value: number, field: string, report: Report): boolean => {
  if (!checkWhole(value, field, report)) return false
  if (Math.abs(value) <= MOST_PRICE) return true
  report('range', field, 'must be within 100,000 currency units of zero')
  return false
}
const checkPower = (value: number, field: string, report: Report): boolean => {
  if (!checkNumber(value, field, report)) return false
  if (value >= 0) return true
  report('range', field, 'must not be negative')
  return false
}
const checkLength = (values: readonly number[], slots: number, at: { readonly field: string; readonly report: Report }): boolean => {
  if (values.length === slots) return true
  at.report('length', at.field, `must have one value for each of the ${slots} slots, not ${values.length}`)
  return false
}

const checkNode = (node: SiteNode, index: number, at: { readonly slots: number; readonly report: Report }): void => {
  const { slots, report } = at
  const { parent, limit } = node
  const field = `nodes[${index}]`
  if (index === 0 && parent !== undefined) report('contradiction', `${field}.parent`, 'the first node is the site: nothing is above it')
  if (index > 0 && !(Number.isInteger(parent) && parent! >= 0 && parent! < index))
    report('contradiction', `${field}.parent`, `must name a node before it, 0 to ${index - 1}, so that limits nest without a circle`)
  if (typeof limit === 'number') checkPower(limit, `${field}.limit`, report)
  else if (checkLength(limit, slots, { field: `${field}.limit`, report }))
    for (let slot = 0; slot < slots; slot++) checkPower(limit[slot]!, `${field}.limit[${slot}]`, report)
}

/** What is wrong with one car at a site of so many slots and nodes; `field` is its name in the reports. */
export const carFaults = (car: SiteCar, field: string, problem: Pick<SiteProblem, 'pricePerKwh' | 'nodes'>): readonly SiteFault[] => {
  const faults: SiteFault[] = []
  const report: Report = (code, name, message) => faults.push({ code, field: `${field}.${name}`, message })
  const [slots, nodes] = [problem.pricePerKwh.length, problem.nodes.length]
  const arrives = checkWhole(car.arriveSlot, 'arriveSlot', report)
  const departs = checkWhole(car.departSlot, 'departSlot', report)
  if (arrives && (car.arriveSlot < 0 || car.arriveSlot >= slots)) report('range', 'arriveSlot', `must be from 0 to ${slots - 1}`)
  if (departs && car.departSlot > slots) report('range', 'departSlot', `must be at most ${slots}`)
  if (arrives && departs && car.departSlot <= car.arriveSlot)
    report('contradiction', 'departSlot', `must be after arriveSlot ${car.arriveSlot}: the car leaves before it comes`)
  if (checkWhole(car.need, 'need', report) && (car.need <= 0 || car.need > MOST_WH))
    report('range', 'need', 'must be more than nothing, and at most 2 GWh')
  if (checkNumber(car.maxPower, 'maxPower', report) && car.maxPower <= 0) report('range', 'maxPower', 'must be more than nothing')
  if (car.priority !== undefined) checkWhole(car.priority, 'priority', report)
  if (!(Number.isInteger(car.node) && car.node >= 0 && car.node < nodes))
    report('unknown', 'node', `must be a place in nodes, 0 to ${nodes - 1}`)
  return faults
}

/** The cheap test by which nearly all cars pass, so that a report is only made where there is one. */
const isSound = (car: SiteCar, slots: number, nodes: number): boolean =>
  Number.isInteger(car.arriveSlot) &&
  Number.isInteger(car.departSlot) &&
  car.arriveSlot >= 0 &&
  car.departSlot > car.arriveSlot &&
  car.departSlot <= slots &&
  Number.isInteger(car.need) &&
  car.need > 0 &&
  car.need <= MOST_WH &&
  car.maxPower > 0 &&
  car.maxPower < Number.POSITIVE_INFINITY &&
  Number.isInteger(car.node) &&
  car.node >= 0 &&
  car.node < nodes &&
  (car.priority === undefined || Number.isInteger(car.priority))

const checkSurplus = ({ power, feedInPerKwh }: SolarSurplus, prices: readonly number[], report: Report): void => {
  const powers = checkLength(power, prices.length, { field: 'surplus.power', report })
  if (powers) for (let slot = 0; slot < prices.length; slot++) checkPower(power[slot]!, `surplus.power[${slot}]`, report)
  if (!checkLength(feedInPerKwh, prices.length, { field: 'surplus.feedInPerKwh', report })) return
  for (let slot = 0; slot < prices.length; slot++) {
    const field = `surplus.feedInPerKwh[${slot}]`
    if (checkPrice(feedInPerKwh[slot]!, field, report) && feedInPerKwh[slot]! > prices[slot]!)
      report('contradiction', field, `is above the price of import, ${prices[slot]}: feeding in while importing is not possible`)
  }
}

/** Everything that is wrong with a problem, in the order of its fields; empty when it can be planned. */
export const siteFaults = (problem: SiteProblem): readonly SiteFault[] => {
  const { slotLength, pricePerKwh, nodes, cars, surplus, fairness } = problem
  const faults: SiteFault[] = []
  const report: Report = (code, field, message) => faults.push({ code, field, message })
  const slots = pricePerKwh.length
  if (checkNumber(slotLength, 'slotLength', report) && slotLength <= 0) report('range', 'slotLength', 'must be more than nothing')
  if (slots === 0) report('empty', 'pricePerKwh', 'must have a price for at least one slot')
  if (slots > MOST_SLOTS) report('range', 'pricePerKwh', `must have at most ${MOST_SLOTS} slots`)
  for (let slot = 0; slot < slots; slot++) checkPrice(pricePerKwh[slot]!, `pricePerKwh[${slot}]`, report)
  if (nodes.length === 0) report('empty', 'nodes', 'must have at least the site itself')
  for (let index = 0; index < nodes.length; index++) checkNode(nodes[index]!, index, { slots, report })
  if (surplus) checkSurplus(surplus, pricePerKwh, report)
  if (fairness !== undefined && fairness !== 'maxMin') report('unknown', 'fairness', 'must be maxMin or left out')
  let together = 0
  inParts(cars.length, (from, to) => {
    for (let index = from; index < to; index++) {
      const car = cars[index]!
      if (isSound(car, slots, nodes.length)) together += whPerSlot(car.maxPower, slotLength)
      else faults.push(...carFaults(car, `cars[${index}]`, problem))
    }
  })
  if (together > MOST_WH) report('range', 'cars', 'may not take more than 2 GWh together in one slot')
  return faults
}
