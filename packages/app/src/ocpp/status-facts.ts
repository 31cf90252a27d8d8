import type { StatusReported } from '@voltway/domain/sessions'
import { type EpochMs, epochMs } from '@voltway/units'
import type { CallContext } from './handler.ts'

/**
 * A status by the station's time, never later than we heard of it. One that began while the link was down is reported a second
 * time as of the link's begin, so that it outlives what the link itself wrote when it came up. Its own time comes last: it is
 * what the next status is held against.
 */
export function statusFacts(
  status: Omit<StatusReported, 'kind' | 'receivedAt'>,
  { receivedAt, asOfLink }: CallContext,
): readonly StatusReported[] {
  const occurredAt: EpochMs = epochMs(Math.min(status.occurredAt, receivedAt))
  const fact: StatusReported = { ...status, kind: 'status.reported', occurredAt, receivedAt }
  const again = asOfLink(occurredAt)
  return again === undefined ? [fact] : [{ ...fact, occurredAt: again }, fact]
}
