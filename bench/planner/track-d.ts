import { createRequire } from 'node:module'
import { checkFullSitePlan, type FullSiteProblem, planFullSite } from '@voltway/domain/planning/full-site'
import type { Highs } from 'highs'
import { optimumOfFullSite } from '../../packages/domain/src/planning/full-site/testing/milp-oracle.ts'
import { type FullSiteKind, generateFullSite } from './generate-full-site.ts'
import { against, lineOf, ms, skippedLine, table } from './report.ts'
import { median } from './statistics.ts'
import type { Track, TrackOptions } from './track.ts'

/** Certified gap in per cent, and milliseconds for a site of so many cars. */
const AIM = {
  gap: 0.5,
  milliseconds: new Map([
    [1_000, 1_000],
    [10_000, 10_000],
  ]),
}
/** What `highs` is given: it takes the whole model as text, and integers only for a site that is very small. */
const HIGHS = { relaxed: [50, 100], whole: 10, seconds: 20 }
const SEEDS = [1, 2, 3]

type Kind = Omit<FullSiteKind, 'cars' | 'seed'>
const NOTHING: Kind = { hasSteps: false, hasPhases: false, switches: false, givesBack: false, hasPauses: false, hasDearPeak: false }
const KINDS: Readonly<Record<string, Kind>> = {
  market: NOTHING,
  'and steps': { ...NOTHING, hasSteps: true },
  'and phases': { ...NOTHING, hasPhases: true },
  'steps, switching': { ...NOTHING, hasSteps: true, hasPhases: true, switches: true },
  'and giving': { ...NOTHING, givesBack: true },
  'steps, dear peak': { ...NOTHING, hasSteps: true, hasDearPeak: true },
  everything: { ...NOTHING, hasSteps: true, hasPhases: true, givesBack: true, hasPauses: true },
}

const solve = (problem: FullSiteProblem) => {
  const began = performance.now()
  const result = planFullSite(problem)
  const milliseconds = performance.now() - began
  if (!result.ok) throw new Error(JSON.stringify(result.failure.slice(0, 3)))
  const check = checkFullSitePlan(problem, result.value.plan, result.value.certificate)
  if (check.violations.length > 0) throw new Error(JSON.stringify(check.violations.slice(0, 3)))
  return { ...result.value, ...check, milliseconds }
}

const missed = (gap: number): string => (gap <= AIM.gap ? `aim ${AIM.gap} % met` : `aim missed by ${(gap - AIM.gap).toFixed(3)} %`)

const measureSizes = ({ stays, most, say, put }: TrackOptions): void => {
  const rows = [['site', 'cars', 'certified gap % (worst)', 'lacking', 'ms (median)', 'gap', 'time']]
  for (const cars of [10, 100, 1_000, 10_000].filter((size) => size <= most))
    for (const [name, kind] of Object.entries(KINDS)) {
      const seeds = cars > 1_000 ? SEEDS.slice(0, 1) : SEEDS
      const runs = seeds.map((seed) => solve(generateFullSite(stays, { ...kind, cars, seed })))
      const gap = Math.max(...runs.map((run) => 100 * run.gap))
      const time = median(runs.map(({ milliseconds }) => milliseconds))
      const lacking = runs.reduce((sum, { plan }) => sum + plan.shortfalls.length, 0)
      const aim = AIM.milliseconds.get(cars)
      const toTime = aim === undefined ? 'no aim' : against(time, aim)
      rows.push([name, cars.toLocaleString('en-GB'), gap.toFixed(3), `${lacking}`, ms(time), missed(gap), toTime])
      put(lineOf(`full-${name.replaceAll(/\W+/g, '-')}-${cars}-gap`, gap, '%', AIM.gap))
      put(lineOf(`full-${name.replaceAll(/\W+/g, '-')}-${cars}-time`, time, 'ms', aim))
    }
  say(
    `Market: prices, nested limits, building, sun, demand charge (dear: a whole month's). ${SEEDS.length} seeds up to 1,000 cars, one above; the first of a size warms up\n`,
  )
  say(`${table(rows)}\n`)
}

/** What `highs` finds, or undefined when it does not end in time. */
const peer = (solver: Highs, problem: FullSiteProblem, isRelaxed: boolean) => {
  const began = performance.now()
  try {
    const nanos = optimumOfFullSite(solver, problem, { isRelaxed, seconds: HIGHS.seconds })
    return { nanos, milliseconds: performance.now() - began }
  } catch {
    return undefined
  }
}

const measureAgainstHighs = async ({ stays, highs, say, skip, put }: TrackOptions): Promise<void> => {
  if (highs < HIGHS.whole) {
    skip('full-against-highs', `sites against highs: the smallest has ${HIGHS.whole} cars, and --highs allows ${highs}.`)
    return
  }
  const load: () => Promise<Highs> = createRequire(import.meta.url)('highs')
  const solver = await load()
  const rows = [['site', 'cars', 'highs', 'plan above it %', 'bound below it %', 'ms', 'highs ms']]
  for (const [name, kind] of Object.entries(KINDS))
    for (const cars of [HIGHS.whole, ...HIGHS.relaxed].filter((size) => size <= highs)) {
      const problem = generateFullSite(stays, { ...kind, cars, seed: 1 })
      const { plan, carsNanos, boundNanos, milliseconds } = solve(problem)
      const isRelaxed = cars > HIGHS.whole
      const found = peer(solver, problem, isRelaxed)
      const label = isRelaxed ? 'relaxed' : 'whole'
      if (!found) {
        rows.push([name, `${cars}`, label, `no optimum in ${HIGHS.seconds} s`, '–', ms(milliseconds), '–'])
        put(
          skippedLine(`full-${name.replaceAll(/\W+/g, '-')}-${cars}-above-highs-${label}`, `highs found no optimum in ${HIGHS.seconds} s`),
        )
        continue
      }
      const best = found.nanos - Number(plan.cost.withoutCarsNanos)
      const [above, below] = [(100 * (Number(carsNanos) - best)) / Math.abs(best), (100 * (best - Number(boundNanos))) / Math.abs(best)]
      rows.push([name, `${cars}`, label, above.toFixed(3), below.toFixed(3), ms(milliseconds), ms(found.milliseconds)])
      put(lineOf(`full-${name.replaceAll(/\W+/g, '-')}-${cars}-above-highs-${label}`, above, '%'))
      put(lineOf(`full-${name.replaceAll(/\W+/g, '-')}-${cars}-against-highs-${label}-time`, milliseconds, 'ms', found.milliseconds))
    }
  say('Against highs: whole is the optimum with steps and pauses, relaxed leaves them out and is a bound too\n')
  say(`${table(rows)}\n`)
}

/** Track D: the full model of a site. */
export const trackD: Track = {
  title: 'the full model',
  async run(options) {
    measureSizes(options)
    await measureAgainstHighs(options)
  },
}
