import type { SeedPlan } from '@voltway/app'
import { FLAT, LEEDS } from '../places.ts'

const connector = { standard: 'IEC_62196_T2', maxPowerW: 22_000 } as const

/** One card each of two drivers: a card charges at one place at a time. */
export const CARDS = ['WALKIN22', 'WALKIN33'] as const

/** One site with as many stations of one EVSE as there are names. */
export const townOf = (identities: readonly string[]): SeedPlan => ({
  organisation: 'Nodes',
  owner: { name: 'Owner', email: 'owner@nodes.example', password: 'correct horse battery' },
  tariffs: { flat: FLAT },
  sites: [
    {
      name: 'Quay',
      kind: 'station',
      ...LEEDS,
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
