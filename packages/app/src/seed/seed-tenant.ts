import { insertMembership, listEvses, setSiteTariff, type Tx } from '@voltway/store'
import type { DriverId, TariffId, TenantId } from '@voltway/units'
import { createDriver } from '../http/drivers/create-driver.ts'
import { createToken } from '../http/drivers/create-token.ts'
import { createVehicle } from '../http/drivers/create-vehicle.ts'
import { createApiKey } from '../http/identity/create-api-key.ts'
import { createSite } from '../http/sites/create-site.ts'
import { createStation } from '../http/stations/create-station.ts'
import { createTariff } from '../http/tariffs/create-tariff.ts'
import { createOwner } from '../identity/create-owner.ts'
import { createMember } from '../identity/sign-up-driver.ts'
import type { ServerServices } from '../server-services.ts'
import type { Seeded, SeededStation, SeedPlan } from './seed-plan.ts'

export type { Seeded, SeededStation, SeedPlan } from './seed-plan.ts'

interface Place {
  readonly tx: Tx
  readonly services: ServerServices
  readonly tenantId: TenantId
  readonly tariffIds: Readonly<Record<string, TariffId>>
}

const tariffOf = ({ tariffIds }: Place, name: string): TariffId => {
  const id = tariffIds[name]
  if (id === undefined) throw new Error(`the seed plan has no tariff named ${name}`)
  return id
}

const seedStation = async (place: Place, siteId: string, plan: SeedPlan['sites'][number]['stations'][number]): Promise<SeededStation> => {
  const { tx, services, tenantId } = place
  const evses = plan.evses.map(({ tariff, ...evse }) => ({ ...evse, ...(tariff !== undefined && { tariffId: tariffOf(place, tariff) }) }))
  const { id, password } = await createStation(tx, services, { tenantId, station: { ...plan, siteId, evses } })
  const rows = await listEvses(tx, tenantId, { stationIds: [id], now: services.clock.now() })
  return { id, siteId, identity: plan.identity, password, evses: rows.map((row) => ({ id: row.id, number: row.number, code: row.code })) }
}

const seedSites = async (place: Place, plans: SeedPlan['sites']) => {
  const { tx, services, tenantId } = place
  const siteIds: string[] = []
  const stations: SeededStation[] = []
  for (const { tariff, stations: stationPlans, ...site } of plans) {
    const siteId = await createSite(tx, services, { tenantId, site })
    if (tariff !== undefined) await setSiteTariff(tx, tenantId, { siteId, tariffId: tariffOf(place, tariff) })
    for (const plan of stationPlans) stations.push(await seedStation(place, siteId, plan))
    siteIds.push(siteId)
  }
  return { siteIds, stations }
}

const seedDriver = async (
  { tx, services, tenantId }: Place,
  { password: _, vehicles = [], tokens = [], ...driver }: SeedPlan['drivers'][number],
) => {
  const id = await createDriver(tx, services, { tenantId, driver })
  const vehicleIds: string[] = []
  for (const vehicle of vehicles) vehicleIds.push(await createVehicle(tx, services, { tenantId, driverId: id, vehicle }))
  for (const token of tokens) await createToken(tx, services, { tenantId, driverId: id, token })
  return { id, name: driver.name, vehicleIds }
}

/** Lets people of the plan sign in: accounts are the identity library's, outside of the tenant's transaction. */
const seedAccounts = async (
  services: ServerServices,
  tenantId: TenantId,
  { plan, driverIds }: { readonly plan: SeedPlan; readonly driverIds: readonly DriverId[] },
) => {
  const createdAt = services.clock.now()
  const join = (role: 'operator' | 'viewer' | 'driver', driverId: DriverId | null) => (userId: string) =>
    services.db.inTenant(tenantId, (tx) => insertMembership(tx, { userId, tenantId, role, driverId, createdAt }))
  for (const { role, ...user } of plan.staff ?? []) await createMember(services, user, join(role, null))
  for (const [index, { name, email, password }] of plan.drivers.entries())
    if (email !== undefined && password !== undefined)
      await createMember(services, { name, email, password }, join('driver', driverIds[index] ?? null))
}

/** Makes an organisation from a plan, through the same functions as the routes; afterwards no set-up link is good. @throws Problem for what a route would refuse */
export const seedTenant = async (services: ServerServices, plan: SeedPlan): Promise<Seeded> => {
  const tenantId = await createOwner(services, { organisation: plan.organisation, owner: plan.owner })
  const seeded = await services.db.inTenant(tenantId, async (tx) => {
    const tariffIds: Record<string, TariffId> = {}
    for (const [name, definition] of Object.entries(plan.tariffs))
      tariffIds[name] = await createTariff(tx, services, { tenantId, tariff: { definition } })
    const place: Place = { tx, services, tenantId, tariffIds }
    const sites = await seedSites(place, plan.sites)
    const drivers: { readonly id: DriverId; readonly name: string; readonly vehicleIds: readonly string[] }[] = []
    for (const driver of plan.drivers) drivers.push(await seedDriver(place, driver))
    const apiKeys: { readonly name: string; readonly key: string }[] = []
    for (const { name, scopes } of plan.apiKeys ?? [])
      apiKeys.push({ name, key: (await createApiKey(tx, services, { tenantId, name, scopes })).key })
    return { tenantId, tariffIds, ...sites, drivers, apiKeys }
  })
  await seedAccounts(services, tenantId, { plan, driverIds: seeded.drivers.map(({ id }) => id) })
  services.setUp.close()
  services.live.wake(tenantId)
  return seeded
}
