import type { SeedPlan } from '@voltway/app'
import type { TemplateName } from '@voltway/sim'
import { evsesOf, LEEDS } from '../places.ts'

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
  const evses = evsesOf(template)
  return {
    organisation: 'Steered',
    owner: { name: 'Owner', email: 'owner@steered.example', password: 'correct horse battery' },
    tariffs: { flat: tariff },
    sites: [
      {
        name: 'Car park',
        kind: 'parking',
        ...LEEDS,
        ...(gridLimitW !== undefined && { gridLimitW }),
        operatorName: 'Steered',
        tariff: 'flat',
        stations: stations.map((station) => ({ ...station, evses })),
      },
    ],
  } as const satisfies Partial<SeedPlan>
}
