import { milliseconds, wattHours, watts } from '@voltway/units'
import { microsPerKwh, type SiteNode, type SiteProblem } from './site-problem.ts'

/** The JSON form of a frozen instance: a site, its feeders and panels in kW, cars as `[arriveSlot, departSlot, kWh, maxKw, panel]`. */
export interface SiteInstance {
  readonly slots: number
  readonly slotHours: number
  readonly priceEurPerKwh: readonly number[]
  readonly siteKw: number
  readonly feedersKw: readonly number[]
  readonly panelsKw: readonly number[]
  readonly panelsPerFeeder: number
  readonly evs: readonly (readonly [arriveSlot: number, departSlot: number, kWh: number, maxKw: number, panel: number])[]
}

const thousandths = (value: number): number => Math.round(value * 1_000)

/**
 * A frozen instance as a problem, in W, Wh and micros. Without panels all cars hang on the site. What is wrong with its figures
 * is left for `planSite` to say.
 */
export const readInstance = (instance: SiteInstance): SiteProblem => {
  const { feedersKw, panelsKw, panelsPerFeeder } = instance
  const nodes: SiteNode[] = [{ limit: watts(thousandths(instance.siteKw)) }]
  for (const kw of feedersKw) nodes.push({ parent: 0, limit: watts(thousandths(kw)) })
  const firstPanel = nodes.length
  for (const [panel, kw] of panelsKw.entries())
    nodes.push({ parent: feedersKw.length > 0 ? 1 + Math.floor(panel / panelsPerFeeder) : 0, limit: watts(thousandths(kw)) })
  return {
    slotLength: milliseconds(Math.round(instance.slotHours * 3_600_000)),
    pricePerKwh: instance.priceEurPerKwh.map((price) => microsPerKwh(Math.round(price * 1e6))),
    nodes,
    cars: instance.evs.map(([arriveSlot, departSlot, kWh, maxKw, panel]) => ({
      arriveSlot,
      departSlot,
      need: wattHours(thousandths(kWh)),
      maxPower: watts(thousandths(maxKw)),
      node: panelsKw.length > 0 ? firstPanel + panel : 0,
    })),
  }
}
