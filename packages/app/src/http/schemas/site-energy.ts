import { PHASE_ROTATIONS } from '@voltway/store'
import { type Static, Type } from 'typebox'
import { BigDecimal, OneOf, Text, Uuid } from './common.ts'
import { named } from './ref.ts'

const Amperes = Type.Integer({ minimum: 1, maximum: 10_000, description: 'A' })
const Money = BigDecimal

/** What a site has beside its limit in W. */
const energyFields = {
  phaseLimitsA: Type.Optional(Type.Array(Amperes, { minItems: 3, maxItems: 3, description: 'The most on L1, L2 and L3' })),
  mostPauses: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 1_000, description: 'How often a car may be paused before it has its energy' }),
  ),
  feedInPerKwhMicros: Type.Optional(Money),
  demandCharge: Type.Optional(
    Type.Object(
      { perKwMicros: Money, peakSoFarW: Type.Optional(Type.Integer({ minimum: 0, maximum: 2_000_000_000 })) },
      { description: 'Paid for the highest import of the billing period; up to the peak so far it costs nothing more' },
    ),
  ),
  carbonSeries: Type.Optional(Text(80)),
}

const wiringFields = {
  stationId: Uuid,
  phaseLimitA: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 10_000, description: 'A on each phase: the fuse in front of the station' }),
  ),
}
const phaseRotation = OneOf(PHASE_ROTATIONS)

export const SiteEnergyBody = named(
  'NewSiteEnergy',
  Type.Object({
    ...energyFields,
    stations: Type.Optional(
      Type.Array(
        Type.Object({
          ...wiringFields,
          evses: Type.Optional(Type.Array(Type.Object({ number: Type.Integer({ minimum: 1 }), phaseRotation }), { maxItems: 100 })),
        }),
        { maxItems: 1_000, description: 'How they are wired; those left out stay as they are' },
      ),
    ),
  }),
)
export type SiteEnergyBody = Static<typeof SiteEnergyBody>

export const SiteEnergyView = named(
  'SiteEnergy',
  Type.Object({
    ...energyFields,
    stations: Type.Array(
      Type.Object({
        ...wiringFields,
        stationName: Type.String(),
        evses: Type.Array(
          Type.Object(
            { id: Uuid, number: Type.Integer(), phases: Type.Integer(), phaseRotation },
            { description: 'STR: its L1, L2, L3 are L2, L3, L1 of the site' },
          ),
        ),
      }),
    ),
  }),
)
export type SiteEnergyView = Static<typeof SiteEnergyView>
