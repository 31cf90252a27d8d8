import { type KeyboardEvent, type PointerEvent, useMemo, useState } from 'react'
import { formatMoney, formatNumber, formatTime } from '../format.ts'
import { useWidth } from '../use-width.ts'
import { timeTicks, valueTicks } from './axis.ts'
import { limitSteps } from './limit-steps.ts'
import type { PowerSpan, PricedSpan } from './plan-chart.tsx'
import './charts.css'

export interface PowerLayer {
  readonly id: string
  readonly label: string
  /** Power in W at each of the chart's times. */
  readonly values: readonly number[]
}
export interface PowerChartProps {
  readonly from: string
  readonly to: string
  readonly timeZone: string
  /** Epoch milliseconds, ascending. */
  readonly times: readonly number[]
  /** Stacked from below; one layer is an area of its own. */
  readonly layers: readonly PowerLayer[]
  /** Dashed: what was planned, in steps. */
  readonly planned?: readonly PowerSpan[]
  /** Dotted: what the panels are forecast to give. */
  readonly solar?: readonly PowerSpan[]
  readonly limitW?: number | undefined
  /** To what events of the grid lower the limit, or limit where nothing else does. */
  readonly caps?: readonly PowerSpan[] | undefined
  readonly prices?: readonly PricedSpan[]
  readonly now?: number
  readonly label: string
  readonly words: {
    readonly total: string
    readonly planned: string
    readonly limit: string
    readonly price: string
    readonly solar?: string
  }
  readonly height?: number
}

const LEFT = 44
const RIGHT = 10
const TOP = 24
const BAND = 34
const SHADES = [100, 62, 84, 44, 72, 30, 54, 92]
/** Neighbours in the stack differ in lightness; the line between them and the legend tell them apart. */
const shadeOf = (index: number) => `color-mix(in oklab, var(--vw-accent) ${SHADES[index % SHADES.length]}%, var(--vw-surface))`
const kilowatts = (watts: number) => formatNumber(watts / 1000, 1)

