import { randomBytes } from 'node:crypto'
import type { SeedPlan } from '@voltway/app'
import { type Tariff, tariffToJson } from '@voltway/domain/tariffs'
import type { PlannedStation, ReplayPlan } from '@voltway/sim'
import { tariffIn } from './replay-tariff.ts'

type SitePlan = SeedPlan['sites'][number]

/** Where a site stands on the map, roughly; a recording does not say. */
const PLACES: Readonly<Record<string, Pick<SitePlan, 'city' | 'country' | 'latitude' | 'longitude'>>> = {
  'America/Los_Angeles': { city: 'Pasadena', country: 'US', latitude: 34.1377, longitude: -118.1253 },
  'Europe/Zurich': { city: 'Lausanne', country: 'CH', latitude: 46.5191, longitude: 6.5668 },
  'Europe/Oslo': { city: 'Trondheim', country: 'NO', latitude: 63.3925, longitude: 10.4276 },
}
const NOWHERE = { city: 'Recorded', country: 'GB', latitude: 51.4779, longitude: 0 }

export interface ReplaySeedOptions {
  readonly plan: ReplayPlan
  readonly zoneOf: (site: string) => string
  readonly tariff: Tariff
}

const stationPlan = ({ identity, name, template }: PlannedStation): SitePlan['stations'][number] => ({
  identity,
  name,
  evses: template.evses.map(({ number, currentType, maxPowerW, phases, standard, cableAttached }) => ({
    number,
    currentType,
    maxPowerW,
    phases,
    connectors: [{ standard, maxPowerW, cableAttached }],
  })),
})

const sitePlan = (site: string, stations: readonly PlannedStation[], { zoneOf, tariff }: ReplaySeedOptions): SitePlan => ({
  name: site,
  kind: stations.some(({ template }) => template.evses.some(({ currentType }) => currentType === 'DC')) ? 'station' : 'parking',
  address: 'As recorded',
  ...(PLACES[zoneOf(site)] ?? NOWHERE),
  timeZone: zoneOf(site),
  currency: tariff.currency,
  operatorName: 'Replay',
  tariff: zoneOf(site),
  stations: stations.map(stationPlan),
})

/** The cards of each recorded user; a card that nobody is named for has a driver of its own. */
const driverPlans = ({ cards }: ReplayPlan): SeedPlan['drivers'] => {
  const users = Map.groupBy(cards, ({ user, idToken }) => user || `Visitor ${idToken}`)
  return [...users].map(([name, own]) => ({
    name,
    tokens: own.map(({ idToken }) => ({ type: 'rfid' as const, token: idToken, label: 'Recorded card' })),
  }))
}

/** What a recording needs on the server, with an owner whose password is made anew each time. */
export const replaySeed = (options: ReplaySeedOptions): SeedPlan => {
  const { plan, zoneOf, tariff } = options
  const sites = Map.groupBy(plan.stations, ({ site }) => site)
  const zones = new Set([...sites.keys()].map(zoneOf))
  return {
    organisation: 'Replay',
    owner: { name: 'Replay', email: 'operator@replay.example', password: randomBytes(12).toString('base64url') },
    tariffs: Object.fromEntries([...zones].map((zone) => [zone, tariffToJson(tariffIn(tariff, zone))])),
    sites: [...sites].map(([site, stations]) => sitePlan(site, stations, options)),
    drivers: driverPlans(plan),
    apiKeys: [{ name: 'replay', scopes: ['stations:read', 'sessions:read', 'billing:read'] }],
  }
}
