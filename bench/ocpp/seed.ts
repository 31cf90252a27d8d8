import { randomBytes } from 'node:crypto'
import { type ServerServices, seedTenant } from '@voltway/app'
import type { TenantId } from '@voltway/units'
import { sql } from 'kysely'

export interface Credentials {
  readonly id: string
  readonly identity: string
  readonly password: string
}

export interface SeededPlace {
  readonly tenantId: string
  readonly stations: readonly Credentials[]
  /** A card that is good at all of them. */
  readonly card: string
}

export interface PlaceToSeed {
  /** Begins the names of everything in it. */
  readonly name: string
  readonly stations: number
}

const TARIFF = {
  kind: 'elements',
  name: 'Per kWh',
  currency: 'GBP',
  timeZone: 'Europe/London',
  vat: { ratePpm: '200000', pricesInclude: true },
  elements: [{ perKwh: '450000', perSession: '200000' }],
}

const connector = { standard: 'IEC_62196_T2', maxPowerW: 22_000 } as const

/** A crowd in one statement: the first station over and over, with its password. Two thousand through the API would take minutes. */
const repeatStation = (
  { db }: ServerServices,
  tenantId: TenantId,
  { first, count }: { readonly first: Credentials; readonly count: number },
) =>
  db.inTenant(tenantId, async (tx) => {
    const { rows } = await sql<{ id: string; identity: string }>`
      with crowd as materialized (
        select gen_random_uuid() as id, gen_random_uuid() as evse_id, replace(${first.identity}, '-1', '-' || number) as identity
        from generate_series(2, ${count}::int) number
      ), listed as (
        insert into voltway.station_directory (identity, tenant_id, station_id) select identity, ${tenantId}, id from crowd
      ), stations as (
        insert into voltway.charging_station (tenant_id, id, site_id, identity, name, password_hash, created_at)
        select tenant_id, crowd.id, site_id, crowd.identity, crowd.identity, password_hash, created_at
        from voltway.charging_station first, crowd where first.id = ${first.id}
      ), evses as (
        insert into voltway.evse (tenant_id, id, station_id, number, code, current_type, max_power_w)
        select tenant_id, crowd.evse_id, crowd.id, number, crowd.evse_id::text, current_type, max_power_w
        from voltway.evse first, crowd where first.station_id = ${first.id}
      ), connectors as (
        insert into voltway.connector (tenant_id, evse_id, number, standard, max_power_w, cable_attached)
        select ${tenantId}, evse_id, 1, ${connector.standard}, ${connector.maxPowerW}::int, false from crowd
      )
      select id, identity from crowd`.execute(tx)
    return rows.map((row): Credentials => ({ ...row, password: first.password }))
  })

/** An organisation with one site, a tariff, a driver with a card, and stations of one EVSE each. */
export const seedPlace = async (services: ServerServices, { name, stations }: PlaceToSeed): Promise<SeededPlace> => {
  const card = `CARD${randomBytes(6).toString('hex')}`.toUpperCase()
  const seeded = await seedTenant(services, {
    organisation: name,
    owner: { name: 'Owner', email: `owner@${name.toLowerCase()}.example`, password: randomBytes(18).toString('base64url') },
    tariffs: { standard: TARIFF },
    sites: [
      {
        name: `${name} site`,
        kind: 'station',
        address: 'Market Street 1',
        city: 'Leeds',
        country: 'GB',
        latitude: 53.8,
        longitude: -1.55,
        timeZone: 'Europe/London',
        currency: 'GBP',
        operatorName: name,
        tariff: 'standard',
        stations: [
          { identity: `${name}-1`, name: `${name} 1`, evses: [{ currentType: 'AC', maxPowerW: 22_000, connectors: [connector] }] },
        ],
      },
    ],
    drivers: [{ name: 'Driver', tokens: [{ type: 'rfid', token: card, label: 'Card' }] }],
  })
  const first = seeded.stations[0]
  if (!first) throw new Error('the first station was not made')
  const others = await repeatStation(services, seeded.tenantId as TenantId, { first, count: stations })
  return { tenantId: seeded.tenantId, stations: [first, ...others], card }
}