/** The last index whose time is not after `at`; -1 before the first. */
const indexAt = (times: readonly number[], at: number) => {
  let [low, high] = [0, times.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return low - 1
}
const spanAt = <Span extends { readonly from: string; readonly to: string }>(spans: readonly Span[], at: number) =>
  spans.find(({ from, to }) => Date.parse(from) <= at && at < Date.parse(to))

const lengthOf = ({ from, to }: PowerSpan) => Date.parse(to) - Date.parse(from)

const stack = (layers: readonly PowerLayer[], count: number) => {
  const below = new Array<number>(count).fill(0)
  return layers.map((layer) => {
    const low = [...below]
    for (let index = 0; index < count; index++) below[index] = (below[index] ?? 0) + Math.max(0, layer.values[index] ?? 0)
    return { ...layer, low, high: [...below] }
  })
}

/** Power over time: layers stacked under their limit, the plan dashed, the sun dotted, the price as a band below. */
export const PowerChart = (props: PowerChartProps) => {
  const {
    from,
    to,
    timeZone,
    times,
    layers,
    planned = [],
    solar = [],
    limitW,
    caps = [],
    prices = [],
    now,
    label,
    words,
    height = 260,
  } = props
  const [holder, width] = useWidth()
  const [cursor, setCursor] = useState<number>()
  const [start, end] = [Date.parse(from), Date.parse(to)]
  const band = prices.length > 0 ? BAND : 0
  const base = height - 22 - band
  const stacked = useMemo(() => stack(layers, times.length), [layers, times.length])
  const totals = stacked.at(-1)?.high ?? []
  const limits = limitSteps(limitW, caps, { from, to })
  const widest = limits.toSorted((a, b) => lengthOf(b) - lengthOf(a))[0]
  const most = Math.max(1, ...totals, ...[...planned, ...solar, ...limits].map(({ powerW }) => powerW))
  const ticks = valueTicks(most / 1000)
  const top = (ticks.at(-1) ?? 1) * 1000
  const x = (at: number) => LEFT + ((Math.min(Math.max(at, start), end) - start) / (end - start || 1)) * (width - LEFT - RIGHT)
  const y = (watts: number) => TOP + (base - TOP) * (1 - watts / top)
  const outline = (values: readonly number[]) =>
    values.map((value, index) => `${x(times[index] ?? start).toFixed(1)},${y(value).toFixed(1)}`)
  const seen = (steps: readonly PowerSpan[]) => steps.filter((step) => Date.parse(step.to) > start && Date.parse(step.from) < end)
  const line = (steps: readonly PowerSpan[]) =>
    steps
      .map((one, index) => {
        const joined = steps[index - 1]?.to === one.from
        const [left, right, level] = [x(Date.parse(one.from)), x(Date.parse(one.to)), y(one.powerW)]
        return `${joined ? 'L' : 'M'}${left},${level}L${right},${level}`
      })
      .join('')
  const at = cursor === undefined ? undefined : (times[cursor] ?? undefined)

  const point = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const instant = start + ((event.clientX - box.left - LEFT) / (width - LEFT - RIGHT)) * (end - start)
    const index = indexAt(times, instant)
    setCursor(index < 0 ? undefined : index)
  }
  const step = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1, PageUp: -12, PageDown: 12 }[event.key]
    if (by === undefined || times.length === 0) return
    event.preventDefault()
    setCursor((index) => Math.min(times.length - 1, Math.max(0, (index ?? times.length - 1) + by)))
  }
  const price = at === undefined ? undefined : spanAt(prices, at)
  const plan = at === undefined ? undefined : spanAt(planned, at)
  const sun = at === undefined ? undefined : spanAt(solar, at)
  return (
    <fieldset
      className="vw-chart"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move the cursor along the chart
      tabIndex={0}
      onKeyDown={step}
      ref={holder as (element: HTMLFieldSetElement | null) => void}
    >
      <svg width={width} height={height} onPointerMove={point} onPointerLeave={() => setCursor(undefined)} aria-hidden>
        {ticks.map((tick) => (
          <g key={tick}>
            <line x1={LEFT} x2={width - RIGHT} y1={y(tick * 1000)} y2={y(tick * 1000)} stroke="var(--vw-border)" />
            <text x={LEFT - 6} y={y(tick * 1000) + 4} textAnchor="end">
              {formatNumber(tick, tick % 1 === 0 ? 0 : 1)}
            </text>
          </g>
        ))}
        <text x={LEFT - 6} y={10} textAnchor="end">
          kW
        </text>
        {stacked.map(({ id, low, high }, index) => (
          <polygon
            key={id}
            points={[...outline(high), ...outline(low).reverse()].join(' ')}
            fill={shadeOf(index)}
            fillOpacity={layers.length === 1 ? 0.35 : 1}
            stroke={layers.length === 1 ? 'none' : 'var(--vw-surface)'}
            strokeWidth={0.75}
          />
        ))}
        {layers.length === 1 && <polyline points={outline(totals).join(' ')} fill="none" stroke="var(--vw-accent)" strokeWidth={2} />}
        <path d={line(seen(solar))} fill="none" stroke="var(--vw-suspended)" strokeWidth={2} strokeDasharray="2 3" />
        <path d={line(seen(planned))} fill="none" stroke="var(--vw-text)" strokeWidth={1.5} strokeDasharray="5 4" />
        {limits.length > 0 && (
          <g>
            <path d={line(limits)} fill="none" stroke="var(--vw-limit)" strokeWidth={1.5} />
            {limits.map((one) => (
              <LimitLabel key={one.from} left={x(Date.parse(one.from))} right={x(Date.parse(one.to))} y={y(one.powerW) - 4}>
                {one === widest ? `${words.limit} ${kilowatts(one.powerW)} kW` : `${kilowatts(one.powerW)} kW`}
              </LimitLabel>
            ))}
          </g>
        )}
        {timeTicks(start, end, timeZone, Math.max(2, Math.floor(width / 90))).map((tick) => (
          <g key={tick}>
            <line x1={x(tick)} x2={x(tick)} y1={base} y2={base + 4} stroke="var(--vw-border)" />
            <text x={x(tick)} y={base + 16} textAnchor={x(tick) > width - 30 ? 'end' : x(tick) < LEFT + 10 ? 'start' : 'middle'}>
              {formatTime(new Date(tick).toISOString(), timeZone)}
            </text>
          </g>
        ))}
        {band > 0 && <PriceBand prices={prices} x={x} y={base + 22} width={[start, end]} label={words.price} />}
        {now !== undefined && now > start && now < end && (
          <line x1={x(now)} x2={x(now)} y1={TOP} y2={base} stroke="var(--vw-muted)" strokeDasharray="2 3" />
        )}
        {at !== undefined && <line x1={x(at)} x2={x(at)} y1={TOP} y2={height} stroke="var(--vw-text)" />}
      </svg>
      <output className="vw-legend">
        <span className="vw-legend-time">{at === undefined ? '' : formatTime(new Date(at).toISOString(), timeZone)}</span>
        {stacked.map(({ id, label: name, values }, index) => (
          <span key={id}>
            <i style={{ background: shadeOf(index) }} />
            {name}
            {cursor !== undefined && <b>{kilowatts(values[cursor] ?? 0)} kW</b>}
          </span>
        ))}
        {layers.length > 1 && cursor !== undefined && (
          <span>
            {words.total}
            <b>{kilowatts(totals[cursor] ?? 0)} kW</b>
          </span>
        )}
        {planned.length > 0 && (
          <span>
            <i className="vw-legend-dashed" />
            {words.planned}
            {plan && <b>{kilowatts(plan.powerW)} kW</b>}
          </span>
        )}
        {solar.length > 0 && (
          <span>
            <i className="vw-legend-dotted" />
            {words.solar}
            {sun && <b>{kilowatts(sun.powerW)} kW</b>}
          </span>
        )}
        {price && (
          <span>
            {words.price}
            <b>{formatMoney(price.perKwh, 4)}/kWh</b>
          </span>
        )}
      </output>
    </fieldset>
  )
}

