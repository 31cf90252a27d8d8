import { formatDay, formatExact, formatPercent } from '../format.ts'
import { type EvseStatusName, statusColour, statusWord } from '../status-badge.tsx'
import { dayTicks } from './axis.ts'
import { shareOf, statusShares } from './status-shares.ts'
import './charts.css'

export interface TimelineRow {
  readonly id: string
  readonly label: string
  readonly segments: readonly { readonly from: string; readonly to: string; readonly status: EvseStatusName }[]
}
export interface StatusTimelineProps {
  readonly from: string
  readonly to: string
  readonly timeZone: string
  readonly rows: readonly TimelineRow[]
  readonly onSelect?: (id: string) => void
  readonly label?: string
  /** Heads the last column: the share of the time in which the EVSE could be used. */
  readonly usableWord?: string
}

const ROW = 20
/** Drawn in thousandths of the period and stretched to the place. */
const WIDTH = 1000

/** What each EVSE was, over days: one row each, a gap in the link is hatched; the share at the end is the time it could be used. */
export const StatusTimeline = ({
  from,
  to,
  timeZone,
  rows,
  onSelect,
  label = 'EVSE status over time',
  usableWord = 'Up',
}: StatusTimelineProps) => {
  const [start, end] = [Date.parse(from), Date.parse(to)]
  const x = (at: number) => ((Math.min(Math.max(at, start), end) - start) / (end - start || 1)) * WIDTH
  const days = dayTicks(start, end, timeZone)
  return (
    <section className="vw-timeline" aria-label={label}>
      <svg width={0} height={0} aria-hidden style={{ position: 'absolute' }}>
        <pattern id="vw-hatch" width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width={6} height={6} fill="var(--vw-surface-2)" />
          <line x1={0} y1={0} x2={0} y2={6} stroke="var(--vw-offline)" strokeWidth={2} />
        </pattern>
      </svg>
      <div className="vw-timeline-row" aria-hidden>
        <span />
        <span className="vw-timeline-days">
          {days
            .filter((day) => x(day) < WIDTH * 0.93)
            .map((day) => (
              <span key={day} style={{ insetInlineStart: `${x(day) / 10}%` }}>
                {formatDay(new Date(day).toISOString(), timeZone)}
              </span>
            ))}
        </span>
        <span className="vw-timeline-share">{usableWord}</span>
      </div>
      {rows.map((row) => (
        <div key={row.id} className="vw-timeline-row">
          <span className="vw-timeline-label" title={row.label}>
            {onSelect ? (
              <button type="button" onClick={() => onSelect(row.id)}>
                {row.label}
              </button>
            ) : (
              row.label
            )}
          </span>
          <svg
            width="100%"
            height={ROW}
            viewBox={`0 0 ${WIDTH} ${ROW}`}
            preserveAspectRatio="none"
            role="img"
            aria-label={said(row, start, end)}
          >
            {days.map((day) => (
              <line key={day} x1={x(day)} x2={x(day)} y1={0} y2={ROW} stroke="var(--vw-border)" />
            ))}
            {row.segments.map((segment) => {
              const quiet = segment.status === 'available'
              const gap = segment.status === 'offline' || segment.status === 'unknown'
              const [left, right] = [x(Date.parse(segment.from)), x(Date.parse(segment.to))]
              return (
                <rect
                  key={segment.from}
                  x={left}
                  y={quiet ? 7 : 2}
                  width={Math.max(0.75, right - left)}
                  height={quiet ? 6 : 16}
                  fill={gap ? 'url(#vw-hatch)' : statusColour(segment.status)}
                  opacity={quiet ? 0.55 : 1}
                >
                  <title>{`${statusWord(segment.status)}\n${formatExact(segment.from, timeZone)} –\n${formatExact(segment.to, timeZone)}`}</title>
                </rect>
              )
            })}
          </svg>
          <span className="vw-timeline-share">{formatPercent(shareOf(row.segments, { start, end }))}</span>
        </div>
      ))}
    </section>
  )
}

const said = (row: TimelineRow, start: number, end: number) =>
  `${row.label}: ${statusShares(row.segments, { start, end })
    .map(({ status, percent }) => `${statusWord(status)} ${formatPercent(percent)}`)
    .join(', ')}`
