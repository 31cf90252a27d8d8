import type { Point } from '../svg/marks.ts'
import type { XyFigure } from '../svg/xy-chart.ts'
import { COLOURS } from './colours.ts'
import type { ReplanTimes } from './measure-replans.ts'
import { quantile } from './statistics.ts'

const SHARES = Array.from({ length: 100 }, (_, share) => share / 100)
const { ours, peers } = COLOURS

/** Times of plans by size, and of changes by how many are faster. */
export const solverFigure = (
  { warm, cold, peer }: Readonly<Record<'warm' | 'cold' | 'peer', readonly Point[]>>,
  changes: readonly ReplanTimes[],
): XyFigure => ({
  title: 'Track A: the solver',
  caption: 'Exact plans of nested sites; highs is given the same instances in the same run. Cold: the first plan of a fresh process.',
  panels: [
    {
      title: 'A plan, from nothing',
      x: { label: 'cars', isLog: true },
      y: { label: 'ms', isLog: true },
      series: [
        { label: 'Voltway, warm', colour: ours, shape: 'line', points: warm },
        { label: 'Voltway, cold', colour: ours, shape: 'line', points: cold, dashed: true },
        { label: 'highs (WebAssembly)', colour: peers[0], shape: 'line', points: peer },
      ],
    },
    {
      title: 'One change, repaired',
      x: { label: '% of changes that are faster', from: 0, to: 100 },
      y: { label: 'ms', isLog: true },
      series: changes.map(({ kind, milliseconds }, index) => ({
        label: kind,
        colour: [ours, ...peers][index]!,
        shape: 'line',
        points: SHARES.map((share) => [100 * share, Math.max(0.001, quantile(milliseconds, share))] as const),
      })),
    },
  ],
})
