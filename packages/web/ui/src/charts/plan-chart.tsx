import { formatMoney, formatPower, formatTime } from '../format.ts'

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
export interface PlanChartProps {
  readonly from: string
  readonly to: string
  readonly timeZone: string
  readonly prices: readonly PricedSpan[]
  /** When the car is planned to draw what. */
  readonly curve: readonly PowerSpan[]
  /** What it drew, where that is known. */
  readonly measured?: readonly PowerSpan[]
  /** Slots of others. */
  readonly busy?: readonly { readonly from: string; readonly to: string }[]
  readonly now?: string
  readonly label: string
  readonly height?: number
}

const WIDTH = 640
const MARGIN = { left: 8, right: 8, top: 18, bottom: 22 }

const hourTicks = (from: number, to: number) => {
  const step = [1, 2, 3, 4, 6, 12, 24].find((hours) => (to - from) / 3_600_000 / hours <= 7) ?? 24
  const first = Math.ceil(from / (step * 3_600_000)) * step * 3_600_000
  return Array.from(
    { length: Math.max(0, Math.floor((to - first) / (step * 3_600_000)) + 1) },
    (_, index) => first + index * step * 3_600_000,
  )
}

/** A plan against the price until departure: bars are the price per kWh, filled where the car charges. */
export const PlanChart = ({ from, to, timeZone, prices, curve, measured = [], busy = [], now, label, height = 150 }: PlanChartProps) => {
  const [start, end] = [Date.parse(from), Date.parse(to)]
  const inner = height - MARGIN.top - MARGIN.bottom
  const x = (iso: string | number) =>
    MARGIN.left +
    ((Math.min(Math.max(typeof iso === 'number' ? iso : Date.parse(iso), start), end) - start) / (end - start || 1)) *
      (WIDTH - MARGIN.left - MARGIN.right)
  const top = Math.max(1, ...prices.map(({ perKwh }) => Number(perKwh.micros)))
  const barHeight = (micros: string) => Math.max(2, (Math.max(0, Number(micros)) / top) * inner * 0.92)
  const maxPower = Math.max(1, ...curve.map(({ powerW }) => powerW), ...measured.map(({ powerW }) => powerW))
  const powerY = (watts: number) => MARGIN.top + inner - (watts / maxPower) * inner * 0.6
  const visible = prices.filter((span) => Date.parse(span.to) > start && Date.parse(span.from) < end)
  const base = MARGIN.top + inner
  return (
    <svg viewBox={`0 0 ${WIDTH} ${height}`} width="100%" role="img" aria-label={label} style={{ display: 'block' }}>
      {visible.map((span) => {
        const bar = barHeight(span.perKwh.micros)
        return (
          <rect
            key={span.from}
            x={x(span.from)}
            y={base - bar}
            width={Math.max(0.5, x(span.to) - x(span.from) - 0.5)}
            height={bar}
            fill="var(--vw-planned)"
            opacity={span.peak ? 1 : 0.6}
          >
            <title>{`${formatTime(span.from, timeZone)}–${formatTime(span.to, timeZone)}: ${formatMoney(span.perKwh, 4)}/kWh`}</title>
          </rect>
        )
      })}
      {busy.map((span) => (
        <rect
          key={span.from}
          x={x(span.from)}
          y={MARGIN.top}
          width={Math.max(0, x(span.to) - x(span.from))}
          height={inner}
          fill="var(--vw-offline)"
          opacity={0.22}
        />
      ))}
      {curve
        .filter(({ powerW }) => powerW > 0)
        .map((step) => (
          <rect
            key={step.from}
            x={x(step.from)}
            y={powerY(step.powerW)}
            width={Math.max(1, x(step.to) - x(step.from))}
            height={base - powerY(step.powerW)}
            fill="var(--vw-accent)"
            opacity={0.85}
          >
            <title>{`${formatTime(step.from, timeZone)}–${formatTime(step.to, timeZone)}: ${formatPower(step.powerW)}`}</title>
          </rect>
        ))}
      {measured.length > 0 && (
        <path
          d={measured
            .map((step, index) => `${index ? 'L' : 'M'}${x(step.from)},${powerY(step.powerW)}L${x(step.to)},${powerY(step.powerW)}`)
            .join('')}
          fill="none"
          stroke="var(--vw-text)"
          strokeWidth={2}
        />
      )}
      {now && Date.parse(now) > start && Date.parse(now) < end && (
        <line x1={x(now)} x2={x(now)} y1={MARGIN.top - 6} y2={base} stroke="var(--vw-text)" strokeWidth={1.5} strokeDasharray="3 3" />
      )}
      <line x1={MARGIN.left} x2={WIDTH - MARGIN.right} y1={base} y2={base} stroke="var(--vw-border)" />
      {hourTicks(start, end).map((tick) => (
        <text
          key={tick}
          x={x(tick)}
          y={height - 6}
          fontSize={12}
          fill="var(--vw-muted)"
          textAnchor={x(tick) < 24 ? 'start' : x(tick) > WIDTH - 24 ? 'end' : 'middle'}
        >
          {formatTime(new Date(tick).toISOString(), timeZone)}
        </text>
      ))}
      {visible[0] && (
        <text x={MARGIN.left} y={12} fontSize={12} fill="var(--vw-muted)">
          {formatMoney({ currency: visible[0].perKwh.currency, micros: String(top) }, 3)}/kWh
        </text>
      )}
    </svg>
  )
}
