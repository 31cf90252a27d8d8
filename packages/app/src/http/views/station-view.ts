import type { EvseRow, StationRow } from '@voltway/store'
import { given } from '../given.ts'
import type { StationDetailView, StationView } from '../schemas/station.ts'
import { evseView } from './evse-view.ts'
import { iso } from './times.ts'

/** EVSEs by the station they are at. */
export const byStation = (evses: readonly EvseRow[]) => Map.groupBy(evses, ({ stationId }) => stationId)

export const stationView = (row: StationRow, evses: readonly EvseRow[]): StationView =>
  given({
    id: row.id,
    siteId: row.siteId,
    siteName: row.siteName,
    name: row.name,
    online: row.online,
    ocppVersion: row.ocppVersion,
    vendor: row.vendor,
    model: row.model,
    serial: row.serial,
    firmware: row.firmware,
    lastSeenAt: iso(row.lastSeenAt),
    connectedAt: iso(row.connectedAt),
    sharedLimitW: row.sharedLimitW,
    evses: evses.map(evseView),
    openAlarms: row.openAlarms,
  })

export const stationDetailView = (row: StationRow, evses: readonly EvseRow[]): StationDetailView => ({
  ...stationView(row, evses),
  identity: row.identity,
  openAccess: row.openAccess,
  registration: row.registration,
  inboundMode: row.inboundMode,
  variables: row.variables,
  capabilities: row.capabilities,
})
