import { statusTimeline } from '@voltway/domain/stations'
import { type EvseRow, type StatusSpan, statusRows, type Tx } from '@voltway/store'
import { type EpochMs, epochMs, isoOf, type TenantId } from '@voltway/units'
import { Type } from 'typebox'
import { Instant, Uuid } from '../schemas/common.ts'
import { labelOf } from './evse-view.ts'

export const TimelineView = Type.Object({
  evses: Type.Array(
    Type.Object({
      id: Uuid,
      label: Type.String(),
      stationName: Type.String(),
      segments: Type.Array(Type.Object({ from: Instant, to: Instant, status: Type.String() })),
    }),
  ),
})

/** What each EVSE was doing, without gaps: `offline` wherever the link was down. */
export const timelineView = async (
  tx: Tx,
  tenantId: TenantId,
  { evses, span, now }: { readonly evses: readonly EvseRow[]; readonly span: StatusSpan; readonly now: EpochMs },
) => {
  const rows = Map.groupBy(await statusRows(tx, tenantId, span), ({ evseId }) => evseId)
  return {
    evses: evses.map((evse) => {
      const changes = rows.get(evse.id) ?? []
      const statuses = changes
        .filter(({ cause }) => cause === 'station')
        .map((row) => ({ at: row.occurredAt, receivedAt: row.receivedAt, status: row.status }))
      const links = changes.filter(({ cause }) => cause === 'link').map((row) => ({ up: row.status !== 'offline', since: row.occurredAt }))
      const segments = statusTimeline({ statuses, links }, span.from, epochMs(Math.min(span.to, now)))
      return {
        id: evse.id,
        label: labelOf(evse),
        stationName: evse.stationName,
        segments: segments.map(({ from, to, status }) => ({ from: isoOf(from), to: isoOf(to), status })),
      }
    }),
  }
}
