import { FAINT, legendOf, lineFrom, n, PANEL, type Point, panelNames, QUIET, textAt, tickStep } from './marks.ts'
import { sheetOf } from './sheet.ts'

/** One series over a number; `step` keeps a value until the next point, `area` fills such steps to zero. */
export interface XySeries {
  readonly label: string
  readonly colour: string
  readonly points: readonly Point[]
  readonly shape: 'line' | 'step' | 'area'
  readonly dashed?: boolean
}

export interface Axis {
  readonly label: string
  /** Powers of ten; linear when left out. */
  readonly isLog?: boolean
  /** Where the axis begins and ends; by the points when left out. */
  readonly from?: number
  readonly to?: number
  /** What is written at the ticks; they are numbers when left out. */
  readonly ticks?: readonly (readonly [at: number, text: string])[]
}

export interface XyPanel {
  readonly title: string
  readonly x: Axis
  readonly y: Axis
  readonly series: readonly XySeries[]
}

export interface XyFigure {
  readonly title: string
  readonly caption: string
  readonly panels: readonly XyPanel[]
}

interface Scale {
  readonly ticks: readonly (readonly [number, string])[]
  /** From 0 at the beginning of the axis to 1 at its end. */
  readonly at: (value: number) => number
}

const numbered = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 6 })

const logScale = (axis: Axis, values: readonly number[]): Scale => {
  const low = Math.floor(Math.log10(axis.from ?? Math.min(...values)) + 1e-9)
  const high = Math.max(low + 1, Math.ceil(Math.log10(axis.to ?? Math.max(...values)) - 1e-9))
  const powers = Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index))
  const ticks = axis.ticks ?? powers.map((power) => [power, numbered.format(power)] as const)
  return { ticks, at: (value) => (Math.log10(value) - low) / (high - low) }
}

const linearScale = (axis: Axis, values: readonly number[]): Scale => {
  const [low, high] = [axis.from ?? Math.min(0, ...values), axis.to ?? Math.max(0.001, ...values)]
  const step = tickStep(high - low)
  const [first, last] = [
    axis.from === undefined ? Math.floor(low / step) : low / step,
    axis.to === undefined ? Math.ceil(high / step) : high / step,
  ]
  const begin = Math.ceil(first - 1e-9)
  const ticks = Array.from({ length: Math.floor(last + 1e-9) - begin + 1 }, (_, index) => Number(((begin + index) * step).toPrecision(12)))
  return {
    ticks: axis.ticks ?? ticks.map((tick) => [tick, numbered.format(tick)] as const),
    at: (value) => (value / step - first) / (last - first),
  }
}

const scaleOf = (axis: Axis, values: readonly number[]): Scale => (axis.isLog ? logScale(axis, values) : linearScale(axis, values))

const LEFT = PANEL.left
const RIGHT = PANEL.width - PANEL.right
const TOP = PANEL.top
const BOTTOM = PANEL.height - PANEL.bottom

interface Plane {
  readonly x: (value: number) => number
  readonly y: (value: number) => number
}

const axesOf = ({ title, x, y }: XyPanel, scales: { readonly x: Scale; readonly y: Scale }, plane: Plane): readonly string[] => {
  const small = `font-size="10" fill="${QUIET}"`
  return [
    ...scales.y.ticks.map(([at]) => lineFrom([LEFT, plane.y(at)], [RIGHT, plane.y(at)], FAINT)),
    ...scales.y.ticks.map(([at, text]) => textAt([LEFT - 6, plane.y(at) + 3], text, `${small} text-anchor="end"`)),
    lineFrom([LEFT, BOTTOM], [RIGHT, BOTTOM], QUIET),
    ...scales.x.ticks.map(([at]) => lineFrom([plane.x(at), BOTTOM], [plane.x(at), BOTTOM + 4], QUIET)),
    ...scales.x.ticks.map(([at, text]) => textAt([plane.x(at), PANEL.height - 28], text, `${small} text-anchor="middle"`)),
    textAt([(LEFT + RIGHT) / 2, PANEL.height - 11], x.label, `${small} text-anchor="middle"`),
    ...panelNames({ title, yLabel: y.label }),
  ]
}

const corners = (points: readonly Point[], { x, y }: Plane, isStepped: boolean): readonly string[] =>
  points.flatMap(([px, py], index) => {
    const before = points[index - 1]
    const corner = isStepped && before ? [`${n(x(px))},${n(y(before[1]))}`] : []
    return [...corner, `${n(x(px))},${n(y(py))}`]
  })

const drawn = ({ points, colour, shape, dashed }: XySeries, plane: Plane): readonly string[] => {
  if (points.length === 0) return []
  const path = corners(points, plane, shape !== 'line')
  if (shape === 'area') {
    const ground = (point: Point) => `${n(plane.x(point[0]))},${n(BOTTOM)}`
    return [`<path d="M${ground(points[0]!)}L${path.join('L')}L${ground(points.at(-1)!)}Z" fill="${colour}" fill-opacity="0.85"/>`]
  }
  const dots = shape === 'line' && points.length <= 30 ? points : []
  return [
    `<path d="M${path.join('L')}" fill="none" stroke="${colour}" stroke-width="1.8" stroke-linejoin="round"${dashed ? ' stroke-dasharray="4 3"' : ''}/>`,
    ...dots.map(([px, py]) => `<circle cx="${n(plane.x(px))}" cy="${n(plane.y(py))}" r="2.4" fill="${colour}"/>`),
  ]
}

const marksOf = (panel: XyPanel): readonly string[] => {
  const points = panel.series.flatMap((each) => each.points)
  const x = scaleOf(
    panel.x,
    points.map(([value]) => value),
  )
  const y = scaleOf(
    panel.y,
    points.map(([, value]) => value),
  )
  const plane: Plane = { x: (value) => LEFT + (RIGHT - LEFT) * x.at(value), y: (value) => BOTTOM + (TOP - BOTTOM) * y.at(value) }
  // Areas lie below the grid's lines of other series.
  const order = [...panel.series].sort((a, b) => Number(b.shape === 'area') - Number(a.shape === 'area'))
  const legend = panel.series.map(
    ({ label, colour, shape, dashed }) => ({ label, colour, dashed, mark: shape === 'area' ? 'block' : 'line' }) as const,
  )
  return [...axesOf(panel, { x, y }, plane), ...order.flatMap((each) => drawn(each, plane)), ...legendOf(legend)]
}

/** A figure of series over numbers: panels with linear or logarithmic axes, units and legends. */
export const xyChart = ({ title, caption, panels }: XyFigure): string => sheetOf({ title, caption, panels: panels.map(marksOf) })
