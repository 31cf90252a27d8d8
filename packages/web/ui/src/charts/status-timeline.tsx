import { formatDay, formatExact } from '../format.ts'
import { type EvseStatusName, statusColour, statusWord } from '../status-badge.tsx'

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
}

const ROW = 28
const LABEL = 180
const WIDTH = 960
const DAY = 86_400_000

/** What each EVSE was, over days: one row each, a gap in the link is hatched. */
export const StatusTimeline = ({ from, to, timeZone, rows, onSelect }: StatusTimelineProps) => {
  const [start, end] = [Date.parse(from), Date.parse(to)]
  const x = (iso: string | number) =>
    LABEL +
    ((Math.min(Math.max(typeof iso === 'number' ? iso : Date.parse(iso), start), end) - start) / (end - start || 1)) * (WIDTH - LABEL)
  const days = Array.from({ length: Math.ceil((end - start) / DAY) }, (_, index) => start + index * DAY)
  const height = rows.length * ROW + 26
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${height}`}
      width="100%"
      style={{ display: 'block', minWidth: 640 }}
      role="img"
      aria-label="EVSE status over time"
    >
      <defs>
        <pattern id="vw-hatch" width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width={6} height={6} fill="var(--vw-surface-2)" />
          <line x1={0} y1={0} x2={0} y2={6} stroke="var(--vw-offline)" strokeWidth={2} />
        </pattern>
      </defs>
      {days.map((day) => (
        <g key={day}>
          <line x1={x(day)} x2={x(day)} y1={20} y2={height} stroke="var(--vw-border)" />
          <text x={x(day) + 4} y={14} fontSize={12} fill="var(--vw-muted)">
            {formatDay(new Date(day).toISOString(), timeZone)}
          </text>
        </g>
      ))}
      {rows.map((row, index) => (
        <g
          key={row.id}
          transform={`translate(0 ${24 + index * ROW})`}
          onClick={onSelect ? () => onSelect(row.id) : undefined}
          style={{ cursor: onSelect ? 'pointer' : 'default' }}
        >
          <text x={0} y={16} fontSize={12} fill="var(--vw-text)">
            {row.label.length > 27 ? `${row.label.slice(0, 26)}…` : row.label}
          </text>
          {row.segments.map((segment) => {
            const quiet = segment.status === 'available'
            const gap = segment.status === 'offline' || segment.status === 'unknown'
            return (
              <rect
                key={segment.from}
                x={x(segment.from)}
                y={quiet ? 9 : 4}
                width={Math.max(0.75, x(segment.to) - x(segment.from))}
                height={quiet ? 6 : 16}
                fill={gap ? 'url(#vw-hatch)' : statusColour(segment.status)}
                opacity={quiet ? 0.55 : 1}
              >
                <title>{`${statusWord(segment.status)}\n${formatExact(segment.from, timeZone)} –\n${formatExact(segment.to, timeZone)}`}</title>
              </rect>
            )
          })}
        </g>
      ))}
    </svg>
  )
}
