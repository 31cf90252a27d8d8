import { type EpochMs, epochMs, MINUTE, type Milliseconds, milliseconds, type WattHours, wattHours, watts } from '@voltway/units'
import { nearestFree } from '../reservations/nearest-free.ts'
import { priceLine } from '../tariffs/price-line.ts'
import type { Tariff } from '../tariffs/tariff.ts'
import { offPeakSlot } from './off-peak-slot.ts'
import type { ChargeWish, PlanKind, PlanReason } from './plan.ts'
import { latestEnd, type PlanContext, planPower } from './plan-context.ts'
import type { PlanDraft } from './price-plan.ts'

/** How long an energy takes at constant power, in whole milliseconds, never too short. */
export const chargingTime = (energy: WattHours, power: number): Milliseconds => milliseconds(Math.ceil((energy * 3_600_000) / power))

interface Charge {
  readonly kind: 'duration' | 'power'
  readonly durationMs: number
  readonly energy: WattHours
}

const draftOf = (kind: PlanKind, charge: Charge, at: { start: EpochMs; power: number; reasons: readonly PlanReason[] }): PlanDraft => {
  const end = epochMs(at.start + charge.durationMs)
  return {
    kind,
    start: at.start,
    end,
    energy: charge.energy,
    curve: [{ from: at.start, to: end, power: watts(at.power) }],
    reasons: at.reasons,
  }
}

const shiftMinutes = (wish: ChargeWish, start: EpochMs) => (start - wish.arrival) / MINUTE

/** Duration and Power: at the asked time, or where Algorithm 1 moves it. */
const asked = (wish: ChargeWish, context: PlanContext, charge: Charge): PlanDraft | undefined => {
  const { start } = nearestFree(context.freeSlots, {
    start: wish.arrival,
    durationMs: charge.durationMs,
    notBefore: context.now,
    notAfter: latestEnd(wish),
  })
  if (start === undefined) return undefined
  const fits: PlanReason = { code: charge.kind === 'duration' ? 'fitsDuration' : 'fitsEnergy' }
  const where: PlanReason =
    start === wish.arrival ? { code: 'asAsked' } : { code: 'movedToFreeSlot', shiftMinutes: shiftMinutes(wish, start) }
  return draftOf(charge.kind, charge, { start, power: planPower(context), reasons: [fits, where] })
}

/** Duration Eco and Power Eco: the same, moved to the nearest free off-peak slot. */
const eco = (wish: ChargeWish, context: PlanContext, offPeak: { charge: Charge; tariff: Tariff }): PlanDraft | undefined => {
  const { charge, tariff } = offPeak
  const start = offPeakSlot(wish, context, { durationMs: charge.durationMs, tariff })
  if (start === undefined) return undefined
  const kind = charge.kind === 'duration' ? 'durationEco' : 'powerEco'
  const reasons: PlanReason[] = [{ code: 'movedOffPeak', shiftMinutes: shiftMinutes(wish, start) }]
  return draftOf(kind, charge, { start, power: planPower(context), reasons })
}

/**
 * The four plans of the EVCMS paper (section 3.2.2). Duration keeps the asked duration and gives the energy that fits;
 * Power keeps the asked energy and gives the duration it needs; their Eco forms are moved to the nearest free off-peak
 * slot and offered when the asked time is on-peak. A plan that cannot end by departure is left out.
 * The paper's "plan 3" under Plan 4 is read as plan 2.
 *
 * @param tariff resolved for the asked arrival; says when it is on-peak.
 */
export const evcmsPlans = (wish: ChargeWish, context: PlanContext, tariff: Tariff): readonly PlanDraft[] => {
  const power = planPower(context)
  if (power === 0) return []
  const fitting = wattHours(Math.floor((power * wish.durationMs) / 3_600_000))
  const duration: Charge = { kind: 'duration', durationMs: wish.durationMs, energy: fitting }
  const energy: Charge = { kind: 'power', durationMs: chargingTime(wish.energy, power), energy: wish.energy }
  const charges = [duration, energy].filter((charge) => charge.energy > 0)
  const onPeak = priceLine(tariff, wish.arrival, epochMs(wish.arrival + 1))[0]?.peak ?? false
  const plans = charges.map((charge) => asked(wish, context, charge))
  if (onPeak) plans.push(...charges.map((charge) => eco(wish, context, { charge, tariff })))
  return plans.filter((plan) => plan !== undefined)
}
