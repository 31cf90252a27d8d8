import { type Static, Type } from 'typebox'
import { Instant, Json, Money, WattHours, Watts } from './common.ts'
import { CostView } from './cost.ts'
import { named, ref } from './ref.ts'

export const PlanView = named(
  'Plan',
  Type.Object({
    kind: Type.String(),
    start: Instant,
    end: Instant,
    energyWh: WattHours,
    carbonGrams: Type.Optional(Type.Number({ description: 'g of CO2, where it is known for all of the plan' })),
    curve: Type.Array(
      Type.Object({
        from: Instant,
        to: Instant,
        powerW: Watts,
        limitW: Type.Optional(Type.Number({ description: 'W that are offered, where the battery does not take all of it' })),
      }),
    ),
    phases: Type.Optional(Type.Integer({ description: '1 where the station switches a car of three phases to one for all of the plan' })),
    cost: ref(CostView),
    tariff: Json,
    slots: Type.Optional(
      Type.Array(
        Type.Object(
          {
            from: Instant,
            to: Instant,
            energyWh: WattHours,
            reason: Type.String(),
            marginalPerKwh: Type.Optional(Money),
            marginalGramsPerKwh: Type.Optional(Type.Integer()),
          },
          {
            description:
              'Why it charges when it does, and what one more kWh would cost in it where the proof says so: `marginalPerKwh` money for a cheapest plan (with waiting, where that has a price), for an earliest plan without ending later where that can be, else to go on, and for the plans by duration and power and their off-peak forms to go on; `marginalGramsPerKwh` g of CO2 for a greenest one. Where charging may not pause, that of the best charge of a kWh more that is under way in it',
          },
        ),
      ),
    ),
    gap: Type.Optional(
      Type.Object(
        {
          cost: Type.Optional(Money),
          costAndWaiting: Type.Optional(Money),
          carbonGrams: Type.Optional(Type.Integer()),
          endSeconds: Type.Optional(Type.Integer()),
          thenCost: Type.Optional(Money),
          energyWh: Type.Optional(WattHours),
        },
        {
          description:
            'By how much it may at most be worse than the best plan that gives as much before departure, proved by a checker that does not trust the planner; 0: it is the best. One of these: `cost` above the cheapest, for a cheapest plan, and for the plans by duration and power and their off-peak forms, which say when to charge and not that they are cheapest; `costAndWaiting` above the best of both, waiting counted at the price in the wish; `carbonGrams` above the greenest; `endSeconds` after the earliest (with a last part, what is ready is all before it); with these two `thenCost` above the cheapest that is as green, or ready no later. Where the price cap leaves energy out, `cost` is that of as much energy, and `energyWh` how much more the cap may pay for. Cost is before lines are rounded to coins',
        },
      ),
    ),
    minimumShortfall: Type.Optional(
      Type.Object(
        { askedWh: WattHours, by: Instant, energyWh: WattHours, code: Type.String() },
        { description: 'How much of the minimum asked for is missing at its hour, and why' },
      ),
    ),
    reasons: Type.Array(Type.Object({ code: Type.String(), shiftMinutes: Type.Optional(Type.Number()), saved: Type.Optional(Money) })),
    offer: Type.Optional(Type.String({ description: 'Signed and expiring: what reserve and start take back' })),
  }),
)
export type PlanView = Static<typeof PlanView>
