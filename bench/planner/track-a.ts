import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { checkSitePlan, type PlannedSite, planSite, type SiteProblem } from '@voltway/domain/planning/site'
import { watts } from '@voltway/units'
import type { Point } from '../svg/marks.ts'
import { type FrozenInstance, frozenInstances, readProblem } from './frozen-instances.ts'
import { generateSite } from './generate-site.ts'
import type { HighsRun } from './highs-solver.ts'
import { openHighs } from './highs-solver.ts'
import { measureReplans, type ReplanTimes } from './measure-replans.ts'
import { against, lineOf, ms, skippedLine, table } from './report.ts'
import { solverFigure } from './solver-figure.ts'
import { median, quantile } from './statistics.ts'
import type { Track, TrackOptions } from './track.ts'

const AIM = { warm: 15, cold: 50, hundredThousand: 300, replanP95: 1, highsRatio: 500 }

const planned = (problem: SiteProblem): PlannedSite => {
  const result = planSite(problem)
  if (!result.ok) throw new Error(JSON.stringify(result.failure))
  return result.value
}

/** Cars planned before the first plan of a series is measured: V8 goes on compiling for about so many, whatever the site's size. */
const WARM_UP_CARS = 300_000
const MOST_WARM_UP = 300

/** Times of a number of plans in a process that has planned this site before, so that they can be had again. */
const warmTimes = (problem: SiteProblem, rounds: number): readonly number[] => {
  const warmUp = Math.min(MOST_WARM_UP, Math.ceil(WARM_UP_CARS / problem.cars.length))
  for (let round = 0; round < warmUp; round++) planned(problem)
  return Array.from({ length: rounds }, () => {
    const began = performance.now()
    planned(problem)
    return performance.now() - began
  })
}

interface Cold {
  readonly milliseconds: number
  readonly grewMb: number
  readonly peakMb: number
}
const coldRuns = (path: string): readonly Cold[] =>
  Array.from({ length: 5 }, () =>
    JSON.parse(execFileSync(process.execPath, [fileURLToPath(new URL('cold-process.ts', import.meta.url)), path], { encoding: 'utf8' })),
  )

/** Difference to the proven optimum by cost plus 10 EUR a kWh lacking, relative; and the gap that the plan's own certificate leaves. */
const gapsOf = (problem: SiteProblem, { plan, certificate }: PlannedSite, { optimum }: FrozenInstance) => {
  const check = checkSitePlan(problem, plan, certificate)
  if (check.violations.length > 0) throw new Error(JSON.stringify(check.violations.slice(0, 3)))
  const [ours, best] = [Number(plan.energyCostNanos) / 1e9 + plan.totalShortfall / 100, optimum.costEur + 10 * optimum.shortfallKwh]
  return { toOptimum: Math.abs(ours - best) / best, certified: check.shortfallGapWh + check.costGapNanos }
}

const highsTimes = (solve: (problem: SiteProblem) => HighsRun, problem: SiteProblem): number | undefined => {
  const first = solve(problem).milliseconds
  return first > 1_000 ? first : median([first, solve(problem).milliseconds, solve(problem).milliseconds])
}

/** Points of the figure: cars, milliseconds. */
type Points = Point[]

/** Adds a point; of instances of one size the last stands for all. */
const note = (points: Points, point: Point): void => {
  if (points.at(-1)?.[0] === point[0]) points.pop()
  points.push(point)
}

const measureInstances = async (
  { highs, say, put }: TrackOptions,
  points: { readonly cold: Points; readonly peer: Points },
): Promise<void> => {
  const solve = await openHighs()
  const rows = [['instance', 'warm ms', 'cold ms', 'peak MB', 'gap to optimum', 'certified gap', 'highs ms', 'ratio']]
  const notes: string[] = []
  for (const instance of frozenInstances()) {
    const problem = readProblem(instance.path)
    const warm = median(warmTimes(problem, 25))
    const runs = coldRuns(instance.path)
    const cold = median(runs.map(({ milliseconds }) => milliseconds))
    const peak = median(runs.map(({ peakMb }) => peakMb))
    const { toOptimum, certified } = gapsOf(problem, planned(problem), instance)
    const peer = instance.cars <= highs ? highsTimes(solve, problem) : undefined
    if (instance.name.includes('nested')) {
      note(points.cold, [instance.cars, cold])
      if (peer !== undefined) note(points.peer, [instance.cars, peer])
    }
    const ratio = peer === undefined ? '–' : (peer / warm).toFixed(0)
    rows.push([instance.name, ms(warm), ms(cold), peak.toFixed(0), toOptimum.toExponential(1), `${certified}`, ms(peer), ratio])
    put(lineOf(`${instance.name}-warm`, warm, 'ms', peer))
    if (peer === undefined) put(skippedLine(`${instance.name}-highs`, `above the ${highs} cars that highs is given`))
    put(lineOf(`${instance.name}-cold`, cold, 'ms'))
    put(lineOf(`${instance.name}-peak`, peak, 'MB'))
    put(lineOf(`${instance.name}-gap`, toOptimum, 'of the optimum'))
    if (instance.cars >= 10_000) notes.push(`  ${instance.name}: warm ${against(warm, AIM.warm)}; cold ${against(cold, AIM.cold)}`)
  }
  say(
    `Frozen instances: planned, certified and proved; highs (WebAssembly) on the same, in the same run. Warm: median of 25 plans, after ` +
      `${WARM_UP_CARS.toLocaleString('en-GB')} cars' worth of plans of the same site, at most ${MOST_WARM_UP}; cold: the first plan of a fresh process, ` +
      `from the problem in hand to plan and certificate, without settings of V8, median of 5\n`,
  )
  say(`\n${table(rows)}\n`)
  say(notes.join('\n'))
  say(
    `  aim of the ratio: ${AIM.highsRatio}; instances above ${highs} cars are not given to highs (--highs N); the index has six decimals\n`,
  )
}

