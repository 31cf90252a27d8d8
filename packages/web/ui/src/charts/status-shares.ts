import type { EvseStatusName } from '../status-badge.tsx'

interface Segment {
  readonly from: string
  readonly to: string
  readonly status: EvseStatusName
}
interface Period {
  readonly start: number
  readonly end: number
}

/** How much of a period each status took, in percent of the time that is known, most first. */
export const statusShares = (segments: readonly Segment[], { start, end }: Period) => {
  const spent = new Map<EvseStatusName, number>()
  for (const { from, to, status } of segments) {
    const length = Math.min(Date.parse(to), end) - Math.max(Date.parse(from), start)
    if (length > 0) spent.set(status, (spent.get(status) ?? 0) + length)
  }
  const all = [...spent.values()].reduce((sum, length) => sum + length, 0)
  return [...spent].map(([status, length]) => ({ status, percent: (100 * length) / all })).sort((a, b) => b.percent - a.percent)
}

const UNUSABLE: ReadonlySet<EvseStatusName> = new Set(['faulted', 'offline', 'unavailable', 'unknown'])

/** The share of a period in which an EVSE could be used or was in use, in percent of the time that is known. */
export const shareOf = (segments: readonly Segment[], period: Period) =>
  statusShares(segments, period).reduce((sum, { status, percent }) => (UNUSABLE.has(status) ? sum : sum + percent), 0)
