import { type EpochMs, epochMs } from '@voltway/units'
import type { EvseStatus } from './evse-status.ts'
import { type LinkState, type StatusEvent, sortedStatuses } from './evse-status-now.ts'

/** A stretch of [from, to) with one status. */
export interface StatusSegment {
  readonly from: EpochMs
  readonly to: EpochMs
  readonly status: EvseStatus
}

export interface StatusHistory {
  readonly statuses: readonly StatusEvent[]
  /** Every time the link came up or went down; before the first it is taken to be up. */
  readonly links: readonly LinkState[]
}

/** What held at an instant: the last of a sorted list at or before it. */
const cursor = <Entry>(sorted: readonly Entry[], timeOf: (entry: Entry) => EpochMs) => {
  let next = 0
  return (at: EpochMs): Entry | undefined => {
    while (next < sorted.length && timeOf(sorted[next]!) <= at) next++
    return sorted[next - 1]
  }
}

/** An EVSE's statuses over [from, to): without gaps, neighbours different, `offline` wherever the link was down. */
export const statusTimeline = ({ statuses, links }: StatusHistory, from: EpochMs, to: EpochMs): readonly StatusSegment[] => {
  if (from >= to) return []
  const sorted = sortedStatuses(statuses)
  const sortedLinks = links.toSorted((a, b) => a.since - b.since || Number(a.up) - Number(b.up))
  const statusAt = cursor(sorted, ({ at }) => at)
  const linkAt = cursor(sortedLinks, ({ since }) => since)
  const changes = [...sorted.map(({ at }) => at), ...sortedLinks.map(({ since }) => since)].filter((at) => from < at && at < to)
  const edges = [...new Set([from, ...changes, to])].sort((a, b) => a - b).map(epochMs)
  const segments: StatusSegment[] = []
  for (let index = 0; index + 1 < edges.length; index++) {
    const [start, end] = [edges[index]!, edges[index + 1]!]
    const status = linkAt(start)?.up === false ? 'offline' : (statusAt(start)?.status ?? 'unknown')
    const last = segments.at(-1)
    if (last?.status === status) segments[segments.length - 1] = { ...last, to: end }
    else segments.push({ from: start, to: end, status })
  }
  return segments
}
