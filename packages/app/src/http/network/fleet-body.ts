import { type Static, Type } from 'typebox'
import { NetworkWish } from '../driver/charge-wish.ts'
import { NetworkChoiceView } from '../driver/network-choice.ts'
import { Money, Uuid } from '../schemas/common.ts'
import { named, ref } from '../schemas/ref.ts'

/** More at once would keep drivers waiting for their own plans. */
export const MOST_WISHES = 500

const FleetWish = Type.Object({
  ...NetworkWish.properties,
  driverId: Type.Optional(
    Type.String({ format: 'uuid', description: 'Whose reservation it would be; the driver of the vehicle where that is told' }),
  ),
})

export const FleetBody = Type.Object({
  wishes: Type.Array(FleetWish, { minItems: 1, maxItems: MOST_WISHES }),
  siteIds: Type.Optional(
    Type.Array(Uuid, {
      minItems: 1,
      maxItems: 200,
      description: 'Only these sites, private ones too; else all that are offered to the public',
    }),
  ),
  reserve: Type.Optional(Type.Boolean({ description: 'Reserves all of them, or none where one cannot be had' })),
})
export type FleetBody = Static<typeof FleetBody>

export const FleetOutcomeView = named(
  'FleetOutcome',
  Type.Object({
    wish: Type.Integer({ description: 'Its place in `wishes`, from 0' }),
    choice: Type.Optional(ref(NetworkChoiceView)),
    impossible: Type.Optional(
      Type.Object({
        code: Type.String({ description: 'nothingFits, tooDear, taken, or powerLimits where sites have promised their power' }),
      }),
    ),
    reservation: Type.Optional(Type.Object({ id: Uuid, code: Type.String() })),
  }),
)
export type FleetOutcome = Static<typeof FleetOutcomeView>

export const FleetReply = Type.Object({
  outcomes: Type.Array(ref(FleetOutcomeView), { description: 'One for each wish, in their order' }),
  served: Type.Integer(),
  total: Type.Optional(Money),
  reserved: Type.Boolean({ description: 'Whether all were reserved' }),
})
