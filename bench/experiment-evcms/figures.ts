import { type Demand, energyByHour, meanByHour, startsByHour } from './hourly.ts'
import type { Answered } from './run-bookings.ts'
import type { System } from './summary.ts'
import type { Figure, Panel, Series } from './svg-chart.ts'

const CASES = [
  [1, 'Case 1: on-peak, free'],
  [2, 'Case 2: on-peak, taken'],
  [3, 'Case 3: off-peak, free'],
  [4, 'Case 4: off-peak, taken'],
] as const

const COLOURS: Readonly<Record<System, string>> = { original: '#8c959f', paper: '#c4661f', voltway: '#1a6fb5' }
const NAMES: Readonly<Record<System, string>> = { original: 'original', paper: 'paper, optimised', voltway: 'Voltway' }
const GREEN = '#2c8a4b'
const RED = '#c93a3a'

type Of = (answer: Answered) => number | undefined
const costOf =
  (system: System): Of =>
  (answer) =>
    answer.original && answer.paper && answer.voltway ? answer[system]?.cost : undefined
/** What the original system charged more. */
const discountOf =
  (system: System): Of =>
  (answer) => {
    const cost = costOf(system)(answer)
    return answer.original && cost !== undefined ? answer.original.cost - cost : undefined
  }

const line = (system: System, values: Series['values'], dashed = false): Series => ({
  label: NAMES[system],
  colour: COLOURS[system],
  values,
  shape: 'line',
  dashed,
})
const bars = (system: System, values: Series['values']): Series => ({
  label: NAMES[system],
  colour: COLOURS[system],
  values,
  shape: 'bars',
})

const costs = (answers: readonly Answered[]): Figure => ({
  title: 'Figure 13. Charging cost by case, original and optimised',
  caption: 'Mean cost of a booking in GBP by the hour asked for; 500 generated bookings. Where lines coincide, nothing changed.',
  panels: CASES.map(([number, title]) => ({
    title,
    yLabel: 'GBP per booking',
    series: [
      line('original', meanByHour(answers, number, costOf('original'))),
      line('paper', meanByHour(answers, number, costOf('paper')), true),
      line('voltway', meanByHour(answers, number, costOf('voltway')), true),
    ],
  })),
})

const discounts = (answers: readonly Answered[]): Figure => ({
  title: 'Figure 14. Discount and profit of the optimised systems by case',
  caption:
    'Mean discount in GBP against the original system by the hour asked for. Above zero is what the paper calls profit; below zero the driver pays more.',
  panels: CASES.map(([number, title]) => ({
    title,
    yLabel: 'GBP per booking',
    series: (['paper', 'voltway'] as const).map((system) => bars(system, meanByHour(answers, number, discountOf(system)))),
  })),
})

const demandPanels = (demand: (system: System) => Demand, titles: { title: string; yLabel: string }): Panel => ({
  ...titles,
  series: (['original', 'paper', 'voltway'] as const).map((system) => bars(system, demand(system).all)),
})

const demands = (answers: readonly Answered[]): Figure => ({
  title: 'Figure 15. Charging and power demand before and after optimisation',
  caption: '“Original” is before. Peak windows are 8 to 11 and 16 to 22 on weekdays.',
  panels: [
    demandPanels((system) => startsByHour(answers, system), { title: 'Charging demand', yLabel: 'bookings that start' }),
    demandPanels((system) => energyByHour(answers, system), { title: 'Power demand', yLabel: 'kWh in the hour, a year' }),
  ],
})

const splitPanel = ({ all, onPeak }: Demand, titles: { title: string; yLabel: string }): Panel => ({
  ...titles,
  series: [
    { label: 'Peak Off', colour: GREEN, values: all.map((value, hour) => value - onPeak[hour]!), shape: 'stack' },
    { label: 'Peak On', colour: RED, values: onPeak, shape: 'stack' },
  ],
})

const split = (answers: readonly Answered[]): Figure => ({
  title: 'Figure 16. Demand after optimisation, Peak Off and Peak On',
  caption: 'The paper’s rule moves every on-peak booking, even past the driver’s departure; Voltway only those that can wait.',
  panels: (['paper', 'voltway'] as const).flatMap((system) => [
    splitPanel(startsByHour(answers, system), { title: `Charging demand, ${NAMES[system]}`, yLabel: 'bookings that start' }),
    splitPanel(energyByHour(answers, system), { title: `Power demand, ${NAMES[system]}`, yLabel: 'kWh in the hour, a year' }),
  ]),
})

/** Figures 13 to 16 of the paper, drawn from bookings as each system answered them. */
export const figuresOf = (answers: readonly Answered[]): readonly { readonly file: string; readonly figure: Figure }[] => [
  { file: 'figure-13-cost.svg', figure: costs(answers) },
  { file: 'figure-14-discount.svg', figure: discounts(answers) },
  { file: 'figure-15-demand.svg', figure: demands(answers) },
  { file: 'figure-16-demand-by-peak.svg', figure: split(answers) },
]
