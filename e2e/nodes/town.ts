import type { SeedPlan } from '@voltway/app'

const TARIFF = {
  kind: 'elements',
  name: 'Per kWh',
  currency: 'GBP',
  timeZone: 'Europe/London',
  vat: { ratePpm: '200000', pricesInclude: true },
  elements: [{ perKwh: '450000' }],
}
const connector = { standard: 'IEC_62196_T2', maxPowerW: 22_000 } as const

/** One card each of two drivers: a card charges at one place at a time. */
export const CARDS = ['WALKIN22', 'WALKIN33'] as const

/** One site with as many stations of one EVSE as there are names. */
export const townOf = (identities: readonly string[]): SeedPlan => ({
  organisation: 'Nodes',
  owner: { name: 'Owner', email: 'owner@nodes.example', password: 'correct horse battery' },
  tariffs: { flat: TARIFF },
  sites: [
    {
      name: 'Quay',
      kind: 'station',
      address: '1 Quay',
      city: 'Leeds',
      country: 'GB',
      latitude: 53.8,
      longitude: -1.55,
      timeZone: 'Europe/London',
      currency: 'GBP',
      operatorName: 'Nodes',
      tariff: 'flat',
      stations: identities.map((identity) => ({
        identity,
        name: identity,
        evses: [{ currentType: 'AC', maxPowerW: 22_000, connectors: [connector] }],
      })),
    },
  ],
  drivers: CARDS.map((token) => ({ name: token, tokens: [{ type: 'rfid', token, label: 'Card' }] })),
  apiKeys: [{ name: 'all', scopes: ['stations:read', 'stations:write', 'commands:write', 'sessions:read'] }],
})
