import type { EpochMs } from '@voltway/units'
import type { EvseStatus } from './evse-status.ts'

/** One status that a station gave for an EVSE. */
export interface StatusEvent {
  /** Station time: a status replayed after a time without link carries the time at which it was so. */
  readonly at: EpochMs
  readonly receivedAt: EpochMs
  readonly status: EvseStatus
}

/** The state of a station's link, and since when. */
export interface LinkState {
  readonly up: boolean
  readonly since: EpochMs
}

export interface EvseStatusNow {
  readonly status: EvseStatus
  /** When it became so; undefined where nothing was ever heard. */
  readonly since: EpochMs | undefined
  /** What the station last said, shown beside `offline` with its age. */
  readonly lastKnown: { readonly status: EvseStatus; readonly at: EpochMs } | undefined
}

const compareStatuses = (a: StatusEvent, b: StatusEvent) =>
  a.at - b.at || a.receivedAt - b.receivedAt || (a.status < b.status ? -1 : a.status > b.status ? 1 : 0)

/** By station time; of several at the same moment the one heard last counts. */
export const sortedStatuses = (events: readonly StatusEvent[]): readonly StatusEvent[] => {
  const sorted = events.toSorted(compareStatuses)
  return sorted.filter(({ at }, index) => sorted[index + 1]?.at !== at)
}

/** The newest status by station time, whatever order they arrived in; `offline` while the link is down. */
export const evseStatusNow = (events: readonly StatusEvent[], link: LinkState): EvseStatusNow => {
  const sorted = sortedStatuses(events)
  const last = sorted.at(-1)
  const lastOther = last ? sorted.findLastIndex(({ status }) => status !== last.status) : -1
  const lastKnown = last && { status: last.status, at: last.at }
  if (!link.up) return { status: 'offline', since: link.since, lastKnown }
  return { status: last?.status ?? 'unknown', since: sorted[lastOther + 1]?.at, lastKnown }
}
