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

const PANEL = { width: 470, height: 250, left: 56, right: 14, top: 50, bottom: 44 }
const HEAD = 46
const INK = '#24292f'
const FAINT = '#d5dae0'
const QUIET = '#57606a'

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const n = (value: number) => String(Math.round(value * 100) / 100)
const textAt = (at: readonly [number, number], text: string, style: string) =>
  `<text x="${n(at[0])}" y="${n(at[1])}" ${style}>${escaped(text)}</text>`
const lineFrom = (from: readonly [number, number], to: readonly [number, number], stroke: string) =>
  `<line x1="${n(from[0])}" y1="${n(from[1])}" x2="${n(to[0])}" y2="${n(to[1])}" stroke="${stroke}"/>`

/** Steps of 1, 2 or 5 times a power of ten, about five to the axis. */
const tickStep = (span: number): number => {
  const rough = span / 5 || 1
  const power = 10 ** Math.floor(Math.log10(rough))
  return (rough / power > 5 ? 10 : rough / power > 2 ? 5 : rough / power > 1 ? 2 : 1) * power
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
    textAt(
      [0, 0],
      panel.yLabel,
      `${small} text-anchor="middle" transform="translate(14 ${(PANEL.top + PANEL.height - PANEL.bottom) / 2}) rotate(-90)"`,
    ),
    textAt([PANEL.left, 16], panel.title, `font-size="12" font-weight="600" fill="${INK}"`),
  ]
}

const legend = ({ series }: Panel): readonly string[] => {
  let at = PANEL.left
  return series.flatMap(({ label, colour, shape, dashed }) => {
    const from = at
    at += 24 + label.length * 5.7
    const mark =
      shape === 'line'
        ? `<line x1="${n(from)}" y1="31" x2="${n(from + 14)}" y2="31" stroke="${colour}" stroke-width="2"${dashed ? ' stroke-dasharray="4 3"' : ''}/>`
        : `<rect x="${n(from)}" y="26" width="12" height="10" fill="${colour}"/>`
    return [mark, textAt([from + 17, 35], label, `font-size="10" fill="${INK}"`)]
  })
}

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

const panelAt = (panel: Panel, index: number): string => {
  const scale = scaleOf(panel)
  const body = [...axes(panel, scale), ...barsOf(panel, scale), ...linesOf(panel, scale), ...legend(panel)]
  return `<g transform="translate(${(index % 2) * PANEL.width} ${HEAD + Math.floor(index / 2) * PANEL.height})">\n${body.join('\n')}\n</g>`
}

/** Panels two in a row on a light ground, with title, caption, axes, units and legends; plain SVG 1.1. */
export const svgOf = (figure: Figure): string => {
  const [width, height] = [PANEL.width * Math.min(2, figure.panels.length), HEAD + PANEL.height * Math.ceil(figure.panels.length / 2)]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" role="img">`,
    `<title>${escaped(figure.title)}</title>`,
    `<desc>${escaped(figure.caption)}</desc>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    textAt([14, 22], figure.title, `font-size="15" font-weight="700" fill="${INK}"`),
    textAt([14, 38], figure.caption, `font-size="10.5" fill="${QUIET}"`),
    ...figure.panels.map(panelAt),
    '</svg>',
    '',
  ].join('\n')
}
