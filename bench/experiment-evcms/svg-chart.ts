import { FAINT, legendOf, lineFrom, n, PANEL, panelNames, QUIET, textAt, tickStep } from '../svg/marks.ts'
import { sheetOf } from '../svg/sheet.ts'

/** One series of a panel over the hours of a day. */
export interface Series {
  readonly label: string
  readonly colour: string
  readonly values: readonly (number | undefined)[]
  /** `bars` stand side by side, `stack` on top of the stack before, `line` above all. */
  readonly shape: 'line' | 'bars' | 'stack'
  readonly dashed?: boolean
}

export interface Panel {
  readonly title: string
  readonly yLabel: string
  readonly series: readonly Series[]
}

export interface Figure {
  readonly title: string
  readonly caption: string
  readonly panels: readonly Panel[]
}

/** Where hours and values lie on a panel. */
interface Scale {
  readonly ticks: readonly number[]
  readonly x: (hour: number) => number
  readonly y: (value: number) => number
  readonly column: number
}

const stackTop = (series: readonly Series[], hour: number) =>
  series.reduce((sum, { shape, values }) => (shape === 'stack' ? sum + (values[hour] ?? 0) : sum), 0)

const scaleOf = ({ series }: Panel): Scale => {
  const values = series.flatMap((each) => each.values.filter((value) => value !== undefined))
  const stacks = Array.from({ length: 24 }, (_, hour) => stackTop(series, hour))
  const [low, high] = [Math.min(0, ...values), Math.max(0.001, ...values, ...stacks)]
  const step = tickStep(high - low)
  const [first, last] = [Math.floor(low / step), Math.ceil(high / step)]
  const ticks = Array.from({ length: Math.max(1, last - first) + 1 }, (_, index) => (first + index) * step || 0)
  const [inner, tall] = [PANEL.width - PANEL.left - PANEL.right, PANEL.height - PANEL.top - PANEL.bottom]
  const [bottom, top] = [ticks[0]!, ticks.at(-1)!]
  return {
    ticks,
    column: inner / 24,
    x: (hour) => PANEL.left + (inner * hour) / 24,
    y: (value) => PANEL.top + tall * (1 - (value - bottom) / (top - bottom)),
  }
}

const axes = (panel: Panel, { ticks, x, y, column }: Scale): readonly string[] => {
  const small = `font-size="10" fill="${QUIET}"`
  const decimals = Math.max(0, Math.ceil(-Math.log10(ticks[1]! - ticks[0]!) - 1e-9))
  return [
    ...ticks.map((tick) => lineFrom([x(0), y(tick)], [x(24), y(tick)], tick === 0 ? QUIET : FAINT)),
    ...ticks.map((tick) => textAt([x(0) - 6, y(tick) + 3], tick.toFixed(decimals), `${small} text-anchor="end"`)),
    ...[0, 3, 6, 9, 12, 15, 18, 21].map((hour) =>
      textAt([x(hour) + column / 2, PANEL.height - 26], String(hour), `${small} text-anchor="middle"`),
    ),
    textAt([(x(0) + x(24)) / 2, PANEL.height - 10], 'hour of the day, site time', `${small} text-anchor="middle"`),
    ...panelNames(panel),
  ]
}

const legend = ({ series }: Panel): readonly string[] =>
  legendOf(series.map(({ label, colour, shape, dashed }) => ({ label, colour, dashed, mark: shape === 'line' ? 'line' : 'block' })))

const bar = (box: { x: number; width: number }, from: number, to: number, colour: string) =>
  `<rect x="${n(box.x)}" y="${n(Math.min(from, to))}" width="${n(box.width)}" height="${n(Math.abs(from - to))}" fill="${colour}"/>`

const barsOf = ({ series }: Panel, { x, y, column }: Scale): readonly string[] => {
  const beside = series.filter(({ shape }) => shape === 'bars')
  const width = (column - 3) / Math.max(1, beside.length)
  const sideBySide = beside.flatMap(({ values, colour }, index) =>
    values.flatMap((value, hour) => (value ? [bar({ x: x(hour) + 1.5 + index * width, width }, y(0), y(value), colour)] : [])),
  )
  const under = Array.from({ length: 24 }, () => 0)
  const stacked = series
    .filter(({ shape }) => shape === 'stack')
    .flatMap(({ values, colour }) =>
      values.flatMap((value, hour) => {
        if (!value) return []
        const from = under[hour]!
        under[hour] = from + value
        return [bar({ x: x(hour) + 1.5, width: column - 3 }, y(from), y(from + value), colour)]
      }),
    )
  return [...sideBySide, ...stacked]
}

/** Lines with a dot at every figure; they do not cross hours without one. */
const linesOf = ({ series }: Panel, { x, y, column }: Scale): readonly string[] =>
  series
    .filter(({ shape }) => shape === 'line')
    .flatMap(({ values, colour, dashed }) => {
      const points = values.map((value, hour) => (value === undefined ? undefined : `${n(x(hour) + column / 2)},${n(y(value))}`))
      const path = points
        .map((point, hour) => (point === undefined ? '' : `${points[hour - 1] === undefined ? 'M' : 'L'}${point}`))
        .join('')
      const dots = points.flatMap((point) => {
        const [cx, cy] = point?.split(',') ?? []
        return point === undefined ? [] : [`<circle cx="${cx}" cy="${cy}" r="2.2" fill="${colour}"/>`]
      })
      return [`<path d="${path}" fill="none" stroke="${colour}" stroke-width="1.8"${dashed ? ' stroke-dasharray="4 3"' : ''}/>`, ...dots]
    })

const marksOf = (panel: Panel): readonly string[] => {
  const scale = scaleOf(panel)
  return [...axes(panel, scale), ...barsOf(panel, scale), ...linesOf(panel, scale), ...legend(panel)]
}

/** A figure over the hours of a day. */
export const svgOf = ({ title, caption, panels }: Figure): string => sheetOf({ title, caption, panels: panels.map(marksOf) })
