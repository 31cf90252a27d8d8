import { formatMoney, formatPower, formatTime } from '../format.ts'
import { useWidth } from '../use-width.ts'
import { timeTicks } from './axis.ts'
import './charts.css'

export interface PricedSpan {
  readonly from: string
  readonly to: string
  readonly perKwh: { readonly currency: string; readonly micros: string }
  readonly peak?: boolean
}
export interface PowerSpan {
  readonly from: string
  readonly to: string
  readonly powerW: number
}
interface Span {
  readonly from: string
  readonly to: string
}
export interface PlanChartProps {
  readonly from: string
  readonly to: string
  readonly timeZone: string
  readonly prices: readonly PricedSpan[]
  /** When the car is planned to draw what. */
  readonly curve: readonly PowerSpan[]
  /** What it drew, where that is known. */
  readonly measured?: readonly PowerSpan[]
  /** The most it may draw, over time. */
  readonly limit?: readonly PowerSpan[]
  /** What the site's panels are forecast to give: an area behind, as high as there is room for, with its edge dotted. */
  readonly solar?: readonly PowerSpan[]
  /** Slots of others. */
  readonly busy?: readonly Span[]
  readonly now?: string
  readonly label: string
  readonly height?: number
}

const MARGIN = { side: 4, top: 4, bottom: 20 }
const LABEL = 16
const WIDTH_OF_TIME = 64

/** Where things stand: power above, price below, one axis of time. */
interface Layout {
  readonly x: (iso: string | number) => number
  readonly power: Band
  readonly price: Band
  readonly base: number
}
interface Band {
  readonly top: number
  readonly bottom: number
}

const layoutOf = ({ from, to, prices, height = 150 }: PlanChartProps, width: number): Layout => {
  const [start, end] = [Date.parse(from), Date.parse(to)]
  const x = (iso: string | number) => {
    const at = Math.min(Math.max(typeof iso === 'number' ? iso : Date.parse(iso), start), end)
    return MARGIN.side + ((at - start) / (end - start || 1)) * (width - 2 * MARGIN.side)
  }
  const base = height - MARGIN.bottom
  const split = prices.length === 0 ? base : MARGIN.top + (base - MARGIN.top) * 0.56
  return { x, base, power: { top: MARGIN.top + LABEL, bottom: split }, price: { top: split + LABEL + 4, bottom: base } }
}

const visible = <Item extends Span>(items: readonly Item[], { from, to }: Span) =>
  items.filter((item) => Date.parse(item.to) > Date.parse(from) && Date.parse(item.from) < Date.parse(to))

/** Steps as a line, with a gap where there is none. */
const stepLine = (steps: readonly PowerSpan[], { x, y }: { readonly x: Layout['x']; readonly y: (watts: number) => number }) =>
  steps
    .map((step, index) => {
      const joined = index > 0 && steps[index - 1]?.to === step.from
      return `${joined ? 'L' : 'M'}${x(step.from)},${y(step.powerW)}L${x(step.to)},${y(step.powerW)}`
    })
    .join('')

const Power = ({ props, layout }: { readonly props: PlanChartProps; readonly layout: Layout }) => {
  const { curve, measured = [], timeZone } = props
  const limit = visible(props.limit ?? [], props)
  const { x, power } = layout
  const most = Math.max(1, ...[...curve, ...measured, ...limit].map(({ powerW }) => powerW))
  const y = (watts: number) => power.bottom - (Math.max(0, watts) / most) * (power.bottom - power.top)
  return (
    <g>
      <Sun props={props} layout={layout} />
      {curve
        .filter(({ powerW }) => powerW > 0)
        .map((step) => (
          <rect
            key={step.from}
            className="vw-chart-planned"
            x={x(step.from)}
            y={y(step.powerW)}
            width={Math.max(2, x(step.to) - x(step.from))}
            height={power.bottom - y(step.powerW)}
            fill="var(--vw-accent)"
            opacity={measured.length > 0 ? 0.45 : 1}
          >
            <title>{`${formatTime(step.from, timeZone)}–${formatTime(step.to, timeZone)}: ${formatPower(step.powerW)}`}</title>
          </rect>
        ))}
      <SunEdge props={props} layout={layout} />
      {limit.length > 0 && (
        <path
          className="vw-chart-limit"
          d={stepLine(limit, { x, y })}
          fill="none"
          stroke="var(--vw-limit)"
          strokeWidth={2}
          strokeDasharray="6 3"
        />
      )}
      {measured.length > 0 && (
        <path className="vw-chart-measured" d={stepLine(measured, { x, y })} fill="none" stroke="var(--vw-text)" strokeWidth={2} />
      )}
      <line x1={MARGIN.side} x2={x(props.to)} y1={power.bottom} y2={power.bottom} stroke="var(--vw-border)" />
      <text x={MARGIN.side} y={MARGIN.top + 10}>
        {formatPower(most)}
      </text>
    </g>
  )
}

