import { readFile } from 'node:fs/promises'
import { type PlannedSite, planSite, readInstance, type SiteInstance, type SiteProblem, scheduleOf } from '@voltway/domain/planning/site'
import { stopwatch } from '../clock.ts'
import { CommandFailure } from '../command-failure.ts'
import { EXIT } from '../exit-codes.ts'
import type { Verb } from '../verb.ts'

const FORM =
  'the form is {slots, slotHours, priceEurPerKwh, siteKw, feedersKw, panelsKw, panelsPerFeeder, evs: [[arriveSlot, departSlot, kWh, maxKw, panel], ...]}.'

const isNumbers = (value: unknown): value is readonly number[] => Array.isArray(value) && value.every((item) => typeof item === 'number')

/** The first field of a file that is not of its kind; undefined when all are. */
const misshapen = (json: Readonly<Record<string, unknown>>): string | undefined => {
  for (const field of ['slots', 'slotHours', 'siteKw', 'panelsPerFeeder']) if (typeof json[field] !== 'number') return field
  for (const field of ['priceEurPerKwh', 'feedersKw', 'panelsKw']) if (!isNumbers(json[field])) return field
  if (!Array.isArray(json.evs)) return 'evs'
  const car = json.evs.findIndex((ev) => !isNumbers(ev) || ev.length !== 5)
  return car < 0 ? undefined : `evs[${car}]`
}

const isInstance = (json: unknown): json is SiteInstance =>
  typeof json === 'object' && json !== null && misshapen({ ...json }) === undefined

const read = async (file: string): Promise<SiteInstance> => {
  let json: unknown
  try {
    json = JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw new CommandFailure(`${file} cannot be read: ${error instanceof Error ? error.message : error}`, FORM, EXIT.usage)
  }
  if (!isInstance(json)) {
    const field = typeof json === 'object' && json !== null ? misshapen({ ...json }) : 'the file'
    throw new CommandFailure(`${file}: ${field} is missing or of another kind.`, FORM, EXIT.usage)
  }
  if (json.priceEurPerKwh.length !== json.slots)
    throw new CommandFailure(`${file}: priceEurPerKwh has ${json.priceEurPerKwh.length} prices for ${json.slots} slots.`, FORM, EXIT.usage)
  return json
}

const planned = (file: string, problem: SiteProblem): PlannedSite => {
  const result = planSite(problem)
  if (result.ok) return result.value
  const faults = result.failure.slice(0, 10).map(({ field, code, message }) => `  ${field} (${code}): ${message}`)
  throw new CommandFailure(`${file} cannot be planned:\n${faults.join('\n')}`, undefined, EXIT.usage)
}

export const planSiteVerb: Verb = {
  noun: 'plan',
  verb: 'site',
  summary: 'plan all cars of a site at the least shortfall and then the least cost, and print the plan as JSON',
  positionals: [{ name: 'file', summary: 'a site, its prices and its cars as JSON' }],
  options: {},
  examples: ['voltway plan site packages/domain/src/planning/site/fixtures/n50_nested_p96_s2.json'],
  run: async ({ positionals, out }) => {
    const file = positionals[0] ?? ''
    const instance = await read(file)
    const elapsed = stopwatch()
    const { plan } = planned(file, readInstance(instance))
    const milliseconds = elapsed()
    const cars = instance.evs.map((_, car) => Array.from(scheduleOf(plan, car), (wh) => wh / 1_000))
    out(
      JSON.stringify({ energyCostEur: Number(plan.energyCostNanos) / 1e9, shortfallKwh: plan.totalShortfall / 1_000, milliseconds, cars }),
    )
    return EXIT.done
  },
}
