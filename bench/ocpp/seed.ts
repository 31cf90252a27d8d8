import { randomBytes } from 'node:crypto'
import { type ServerServices, seedTenant } from '@voltway/app'

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
        stations: Array.from({ length: stations }, (_, index) => ({
          identity: `${name}-${index + 1}`,
          name: `${name} ${index + 1}`,
          evses: [{ currentType: 'AC', maxPowerW: 22_000, connectors: [connector] }],
        })),
      },
    ],
    drivers: [{ name: 'Driver', tokens: [{ type: 'rfid', token: card, label: 'Card' }] }],
  })
  const credentials = seeded.stations.map(({ id, identity, password }) => ({ id, identity, password }))
  return { tenantId: seeded.tenantId, stations: credentials, card }
}