/** A site's panels give more than one car takes: they have a scale of their own. */
const sunOf = (props: PlanChartProps, { power }: Layout) => {
  const solar = visible(props.solar ?? [], props)
  const most = Math.max(1, ...solar.map(({ powerW }) => powerW))
  const y = (watts: number) => power.bottom - (watts / most) * (power.bottom - power.top)
  return { solar: solar.filter(({ powerW }) => powerW > 0), y }
}

/** Over what is planned, which covers the area behind it. */
const SunEdge = ({ props, layout }: { readonly props: PlanChartProps; readonly layout: Layout }) => {
  const { solar, y } = sunOf(props, layout)
  return (
    solar.length > 0 && (
      <path
        className="vw-chart-solar-edge"
        d={stepLine(solar, { x: layout.x, y })}
        fill="none"
        stroke="var(--vw-suspended)"
        strokeWidth={2}
        strokeDasharray="2 3"
      />
    )
  )
}

const Sun = ({ props, layout }: { readonly props: PlanChartProps; readonly layout: Layout }) => {
  const { x, power } = layout
  const { solar, y } = sunOf(props, layout)
  return solar.map((step) => (
    <rect
      key={step.from}
      className="vw-chart-solar"
      x={x(step.from)}
      y={y(step.powerW)}
      width={Math.max(1, x(step.to) - x(step.from))}
      height={power.bottom - y(step.powerW)}
      fill="var(--vw-suspended)"
      opacity={0.3}
    >
      <title>{`${formatTime(step.from, props.timeZone)}–${formatTime(step.to, props.timeZone)}: ${formatPower(step.powerW)}`}</title>
    </rect>
  ))
}

/** Price bars; what is bought stands out of them. */
const Prices = ({ props, layout }: { readonly props: PlanChartProps; readonly layout: Layout }) => {
  const { curve, timeZone } = props
  const { x, price } = layout
  const spans = visible(props.prices, props)
  const highest = spans.reduce<PricedSpan | undefined>(
    (most, span) => (most && Number(most.perKwh.micros) >= Number(span.perKwh.micros) ? most : span),
    undefined,
  )
  if (!highest) return null
  const top = Math.max(1, Number(highest.perKwh.micros))
  const heightOf = (span: PricedSpan) => Math.max(2, (Math.max(0, Number(span.perKwh.micros)) / top) * (price.bottom - price.top))
  const bar = (span: PricedSpan, { from, to }: Span, fill: string) => (
    <rect
      key={`${fill}${span.from}${from}`}
      x={x(from)}
      y={price.bottom - heightOf(span)}
      width={Math.max(1, x(to) - x(from) - 1)}
      height={heightOf(span)}
      fill={fill}
    >
      <title>{`${formatTime(span.from, timeZone)}–${formatTime(span.to, timeZone)}: ${formatMoney(span.perKwh, 4)}/kWh`}</title>
    </rect>
  )
  const charging = curve.filter(({ powerW }) => powerW > 0)
  return (
    <g>
      {spans.map((span) => bar(span, span, 'var(--vw-planned)'))}
      {spans.flatMap((span) =>
        visible(charging, span).map((step) =>
          bar(span, { from: step.from > span.from ? step.from : span.from, to: step.to < span.to ? step.to : span.to }, 'var(--vw-accent)'),
        ),
      )}
      <text x={MARGIN.side} y={price.top - 4}>
        {formatMoney(highest.perKwh, 4)}/kWh
      </text>
    </g>
  )
}

/** A plan against the price until departure: power above, price bars below, filled where the car charges. */
export const PlanChart = (props: PlanChartProps) => {
  const { from, to, timeZone, busy = [], now, label, height = 150 } = props
  const [hold, width] = useWidth(360)
  const layout = layoutOf(props, width)
  const { x, base } = layout
  const ticks = timeTicks(Date.parse(from), Date.parse(to), timeZone, Math.max(2, Math.floor(width / WIDTH_OF_TIME)))
  return (
    <figure ref={hold} className="vw-chart">
      <svg width={width} height={height} role="img" aria-label={label}>
        <defs>
          <pattern id="vw-busy" width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line x1={0} y1={0} x2={0} y2={6} stroke="var(--vw-offline)" strokeWidth={2} opacity={0.5} />
          </pattern>
        </defs>
        <Prices props={props} layout={layout} />
        <Power props={props} layout={layout} />
        {visible(busy, props).map((span) => (
          <rect
            key={span.from}
            x={x(span.from)}
            y={layout.power.top}
            width={Math.max(1, x(span.to) - x(span.from))}
            height={layout.power.bottom - layout.power.top}
            fill="url(#vw-busy)"
          />
        ))}
        {now && now > from && now < to && (
          <line x1={x(now)} x2={x(now)} y1={layout.power.top} y2={base} stroke="var(--vw-text)" strokeWidth={1.5} strokeDasharray="3 3" />
        )}
        {ticks
          .filter((tick) => x(tick) >= 18 && x(tick) <= width - 18)
          .map((tick) => (
            <text key={tick} x={x(tick)} y={height - 5} textAnchor="middle">
              {formatTime(new Date(tick).toISOString(), timeZone)}
            </text>
          ))}
      </svg>
    </figure>
  )
}
