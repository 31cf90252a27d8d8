import { listEvses, listStations, type StationRow, type Tx } from '@voltway/store'
import type { ChargingStationId, EpochMs, TenantId } from '@voltway/units'
import { found } from '../problems.ts'
import type { StationDetailView } from '../schemas/station.ts'
import { stationDetailView } from '../views/station-view.ts'

/** @throws Problem NOT_FOUND */
export const findStation = async (tx: Tx, tenantId: TenantId, id: string): Promise<StationRow> =>
  found((await listStations(tx, tenantId, { id: id as ChargingStationId }))[0], 'station')

/** @throws Problem NOT_FOUND */
export const stationDetail = async (
  tx: Tx,
  tenantId: TenantId,
  { id, now }: { readonly id: string; readonly now: EpochMs },
): Promise<StationDetailView> => {
  const row = await findStation(tx, tenantId, id)
  return stationDetailView(row, await listEvses(tx, tenantId, { stationIds: [row.id], now }))
}
