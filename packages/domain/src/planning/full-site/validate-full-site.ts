import type { FullSiteFault, FullSiteNode, FullSiteProblem } from './full-site-problem.ts'
import { carFaults } from './validate-car.ts'
import { checkBetween, checkLength, checkPower, checkPrice, checkWhole, MOST_WATTS, type Report } from './validate-number.ts'

const MOST_SLOTS = 10_000

const checkLimit = (limit: number | readonly number[], field: string, at: { readonly slots: number; readonly report: Report }): void => {
  if (typeof limit === 'number') checkPower(limit, field, at.report)
  else if (checkLength(limit, at.slots, { field, report: at.report }))
    for (let slot = 0; slot < at.slots; slot++) checkPower(limit[slot]!, `${field}[${slot}]`, at.report)
}

/** Powers that are paid for are whole, so that money is exact. */
const checkProfile = (power: readonly number[], field: string, at: { readonly slots: number; readonly report: Report }): void => {
  if (!checkLength(power, at.slots, { field, report: at.report })) return
  for (let slot = 0; slot < at.slots; slot++)
    checkBetween(power[slot]!, `${field}[${slot}]`, { least: 0, most: MOST_WATTS, report: at.report })
}

const checkNode = (node: FullSiteNode, index: number, at: { readonly slots: number; readonly report: Report }): void => {
  const { parent, limit, phases } = node
  const field = `nodes[${index}]`
  if (index === 0 && parent !== undefined) at.report('contradiction', `${field}.parent`, 'the first node is the site: nothing is above it')
  if (index > 0 && !(Number.isInteger(parent) && parent! >= 0 && parent! < index))
    at.report('contradiction', `${field}.parent`, `must name a node before it, 0 to ${index - 1}, so that limits nest without a circle`)
  checkLimit(limit, `${field}.limit`, at)
  if (!phases) return
  checkLimit(phases.limit, `${field}.phases.limit`, at)
  if (checkWhole(phases.volts, `${field}.phases.volts`, at.report) && (phases.volts < 1 || phases.volts > 1_000))
    at.report('range', `${field}.phases.volts`, 'must be from 1 to 1000')
  for (const [phase, taken] of (phases.others ?? []).entries()) checkPower(taken, `${field}.phases.others[${phase}]`, at.report)
}

/** The building, the sun, the market: one value for each slot. */
const checkMarket = ({ pricePerKwh, load, solar }: FullSiteProblem, report: Report): void => {
  const slots = pricePerKwh.length
  for (let slot = 0; slot < slots; slot++) checkPrice(pricePerKwh[slot]!, `pricePerKwh[${slot}]`, report)
  if (load) checkProfile(load, 'load', { slots, report })
  if (!solar) return
  checkProfile(solar.power, 'solar.power', { slots, report })
  if (!checkLength(solar.feedInPerKwh, slots, { field: 'solar.feedInPerKwh', report })) return
  for (let slot = 0; slot < slots; slot++) {
    const [field, price] = [`solar.feedInPerKwh[${slot}]`, solar.feedInPerKwh[slot]!]
    if (checkPrice(price, field, report) && price > pricePerKwh[slot]!)
      report('contradiction', field, `is above the price of import, ${pricePerKwh[slot]}: feeding in while importing is not possible`)
  }
}

const checkCharges = ({ demandCharge, exportLimit, shortfallPerKwh }: FullSiteProblem, report: Report): void => {
  if (exportLimit !== undefined) checkPower(exportLimit, 'exportLimit', report)
  if (shortfallPerKwh !== undefined && checkPrice(shortfallPerKwh, 'shortfallPerKwh', report) && shortfallPerKwh < 0)
    report('range', 'shortfallPerKwh', 'must not be negative')
  if (!demandCharge) return
  if (checkPrice(demandCharge.pricePerKw, 'demandCharge.pricePerKw', report) && demandCharge.pricePerKw < 0)
    report('range', 'demandCharge.pricePerKw', 'must not be negative')
  checkBetween(demandCharge.peakSoFar, 'demandCharge.peakSoFar', { least: 0, most: MOST_WATTS, report })
}

/**
 * Everything that is wrong with a problem, in the order of its fields; empty when it can be planned. A car's own most power below its least
 * is a fault. Limits of nodes that stay below it are none: many share them, they move with forecasts and events, and one car that
 * cannot charge must not keep the others from being planned; it is left short, with its cause.
 */
export const fullSiteFaults = (problem: FullSiteProblem): readonly FullSiteFault[] => {
  const { slotLength, pricePerKwh, nodes, cars } = problem
  const faults: FullSiteFault[] = []
  const report: Report = (code, field, message) => faults.push({ code, field, message })
  const slots = pricePerKwh.length
  if (checkWhole(slotLength, 'slotLength', report) && slotLength <= 0) report('range', 'slotLength', 'must be more than nothing')
  if (slots === 0) report('empty', 'pricePerKwh', 'must have a price for at least one slot')
  if (slots > MOST_SLOTS) report('range', 'pricePerKwh', `must have at most ${MOST_SLOTS} slots`)
  checkMarket(problem, report)
  if (nodes.length === 0) report('empty', 'nodes', 'must have at least the site itself')
  for (let index = 0; index < nodes.length; index++) checkNode(nodes[index]!, index, { slots, report })
  checkCharges(problem, report)
  let together = 0
  for (let index = 0; index < cars.length; index++) {
    const found = carFaults(cars[index]!, `cars[${index}]`, { slots, nodes: nodes.length })
    for (const fault of found) faults.push(fault)
    if (found.length === 0) together += cars[index]!.maxPower
  }
  if (together > MOST_WATTS) report('range', 'cars', 'may not take more than 2 GW together')
  return faults
}
