import type { SeedPlan } from '@voltway/app'

export const PASSWORD = 'correct horse battery'
/** What anything costs per kWh and per session in both towns, in millionths of a pound, VAT included. */
export const PER_KWH = 450_000n
export const PER_SESSION = 200_000n

const TARIFF = {
  kind: 'elements',
  name: 'Per kWh',
  currency: 'GBP',
  timeZone: 'Europe/London',
  vat: { ratePpm: '200000', pricesInclude: true },
  elements: [{ perKwh: String(PER_KWH), perSession: String(PER_SESSION) }],
}
const ALL = [
  'stations:read',
  'stations:write',
  'sessions:read',
  'sessions:write',
  'tariffs:read',
  'tariffs:write',
  'drivers:read',
  'drivers:write',
  'billing:read',
  'commands:write',
  'admin',
] as const

const car = (label: string) => ({
  label,
  batteryWh: 60_000,
  maxAcW: 11_000,
  maxDcW: 100_000,
  connectorStandards: ['IEC_62196_T2' as const, 'IEC_62196_T2_COMBO' as const],
})
const person = (name: string, email: string) => ({ name, email, password: PASSWORD })

export interface TownWish {
  /** In the names of whatever is in it. */
  readonly name: string
  /** Their OCPP identities; each has two EVSEs of 22 kW. */
  readonly stations: readonly string[]
  /** Further drivers, who have no password. */
  readonly racers?: number
}

export const townPlan = ({ name, stations, racers = 0 }: TownWish): SeedPlan => ({
  organisation: `City ${name}`,
  owner: person('Owner', `owner@${name}.example`),
  staff: [{ ...person('Viewer', `viewer@${name}.example`), role: 'viewer' }],
  tariffs: { flat: TARIFF },
  sites: [
    {
      name: `Harbour ${name}`,
      kind: 'parking',
      address: '1 Quay',
      city: 'London',
      country: 'GB',
      latitude: 51.5,
      longitude: -0.1,
      timeZone: 'Europe/London',
      currency: 'GBP',
      operatorName: `City ${name}`,
      tariff: 'flat',
      stations: stations.map((identity, index) => ({
        name: `Stand ${index + 1}`,
        identity,
        evses: [1, 2].map(() => ({ currentType: 'AC' as const, maxPowerW: 22_000, connectors: [{ standard: 'IEC_62196_T2' as const }] })),
      })),
    },
  ],
  drivers: [
    {
      ...person('Dana', `dana@${name}.example`),
      vehicles: [car(`Dana's car`)],
      tokens: [{ type: 'rfid', token: `CARD${name}`, label: 'Card' }],
    },
    { ...person('Eli', `eli@${name}.example`), vehicles: [car(`Eli's car`)] },
    ...Array.from({ length: racers }, (_, index) => ({ name: `Racer ${index}` })),
  ],
  apiKeys: [{ name: 'all', scopes: ALL }, ...ALL.map((scope) => ({ name: scope, scopes: [scope] }))],
})
