import type { CarbonStep } from '@voltway/domain/planning'
import { type BookingIndex, bookingIndex, NO_BOOKINGS } from '@voltway/domain/reservations'
import type { SeriesPrice, Tariff } from '@voltway/domain/tariffs'
import { type BusySlot, busySlots, carbonSeries, type EvseRow, listEvses, type SiteRow, siteEnergy, type Tx } from '@voltway/store'
import { type EpochMs, epochMs, MINUTE, type TenantId } from '@voltway/units'
import { found, Problem } from '../problems.ts'
import { requireOffered } from '../public/require-offered.ts'
import { findSite } from '../sites/find-site.ts'
import { findTariff, readTariff } from '../tariffs/find-tariff.ts'
import { seriesOf, siteLoad } from '../tariffs/quote-context.ts'

/** How long a car that came without a reservation is taken to stay, as far as plans go. */
const WALK_IN_STAYS = 30 * MINUTE

/** Everything a plan at one connector is made from. */
export interface PlanPlace {
  readonly evse: EvseRow
  readonly site: SiteRow
  readonly tariff: Tariff
  readonly series: readonly SeriesPrice[]
  readonly load: bigint
  readonly busy: readonly BusySlot[]
  readonly bookings: BookingIndex
  /** Of the grid, as far as it is told; in order. */
  readonly carbon: readonly CarbonStep[]
}

/** The slot of a car that came without a reservation, as far as anybody knows. */
export const walkIn = (evse: Pick<EvseRow, 'sessionId'>, busy: readonly BusySlot[], now: EpochMs): readonly BusySlot[] => {
  const first = busy[0]
  if (evse.sessionId === null || (first && first.from <= now)) return []
  const to = epochMs(Math.min(now + WALK_IN_STAYS, first?.from ?? Infinity))
  return to > now ? [{ from: now, to }] : []
}

/** @throws Problem NOT_FOUND for an unknown code or one that is not offered, NO_TARIFF where nothing can be priced */
export const planPlace = async (
  tx: Tx,
  tenantId: TenantId,
  at: {
    readonly evseCode: string
    readonly now: EpochMs
    readonly until: EpochMs
    /** For its operator, who may plan at a site that is not offered. */
    readonly isOwn?: boolean
  },
): Promise<PlanPlace> => {
  const { evseCode, now, until, isOwn = false } = at
  const evse = found((await listEvses(tx, tenantId, { code: evseCode, now }))[0], 'connector')
  const site = await findSite(tx, tenantId, evse.siteId)
  if (!isOwn) requireOffered(site)
  if (evse.tariffId === null) throw new Problem('NO_TARIFF')
  const tariff = readTariff((await findTariff(tx, tenantId, evse.tariffId)).definition, 'tariff')
  const series = await seriesOf(tx, tenantId, { tariff, from: now, to: until })
  const booked = await busySlots(tx, tenantId, { evseId: evse.id, from: now, to: until })
  const busy = [...walkIn(evse, booked, now), ...booked]
  const name = (await siteEnergy(tx, tenantId, site.id))?.carbonSeries ?? undefined
  const carbon = name === undefined ? [] : await carbonSeries(tx, tenantId, { name, from: now, to: until })
  const index = bookingIndex(busy.map(({ from, to }) => ({ start: from, end: to })))
  return { evse, site, tariff, series, load: siteLoad(site), busy, carbon, bookings: index.ok ? index.value : NO_BOOKINGS }
}
