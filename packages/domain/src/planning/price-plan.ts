import type { EpochMs, WattHours } from '@voltway/units'
import { costOf } from '../tariffs/cost-of.ts'
import type { Tariff } from '../tariffs/tariff.ts'
import type { Plan, PlanKind, PlanReason, PowerStep } from './plan.ts'
import { planUsage } from './plan-usage.ts'

/** A plan before it has a price. */
export interface PlanDraft {
  readonly kind: PlanKind
  readonly start: EpochMs
  readonly end: EpochMs
  readonly energy: WattHours
  readonly curve: readonly PowerStep[]
  readonly reasons: readonly PlanReason[]
}

/** Puts the price on a draft, with the tariff that is frozen for its start. */
export const pricePlan = (draft: PlanDraft, tariffAt: (start: EpochMs) => Tariff): Plan => {
  const tariff = tariffAt(draft.start)
  return { ...draft, tariff, cost: costOf(tariff, planUsage(draft.start, draft.end, draft.curve)) }
}
