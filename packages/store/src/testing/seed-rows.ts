import {
  type ChargingStationId,
  type DriverId,
  type EpochMs,
  type EvseId,
  epochMs,
  type Id,
  type SiteId,
  seeded,
  type TenantId,
  uuidv7,
} from '@voltway/units'
import { sql } from 'kysely'
import type { Database } from '../database/open-database.ts'
import { testClock } from './test-clock.ts'

const chance = seeded(20260615)
const random = (count: number) => Uint8Array.from({ length: count }, () => Math.floor(chance() * 256))

/** A new id of any kind, the same in every run. */
export const testId = <Name extends string>(): Id<Name> => uuidv7<Name>(testClock.now(), random)

/** The least that a station's facts and a driver's booking need. */
export interface SeededTenant {
  readonly tenantId: TenantId
  readonly siteId: SiteId
  readonly stationId: ChargingStationId
  readonly evseId: EvseId
  readonly driverId: DriverId
  readonly createdAt: EpochMs
}

/** Puts a tenant with one site, one station with one EVSE, and one driver into a test database. */
export const seedTenant = async (database: Database): Promise<SeededTenant> => {
  const tenantId = testId<'Tenant'>()
  const [siteId, stationId, evseId, driverId] = [testId<'Site'>(), testId<'ChargingStation'>(), testId<'Evse'>(), testId<'Driver'>()]
  const person = testId<'Person'>()
  const createdAt = epochMs(testClock.now())
  await sql`insert into voltway.tenant (id, name, created_at) values (${tenantId}, ${`Tenant ${tenantId}`}, ${createdAt})`.execute(
    database.directory,
  )
  await sql`insert into voltway.station_directory (identity, tenant_id, station_id) values (${`CS-${stationId}`}, ${tenantId}, ${stationId})`.execute(
    database.directory,
  )
  await database.inTenant(tenantId, async (tx) => {
    await sql`insert into voltway.site (tenant_id, id, name, kind, address, city, country, latitude, longitude, time_zone, currency, operator_name, created_at)
      values (${tenantId}, ${siteId}, 'Market Street', 'parking', 'Market Street 1', 'Leeds', 'GB', 53.8, -1.55, 'Europe/London', 'GBP', 'Voltway', ${createdAt})`.execute(
      tx,
    )
    await sql`insert into voltway.charging_station (tenant_id, id, site_id, identity, name, created_at)
      values (${tenantId}, ${stationId}, ${siteId}, ${`CS-${stationId}`}, 'Station 1', ${createdAt})`.execute(tx)
    await sql`insert into voltway.evse (tenant_id, id, station_id, number, code, current_type, max_power_w)
      values (${tenantId}, ${evseId}, ${stationId}, 1, ${evseId.slice(-8)}, 'AC', 22000)`.execute(tx)
    await sql`insert into voltway.person (tenant_id, id, name) values (${tenantId}, ${person}, 'Ada Lovelace')`.execute(tx)
    await sql`insert into voltway.driver (tenant_id, id, person_id, app_token, group_token, created_at)
      values (${tenantId}, ${driverId}, ${person}, ${`A${driverId.slice(-12)}`}, ${`G${driverId.slice(-12)}`}, ${createdAt})`.execute(tx)
  })
  return { tenantId, siteId, stationId, evseId, driverId, createdAt }
}