/** At the right end of its step; nothing where it would not fit above it. */
const LimitLabel = ({
  left,
  right,
  y,
  children,
}: {
  readonly left: number
  readonly right: number
  readonly y: number
  readonly children: string
}) =>
  right - left < children.length * 7 ? null : (
    <text x={right} y={y} textAnchor="end" style={{ fill: 'var(--vw-limit)' }}>
      {children}
    </text>
  )

const PriceBand = ({
  prices,
  x,
  y,
  width: [start, end],
  label,
}: {
  readonly prices: readonly PricedSpan[]
  readonly x: (at: number) => number
  readonly y: number
  readonly width: readonly [number, number]
  readonly label: string
}) => {
  const seen = prices.filter((span) => Date.parse(span.to) > start && Date.parse(span.from) < end)
  const micros = seen.map(({ perKwh }) => Number(perKwh.micros))
  const [least, most] = [Math.min(...micros), Math.max(...micros)]
  const currency = seen[0]?.perKwh.currency
  const said = (value: number) => (currency ? formatMoney({ currency, micros: String(value) }, 3) : '')
  return (
    <g>
      {seen.map((span) => {
        const share = most > least ? (Number(span.perKwh.micros) - least) / (most - least) : 0.4
        return (
          <rect
            key={span.from}
            x={x(Date.parse(span.from))}
            y={y + 2}
            width={Math.max(0.5, x(Date.parse(span.to)) - x(Date.parse(span.from)))}
            height={12}
            fill={`color-mix(in oklab, var(--vw-suspended) ${Math.round(20 + share * 80)}%, var(--vw-surface))`}
          />
        )
      })}
      <text x={LEFT} y={y + 28}>
        {`${label} ${said(least)}${most > least ? ` – ${said(most)}` : ''}/kWh`}
      </text>
    </g>
  )
}
