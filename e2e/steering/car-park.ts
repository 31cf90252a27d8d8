import type { SeedPlan } from '@voltway/app'
import { loadTemplate, type TemplateName } from '@voltway/sim'

/** 0.45 GBP per kWh, VAT included. */
export const FLAT = {
  kind: 'elements',
  name: 'Flat',
  currency: 'GBP',
  timeZone: 'Europe/London',
  vat: { ratePpm: '200000', pricesInclude: true },
  elements: [{ perKwh: '450000' }],
}

export interface CarPark {
  /** Of all its stations. */
  readonly template: TemplateName
  /** One for all sessions. */
  readonly tariff: object
  readonly gridLimitW?: number
  readonly stations: readonly { readonly name: string; readonly identity: string; readonly sharedLimitW?: number }[]
}

/** An organisation with one car park of stations that are alike; drivers and keys are for the test to add. */
export const carPark = ({ template, tariff, gridLimitW, stations }: CarPark) => {
  const evses = loadTemplate(template).evses.map(({ currentType, maxPowerW, phases, standard }) => ({
    currentType,
    maxPowerW,
    phases,
    connectors: [{ standard, maxPowerW }],
  }))
  return {
    organisation: 'Steered',
    owner: { name: 'Owner', email: 'owner@steered.example', password: 'correct horse battery' },
    tariffs: { flat: tariff },
    sites: [
      {
        name: 'Car park',
        kind: 'parking',
        address: '1 Quay',
        city: 'Leeds',
        country: 'GB',
        latitude: 53.8,
        longitude: -1.55,
        timeZone: 'Europe/London',
        currency: 'GBP',
        ...(gridLimitW !== undefined && { gridLimitW }),
        operatorName: 'Steered',
        tariff: 'flat',
        stations: stations.map((station) => ({ ...station, evses })),
      },
    ],
  } as const satisfies Partial<SeedPlan>
}
