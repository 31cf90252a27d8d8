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
          // `marginalPerKwh`: what one more kWh would cost in it, at the margin.
          { from: Instant, to: Instant, energyWh: WattHours, reason: Type.String(), marginalPerKwh: Type.Optional(Money) },
          { description: 'Why it charges when it does' },
        ),
      ),
    ),
    gap: Type.Optional(
      Type.Object(
        { cost: Type.Optional(Money), carbonGrams: Type.Optional(Type.Integer()), endSeconds: Type.Optional(Type.Integer()) },
        {
          description:
            'By how much it may be worse than the best of its kind that gives as much, proved by a checker that does not trust the planner; 0: it is the best. Cost is before lines are rounded to coins',
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
