import { limitAt } from '@voltway/domain/planning/site'
import type { XyFigure, XySeries } from '../../svg/xy-chart.ts'
import { COLOURS } from '../colours.ts'
import { hindsight } from './compare-days.ts'
import { steered, uncontrolled } from './policies.ts'
import { type Policy, simulateDay } from './simulate-day.ts'
import type { SiteDays } from './site-days.ts'

const { ours, peers, limit, behind } = COLOURS
/** Days begin at six in the morning. */
const FIRST_HOUR = 6
const CLOCK = [0, 4, 8, 12, 16, 20, 24].map((hour) => [hour, `${String((hour + FIRST_HOUR) % 24).padStart(2, '0')}:00`] as const)

/** The first of the tested days: power under the site's limit, ours against uncontrolled and against hindsight, and the price. */
export const dayFigure = (days: SiteDays, caption: string): XyFigure => {
  const { day, problem } = days.tested[0]!
  const hours = problem.slotLength / 3_600_000
  const stepped = (values: readonly number[]) => [...values, values.at(-1)!].map((value, slot) => [slot * hours, value] as const)
  const load = (policy: Policy) => stepped(simulateDay(problem, policy).siteWh.map((wh) => wh / hours / 1_000))
  const series: readonly XySeries[] = [
    { label: 'controller', colour: behind, shape: 'area', points: load(steered(problem, { day, history: days.history })) },
    { label: 'uncontrolled', colour: peers[3], shape: 'step', points: load(uncontrolled(problem)) },
    { label: 'hindsight', colour: ours, shape: 'step', points: load(hindsight(problem)), dashed: true },
    {
      label: 'limit',
      colour: limit,
      shape: 'step',
      points: stepped(problem.pricePerKwh.map((_, slot) => limitAt(problem.nodes[0]!, slot) / 1_000)),
    },
  ]
  const x = { label: 'time of day', from: 0, to: 24, ticks: CLOCK }
  return {
    title: 'Track C: one day of a site',
    caption,
    panels: [
      { title: 'Power of the site', x, y: { label: 'kW' }, series },
      {
        title: 'Price',
        x,
        y: { label: 'EUR/kWh' },
        series: [{ label: 'price', colour: ours, shape: 'step', points: stepped(problem.pricePerKwh.map((price) => price / 1e6)) }],
      },
    ],
  }
}
