import { fail, milliseconds, ok, type Result, wattHours, watts } from '@voltway/units'
import { instanceFaults, type SiteInstance } from './instance-faults.ts'
import { microsPerKwh, type SiteFault, type SiteNode, type SiteProblem } from './site-problem.ts'
import { siteFaults } from './validate-site.ts'

const thousandths = (value: number): number => Math.round(value * 1_000)

/** In W, Wh and micros. Without panels all cars hang on the site. */
const problemOf = (instance: SiteInstance): SiteProblem => {
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

const FIELDS: Readonly<Record<string, string>> = { slotLength: 'slotHours', pricePerKwh: 'priceEurPerKwh', cars: 'evs' }
const PLACE_IN_EV: Readonly<Record<string, number>> = { arriveSlot: 0, departSlot: 1, need: 2, maxPower: 3, node: 4 }

/** A field of the problem as the file has it: `cars[3].need` is `evs[3][2]`, `nodes[2].limit` with two feeders is `feedersKw[1]`. */
const fieldInFile = (field: string, { feedersKw }: SiteInstance): string => {
  const [, list = field, place, own] = /^(\w+)(?:\[(\d+)\])?(?:\.(\w+))?/.exec(field) ?? []
  if (list === 'nodes') {
    const node = Number(place)
    if (node === 0) return 'siteKw'
    return node <= feedersKw.length ? `feedersKw[${node - 1}]` : `panelsKw[${node - 1 - feedersKw.length}]`
  }
  const inEv = own === undefined ? '' : `[${PLACE_IN_EV[own]}]`
  return `${FIELDS[list] ?? list}${place === undefined ? '' : `[${place}]`}${inEv}`
}

/** The JSON of a frozen instance as a problem that can be planned; or everything that is wrong with it, by the names that its fields have there. */
export const readInstance = (json: unknown): Result<SiteProblem, readonly SiteFault[]> => {
  const instance = instanceFaults(json)
  if (!instance.ok) return instance
  const problem = problemOf(instance.value)
  const faults = siteFaults(problem)
  if (faults.length === 0) return ok(problem)
  return fail(faults.map((fault) => ({ ...fault, field: fieldInFile(fault.field, instance.value) })))
}
