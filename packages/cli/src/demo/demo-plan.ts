import { randomBytes } from 'node:crypto'
import type { SeedPlan } from '@voltway/app'
import { tariffToJson } from '@voltway/domain/tariffs'
import { loadTemplate } from '@voltway/sim'
import { CITY, type DemoSite, type DemoStation } from './city.ts'
import type { DemoCredentials } from './demo-credentials.ts'
import { type DemoDriver, TOWNSPEOPLE, VISITOR } from './people.ts'
import { DEMO_TARIFFS } from './tariffs.ts'

export interface DemoPlan {
  readonly plan: SeedPlan
  /** Cards of the townspeople, whose cars come and go by themselves. */
  readonly cards: readonly string[]
}

const card = () => randomBytes(7).toString('hex').toUpperCase()

const stationPlan = ({ identity, name, template }: DemoStation): SeedPlan['sites'][number]['stations'][number] => {
  const { evses, sharedLimitW } = loadTemplate(template)
  return {
    identity,
    name,
    ...(sharedLimitW !== undefined && { sharedLimitW }),
    evses: evses.map(({ number, currentType, maxPowerW, phases, side, standard, cableAttached }) => ({
      number,
      currentType,
      maxPowerW,
      phases,
      ...(side && { side }),
      connectors: [{ standard, maxPowerW, cableAttached }],
    })),
  }
}

const sitePlan = ({ stations, carsPerHour: _, ...site }: DemoSite): SeedPlan['sites'][number] => ({
  ...site,
  city: 'Lunebridge',
  country: 'GB',
  timeZone: 'Europe/London',
  currency: 'GBP',
  operatorName: 'Lunebridge Charging',
  stations: stations.map(stationPlan),
})

const driverPlan = ({ name, vehicle }: DemoDriver, token: string): SeedPlan['drivers'][number] => ({
  name,
  vehicles: [
    {
      ...vehicle,
      connectorStandards: [...vehicle.connectorStandards] as NonNullable<
        SeedPlan['drivers'][number]['vehicles']
      >[number]['connectorStandards'],
    },
  ],
  tokens: [{ type: 'rfid', token, label: 'Card' }],
})

/** Lunebridge as a seed plan: sites, stations, price lists, people, and the visitor's two accounts. */
export const demoPlan = ({ operator, driver }: DemoCredentials): DemoPlan => {
  const cards = TOWNSPEOPLE.map(card)
  const townspeople = TOWNSPEOPLE.map((person, index) => driverPlan(person, cards[index] ?? card()))
  const plan: SeedPlan = {
    organisation: 'Lunebridge Charging',
    owner: { name: 'Robin Hale', ...operator },
    tariffs: Object.fromEntries(Object.entries(DEMO_TARIFFS).map(([name, tariff]) => [name, tariffToJson(tariff)])),
    sites: CITY.map(sitePlan),
    drivers: [{ ...driverPlan(VISITOR, card()), ...driver }, ...townspeople],
    apiKeys: [
      {
        name: 'demo script',
        scopes: [
          'admin',
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
        ],
      },
    ],
  }
  return { plan, cards }
}
