import { fail, ok, type Result } from '@voltway/units'
import type { SiteFault } from './site-problem.ts'

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

type Report = (code: SiteFault['code'], field: string, message: string) => void
type Fields = Readonly<Record<string, unknown>>

const NUMBERS = ['slots', 'slotHours', 'siteKw', 'panelsPerFeeder'] as const
const LISTS = ['priceEurPerKwh', 'feedersKw', 'panelsKw'] as const

const checkNumber = (value: unknown, field: string, report: Report): void => {
  if (typeof value !== 'number' || !Number.isFinite(value)) report('notANumber', field, 'must be a finite number')
}

const checkNumbers = (values: unknown, field: string, report: Report): void => {
  if (!Array.isArray(values)) report('shape', field, 'must be a list of numbers')
  else for (const [place, value] of values.entries()) checkNumber(value, `${field}[${place}]`, report)
}

const checkCars = (evs: unknown, report: Report): void => {
  if (!Array.isArray(evs)) report('shape', 'evs', 'must be a list')
  else
    for (const [car, ev] of evs.entries()) {
      if (Array.isArray(ev) && ev.length === 5) checkNumbers(ev, `evs[${car}]`, report)
      else report('shape', `evs[${car}]`, 'must be [arriveSlot, departSlot, kWh, maxKw, panel]')
    }
}

const isFields = (json: unknown): json is Fields => typeof json === 'object' && json !== null && !Array.isArray(json)

/** Whether every field is there and of its kind; `faults` has those that are not. */
const isShaped = (json: unknown, faults: SiteFault[]): json is SiteInstance => {
  const report: Report = (code, field, message) => faults.push({ code, field, message })
  if (!isFields(json)) report('shape', 'instance', 'must be an object')
  else {
    for (const field of NUMBERS) checkNumber(json[field], field, report)
    for (const field of LISTS) checkNumbers(json[field], field, report)
    checkCars(json.evs, report)
  }
  return faults.length === 0
}

/** Whether all that is said of what hangs where is so: a panel without a feeder, or a car without its panel, would escape a limit. */
const checkTree = ({ slots, priceEurPerKwh, feedersKw, panelsKw, panelsPerFeeder, evs }: SiteInstance, report: Report): void => {
  if (priceEurPerKwh.length !== slots)
    report('length', 'priceEurPerKwh', `must have one price for each of the ${slots} slots, not ${priceEurPerKwh.length}`)
  if (feedersKw.length > 0 && panelsKw.length === 0)
    report('contradiction', 'feedersKw', 'limit nobody, since there are no panels below them')
  if (feedersKw.length > 0 && !(Number.isInteger(panelsPerFeeder) && panelsPerFeeder > 0))
    report('range', 'panelsPerFeeder', 'must be a whole number, at least 1')
  else if (feedersKw.length > 0 && panelsKw.length > feedersKw.length * panelsPerFeeder)
    report('contradiction', 'panelsPerFeeder', `leaves panel ${feedersKw.length * panelsPerFeeder} without a feeder`)
  if (panelsKw.length === 0) return
  for (const [car, [, , , , panel]] of evs.entries())
    if (!(Number.isInteger(panel) && panel >= 0 && panel < panelsKw.length))
      report('unknown', `evs[${car}][4]`, `must be a place in panelsKw, 0 to ${panelsKw.length - 1}`)
}

/** The JSON as an instance; or what is wrong with its shape, or with what hangs where. Whether its figures make sense is left to `siteFaults`. */
export const instanceFaults = (json: unknown): Result<SiteInstance, readonly SiteFault[]> => {
  const faults: SiteFault[] = []
  if (!isShaped(json, faults)) return fail(faults)
  checkTree(json, (code, field, message) => faults.push({ code, field, message }))
  return faults.length > 0 ? fail(faults) : ok(json)
}
