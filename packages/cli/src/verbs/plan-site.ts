import { readFile } from 'node:fs/promises'
import { planSite, readInstance, type SiteFault, type SiteProblem, scheduleOf } from '@voltway/domain/planning/site'
import { stopwatch } from '../clock.ts'
import { CommandFailure } from '../command-failure.ts'
import { EXIT } from '../exit-codes.ts'
import type { Verb } from '../verb.ts'

const FORM =
  'the form is {slots, slotHours, priceEurPerKwh, siteKw, feedersKw, panelsKw, panelsPerFeeder, evs: [[arriveSlot, departSlot, kWh, maxKw, panel], ...]}.'

/** At most so many faults are printed. */
const MOST_FAULTS = 10

const refused = (file: string, faults: readonly SiteFault[]): CommandFailure => {
  const lines = faults.slice(0, MOST_FAULTS).map(({ field, code, message }) => `  ${field} (${code}): ${message}`)
  const rest = faults.length > MOST_FAULTS ? [`  and ${faults.length - MOST_FAULTS} more`] : []
  return new CommandFailure([`${file} cannot be planned:`, ...lines, ...rest].join('\n'), FORM, EXIT.usage)
}

const read = async (file: string): Promise<SiteProblem> => {
  let json: unknown
  try {
    json = JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw new CommandFailure(`${file} cannot be read: ${error instanceof Error ? error.message : error}`, FORM, EXIT.usage)
  }
  const problem = readInstance(json)
  if (!problem.ok) throw refused(file, problem.failure)
  return problem.value
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
    const problem = await read(file)
    const elapsed = stopwatch()
    const planned = planSite(problem)
    const milliseconds = elapsed()
    if (!planned.ok) throw refused(file, planned.failure)
    const { plan } = planned.value
    const cars = problem.cars.map((_, car) => Array.from(scheduleOf(plan, car), (wh) => wh / 1_000))
    out(
      JSON.stringify({ energyCostEur: Number(plan.energyCostNanos) / 1e9, shortfallKwh: plan.totalShortfall / 1_000, milliseconds, cars }),
    )
    return EXIT.done
  },
}
