import type { XyPanel, XySeries } from '../svg/xy-chart.ts'
import { type CaltechSession, caltechMonth } from './acn/caltech-month.ts'
import { singlePhase, threePhase } from './acn/caltech-site.ts'
import { earliestDeadline, firstCome, inOrder, leastLaxity, roundRobin } from './acn/month-policies.ts'
import { phaseAware } from './acn/phase-aware.ts'
import { type MonthPolicy, type MonthResult, simulateMonth } from './acn/simulate-month.ts'
import { COLOURS } from './colours.ts'
import { lineOf, table } from './report.ts'
import type { Track } from './track.ts'

const CAPS = Array.from({ length: 27 }, (_, index) => 10 + 5 * index)
const AIM = 95.1
/** The figure ends here: above it all deliver nearly everything. */
const MOST_DRAWN = 70
/** What policies are called in the figure. */
const SHORT: Readonly<Record<string, string>> = {
  'first come, first served': 'first come',
  'earliest deadline first': 'deadline',
  'least laxity first': 'laxity',
}

/** Mean over the caps of the energy delivered, in %, as published. */
interface Published {
  readonly single?: number
  readonly three?: number
}

interface Entry {
  readonly name: string
  readonly policy: MonthPolicy | undefined
  readonly published: Published
}

const PLANNER = 'phase-aware shares'

const ENTRIES: readonly Entry[] = [
  { name: 'round robin', policy: roundRobin, published: { single: 95.39, three: 92.29 } },
  { name: 'first come, first served', policy: inOrder(firstCome), published: { single: 95.53, three: 91.34 } },
  { name: 'earliest deadline first', policy: inOrder(earliestDeadline), published: { single: 96.67, three: 93.1 } },
  { name: 'least laxity first', policy: inOrder(leastLaxity), published: { single: 96.86, three: 93.21 } },
  { name: 'MPC with a solver', policy: undefined, published: { single: 96.89, three: 95.06 } },
  { name: 'offline optimum', policy: undefined, published: { single: 96.96, three: 95.26 } },
  { name: PLANNER, policy: undefined, published: {} },
]

const KINDS = { single: singlePhase, three: threePhase } as const
type Kind = keyof typeof KINDS

const resultsOf = (sessions: readonly CaltechSession[], { name, policy }: Entry, kind: Kind): readonly MonthResult[] =>
  policy === undefined && name !== PLANNER
    ? []
    : CAPS.map((cap) => {
        const limits = KINDS[kind](cap)
        return simulateMonth(sessions, limits, policy ?? phaseAware(limits))
      })

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const percent = (value: number | undefined) => (value === undefined ? '–' : value.toFixed(2))

/** Track B: the published experiment of ACN-Sim with one month of sessions at Caltech. */
export const trackB: Track = {
  title: 'ACN-Sim, experiment 2.1',
  async run({ data, say, skip, put, draw }) {
    const sessions = data === undefined ? [] : caltechMonth(data)
    if (sessions.length === 0) {
      skip('acn-caltech', 'sessions at Caltech, March 2019, since VOLTWAY_DATA names no folder with them.')
      return
    }
    say(
      `${sessions.length} sessions at Caltech, March 2019, 5-minute slots, ${CAPS.length} limits from ${CAPS[0]} to ${CAPS.at(-1)} kW: % of all energy delivered, mean and least over the limits.`,
    )
    say(
      'Three-phase: EVSEs in delta, line currents of both sides of the transformer as vector sums, pods of 80 A. Cars take at most 6.6 kW.\n',
    )
    const panels: XyPanel[] = []
    for (const kind of ['single', 'three'] as const) {
      const series: XySeries[] = []
      const rows = [['policy', 'published mean', 'mean', 'least', 'most of a limit', 'us a decision']]
      // On one phase there is nothing to balance.
      for (const entry of ENTRIES.filter(({ name }) => kind === 'three' || name !== PLANNER)) {
        const results = resultsOf(sessions, entry, kind)
        const published = entry.published[kind]
        const delivered = results.map(({ deliveredPercent }) => deliveredPercent)
        const peak = Math.max(...results.map(({ peakUsage }) => peakUsage))
        const decisions = results.reduce((sum, result) => sum + result.decisions, 0)
        const microseconds = (1_000 * results.reduce((sum, { milliseconds }) => sum + milliseconds, 0)) / decisions
        const ran = results.length > 0
        if (ran)
          series.push({
            label: SHORT[entry.name] ?? entry.name,
            colour: entry.name === PLANNER ? COLOURS.ours : COLOURS.peers[series.length]!,
            shape: 'line',
            points: CAPS.flatMap((cap, index) => (cap <= MOST_DRAWN ? [[cap, delivered[index]!] as const] : [])),
          })
        rows.push([
          entry.name,
          percent(published),
          percent(ran ? mean(delivered) : undefined),
          percent(ran ? Math.min(...delivered) : undefined),
          ran ? peak.toFixed(6) : '–',
          ran ? microseconds.toFixed(0) : '–',
        ])
        if (!ran) continue
        const name = `acn-${kind}-${entry.name.replaceAll(/[ ,]+/g, '-')}`
        const peer = entry.name === PLANNER ? AIM : published
        put(lineOf(`${name}-mean`, mean(delivered), '%'))
        put(lineOf(`${name}-lacking`, 100 - mean(delivered), '%', peer === undefined ? undefined : 100 - peer))
        put(lineOf(`${name}-least`, Math.min(...delivered), '%'))
        put(lineOf(`${name}-peak`, peak, 'of the limit'))
        if (entry.name === PLANNER)
          rows.push([
            `  aim ${AIM.toFixed(2)}: ${mean(delivered) >= AIM ? 'met' : `missed by ${(AIM - mean(delivered)).toFixed(2)}`}`,
            '',
            '',
            '',
            '',
            '',
          ])
      }
      say(`${kind === 'single' ? 'Single-phase' : 'Three-phase'}\n\n${table(rows)}\n`)
      panels.push({
        title: kind === 'single' ? 'Single-phase' : 'Three-phase, loads in delta',
        x: { label: 'limit, kW', from: 10, to: MOST_DRAWN },
        y: { label: '% of the energy delivered', from: 30, to: 100 },
        series,
      })
    }
    draw('b-acn', {
      title: 'Track B: Caltech, March 2019',
      caption: `ACN-Sim, experiment 2.1: all energy of the month, by the limit of the transformer. Limits above ${MOST_DRAWN} kW are left out.`,
      panels,
    })
  },
}