const measureSizes = ({ stays, most, say, put }: TrackOptions): Points => {
  const points: Points = []
  const rows = [['cars', 'flat 24', 'flat 96', 'nested 24', 'nested 96']]
  for (const cars of [1_000, 5_000, 10_000, 50_000, 100_000].filter((size) => size <= most)) {
    const row = [`${cars}`]
    for (const isNested of [false, true])
      for (const levels of [24, 96] as const) {
        const rounds = cars >= 50_000 ? 2 : 5
        const times = [1, 2, 3].flatMap((seed) => {
          const problem = generateSite(stays, { cars, seed, isNested, levels })
          return warmTimes(problem, rounds)
        })
        const value = median(times)
        row.push(ms(value))
        if (isNested && levels === 96) points.push([cars, value])
        put(lineOf(`${cars}-${isNested ? 'nested' : 'flat'}-${levels}`, value, 'ms', cars === 100_000 ? AIM.hundredThousand : undefined))
        if (cars === 100_000) row[row.length - 1] += value <= AIM.hundredThousand ? ' ✔' : ' ✘'
      }
    rows.push(row)
  }
  say(
    `Generated sites, warm, ms (median of 3 seeds; columns: prices in a day); aim at 100,000: ${AIM.hundredThousand} ms\n\n${table(rows)}\n`,
  )
  return points
}

const measureChanges = ({ stays, most, say, put }: TrackOptions): readonly ReplanTimes[] => {
  const cars = Math.min(10_000, most)
  const kind = { cars, isNested: true, levels: 96 } as const
  const [problem, arrivals] = [generateSite(stays, { ...kind, seed: 1 }), generateSite(stays, { ...kind, seed: 2 })]
  const counts = { arrival: 400, departure: 400, 'price change': 60, 'cap cut': 60 }
  const rows = [['change', 'p50 ms', 'p95 ms', 'p99 ms', 'proved', 'aim']]
  const measured = measureReplans(problem, arrivals, counts)
  for (const { kind: name, milliseconds, isProved } of measured) {
    const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => quantile(milliseconds, share)) as [number, number, number]
    const aim = name === 'arrival' || name === 'departure' ? AIM.replanP95 : undefined
    rows.push([name, ms(p50), ms(p95), ms(p99), isProved ? 'yes' : 'NO', aim === undefined ? 'none' : `p95: ${against(p95, aim)}`])
    for (const [share, value] of Object.entries({ p50, p95, p99 }))
      put(lineOf(`replan-${name.replace(' ', '-')}-${share}`, value, 'ms', share === 'p95' ? aim : undefined))
  }
  say(`One change at ${cars.toLocaleString('en-GB')} nested cars, 96 prices, exact, delta included\n\n${table(rows)}\n`)
  return measured
}

/** Sites where not all can be served: limits cut, and who gets less settled fairly before prices. */
const measureShares = ({ stays, most, say, put }: TrackOptions): void => {
  const rows = [['cars', 'limits', 'cheapest ms', 'fair ms', 'ratio', 'lacking', 'groups', 'proved']]
  for (const cars of [1_000, 10_000].filter((size) => size <= most))
    for (const share of [0.8, 0.5]) {
      const site = generateSite(stays, { cars, seed: 1, isNested: true, levels: 96 })
      const cut = (limit: number | readonly number[]) => watts(Math.floor((typeof limit === 'number' ? limit : limit[0]!) * share))
      const cheapest = { ...site, nodes: site.nodes.map((node) => ({ ...node, limit: cut(node.limit) })) }
      const fair: SiteProblem = { ...cheapest, fairness: 'maxMin' }
      const [before, after] = [median(warmTimes(cheapest, 5)), median(warmTimes(fair, 5))]
      const { plan, certificate } = planned(fair)
      const { violations, costGapNanos, shortfallGapWh } = checkSitePlan(fair, plan, certificate)
      const isProved = violations.length === 0 && costGapNanos === 0n && shortfallGapWh === 0n
      const lacking = plan.shortfallWh.reduce((count, wh) => count + (wh > 0 ? 1 : 0), 0)
      const groups = certificate.tiers?.count ?? 0
      const ratio = (after / before).toFixed(1)
      rows.push([`${cars}`, `${share * 100} %`, ms(before), ms(after), ratio, `${lacking}`, `${groups}`, isProved ? 'yes' : 'NO'])
      put(lineOf(`${cars}-fair-at-${share}`, after, 'ms', before))
    }
  say(`Limits cut so that not all can be served; max-min of satisfaction, then the least cost, warm\n\n${table(rows)}\n`)
}

/** Track A: the solver itself. */
export const trackA: Track = {
  title: 'the solver',
  async run(options) {
    const [cold, peer]: [Points, Points] = [[], []]
    await measureInstances(options, { cold, peer })
    const warm = measureSizes(options)
    const changes = measureChanges(options)
    measureShares(options)
    options.draw('a-solver', solverFigure({ warm, cold, peer }, changes))
  },
}
