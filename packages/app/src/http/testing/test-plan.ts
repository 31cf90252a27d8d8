import { PAPER_TARIFF, tariffToJson } from '@voltway/domain/tariffs'
import type { SeedPlan } from '../../seed/seed-plan.ts'
import { SCOPES } from '../caller.ts'

const FLAT = {
  kind: 'elements',
  name: 'Flat',
  currency: 'GBP',
  timeZone: 'Europe/London',
  vat: { ratePpm: '200000', pricesInclude: true },
  elements: [{ perKwh: '450000' }],
  idle: { perMinute: '50000', graceMinutes: 30 },
}

/** A small organisation; the name keeps two of them apart. */
export const testPlan = (name: string): SeedPlan => ({
  organisation: `City ${name}`,
  owner: { name: 'Owner', email: `owner@${name}.example`, password: 'correct horse battery' },
  staff: [{ name: 'Viewer', email: `viewer@${name}.example`, password: 'correct horse battery', role: 'viewer' }],
  tariffs: { flat: FLAT, paper: tariffToJson(PAPER_TARIFF) },
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
      gridLimitW: 100_000,
      operatorName: `City ${name}`,
      tariff: 'flat',
      stations: [
        {
          name: 'A1',
          identity: `CS-${name}-1`,
          evses: [
            { currentType: 'DC', maxPowerW: 50_000, side: 'left', connectors: [{ standard: 'IEC_62196_T2_COMBO' }] },
            { currentType: 'AC', maxPowerW: 22_000, tariff: 'paper', connectors: [{ standard: 'IEC_62196_T2' }] },
          ],
        },
      ],
    },
  ],
  drivers: [
    {
      name: 'Dana',
      email: `dana@${name}.example`,
      password: 'correct horse battery',
      vehicles: [
        {
          label: 'Blue car',
          batteryWh: 60_000,
          maxAcW: 11_000,
          maxDcW: 100_000,
          connectorStandards: ['IEC_62196_T2', 'IEC_62196_T2_COMBO'],
        },
      ],
      tokens: [{ type: 'rfid', token: `04A1B2C3${name}`, label: 'Card' }],
    },
    { name: 'Eli', email: `eli@${name}.example`, password: 'correct horse battery' },
  ],
  apiKeys: [{ name: 'all', scopes: SCOPES }],
})
