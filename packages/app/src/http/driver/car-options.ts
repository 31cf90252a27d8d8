import type { CarContext, CarFault, CarPlan, CarWish, ChargeWish } from '@voltway/domain/planning'
import type { EvseRow, VehicleRow } from '@voltway/store'
import { isoOf, MINUTE, percent, type Watts, wattHours, watts } from '@voltway/units'
import { type Static, Type } from 'typebox'
import { Problem } from '../problems.ts'
import { Instant, OneOf } from '../schemas/common.ts'
import type { PlanView } from '../schemas/plan.ts'
import { instant } from '../views/times.ts'

/** What a driver may ask of a plan beyond when and how much. */
export const CarOptions = {
  goal: Type.Optional(OneOf(['cheapest', 'earliest', 'greenest'])),
  minimum: Type.Optional(
    Type.Object({ energyWh: Type.Integer({ minimum: 1 }), by: Instant }, { description: 'Of the energy, so much by an earlier hour' }),
  ),
  lastPartMinutes: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 10_080, description: 'Charging kept until just before departure, as for a warm car' }),
  ),
  uninterrupted: Type.Optional(Type.Boolean({ description: 'Charging never pauses' })),
}
const Options = Type.Object({ ...CarOptions, socPercent: Type.Optional(Type.Number()) })
export type CarOptions = Static<typeof Options>

/** Whether a form asks for more than the plain plans know. */
export const asksMore = ({ goal, minimum, lastPartMinutes, uninterrupted }: CarOptions): boolean =>
  goal !== undefined || minimum !== undefined || lastPartMinutes !== undefined || uninterrupted === true

const carWish = (options: CarOptions, wish: ChargeWish): CarWish => ({
  arrival: wish.arrival,
  departure: wish.departure,
  energy: wish.energy,
  goal: options.goal ?? 'cheapest',
  ...(wish.priceCapMicros !== undefined && { priceCapMicros: wish.priceCapMicros }),
  ...(options.minimum && { minimum: { energy: wattHours(options.minimum.energyWh), by: instant(options.minimum.by, 'body.minimum.by') } }),
  ...(options.lastPartMinutes !== undefined && { lastPart: { durationMs: options.lastPartMinutes * MINUTE } }),
  ...(options.uninterrupted && { uninterrupted: true }),
})

/** 6 A at 230 V: below it an AC car stops (IEC 61851-1). */
const LEAST_WATTS_PER_PHASE = 1_380

/** The domain's fields in the words of the form. */
const FIELDS: Readonly<Record<string, string>> = {
  'context.carbon': 'goal',
  energy: 'energyWh',
  'minimum.energy': 'minimum.energyWh',
  'lastPart.durationMs': 'lastPartMinutes',
  'context.limits.maxPower': 'vehicleId',
  'context.battery.soc': 'socPercent',
}
/** What contradicts itself, by the form's field. */
export const carProblem = (faults: readonly CarFault[]): Problem => {
  const errors = faults.map(({ field, message }) => ({ path: `body.${FIELDS[field] ?? field}`, message }))
  const [first] = errors
  return new Problem('REQUEST_INVALID', first && `${first.path.slice('body.'.length)} ${first.message}.`, { errors })
}

/** Of a minimum that cannot all be had in time, what is missing and why. */
export const minimumShortfall = (
  wish: CarWish,
  { plan, minimumCause }: { readonly plan: Pick<CarPlan, 'minimumShortfall'>; readonly minimumCause: string | undefined },
): PlanView['minimumShortfall'] => {
  if (!wish.minimum || plan.minimumShortfall === undefined || minimumCause === undefined) return undefined
  const { energy: askedWh, by } = wish.minimum
  return { askedWh, by: isoOf(by), energyWh: plan.minimumShortfall, code: minimumCause }
}

/**
 * What the car's planner is asked for a form that asks more, with the curve of the car's battery where its state of charge is told.
 * @throws Problem naming the field of what contradicts itself
 */
export const carQuestion = (
  options: CarOptions,
  wish: ChargeWish,
  {
    context,
    evse,
    vehicle,
    minPower,
  }: {
    readonly context: CarContext
    readonly evse: EvseRow
    readonly vehicle: VehicleRow | undefined
    /** As its station takes limits, where that is known. */
    readonly minPower?: Watts | undefined
  },
): { readonly wish: CarWish; readonly context: CarContext } => {
  const { maxPower } = context.limits
  if (wish.waitingMicrosPerHour !== undefined)
    throw carProblem([
      { code: 'contradiction', field: 'waitingMicrosPerHour', message: 'does not go with these options: goal says what matters' },
    ])
  const least = minPower ?? (evse.currentType === 'AC' ? LEAST_WATTS_PER_PHASE * evse.phases : 0)
  const carPower = vehicle && (evse.currentType === 'AC' ? vehicle.maxAcW : (vehicle.maxDcW ?? 0))
  // What others leave below the least is nothing to this car, and no slip of the driver's.
  const powerLimits = context.powerLimits?.map((step) => (step.power < least ? { ...step, power: watts(0) } : step))
  const facts: CarContext = {
    ...context,
    ...(powerLimits && { powerLimits }),
    ...(least > 0 && least <= maxPower && { minPower: watts(least) }),
    ...(vehicle &&
      carPower &&
      options.socPercent !== undefined && {
        battery: { capacity: wattHours(vehicle.batteryWh), soc: percent(options.socPercent), maxPower: watts(carPower) },
      }),
  }
  return { wish: carWish(options, wish), context: facts }
}
