import { type CarbonStep, type CarGap, type CarPlan, type CarStep, curveCarbon, type PowerStep } from '@voltway/domain/planning'
import { tariffToJson } from '@voltway/domain/tariffs'
import { type Currency, isoOf, moneyToJson } from '@voltway/units'
import type { PlanProof, SlottedPlan } from '../../planning/driver-questions.ts'
import { given } from '../given.ts'
import type { PlanView } from '../schemas/plan.ts'
import { costView } from './cost-view.ts'

const stepView = (step: PowerStep | CarStep): PlanView['curve'][number] => {
  const { from, to, power } = step
  const head = { from: isoOf(from), to: isoOf(to), powerW: Math.round(power * 10) / 10 }
  return 'limit' in step && step.limit !== head.powerW ? { ...head, limitW: step.limit } : head
}

/** Rounded up: a gap is never made to look like a proof. */
const gapView = (gap: CarGap, currency: Currency): NonNullable<PlanView['gap']> => {
  const money = (nanos: bigint) => moneyToJson({ currency, micros: (nanos + 999n) / 1_000n })
  if ('costNanos' in gap)
    return given({ cost: money(gap.costNanos), energyWh: gap.moreWh === undefined ? undefined : Math.ceil(gap.moreWh) })
  if ('weighedNanos' in gap) return { costAndWaiting: money(gap.weighedNanos) }
  const thenCost = gap.thenCostNanos === undefined ? undefined : money(gap.thenCostNanos)
  if ('carbonMilligrams' in gap) return given({ carbonGrams: Math.ceil(gap.carbonMilligrams / 1_000), thenCost })
  return given({ endSeconds: Math.ceil(gap.endMs / 1_000), thenCost })
}

/** The domain's plan in the API's words: also how it is kept once accepted. */
export const planView = (plan: SlottedPlan | CarPlan, carbon: readonly CarbonStep[] = [], proof?: PlanProof): PlanView => {
  const grams = curveCarbon(plan.curve, carbon)
  return {
    kind: plan.kind,
    start: isoOf(plan.start),
    end: isoOf(plan.end),
    energyWh: plan.energy,
    ...(grams !== undefined && { carbonGrams: Math.round(grams) }),
    curve: plan.curve.map(stepView),
    ...(plan.slots && {
      slots: plan.slots.map(({ from, to, energy, reason }, slot) => {
        const { marginalPerKwh: price, marginalGramsPerKwh } = proof?.quotes[slot] ?? {}
        const marginalPerKwh = price === undefined ? undefined : moneyToJson({ currency: plan.cost.currency, micros: BigInt(price) })
        return given({ from: isoOf(from), to: isoOf(to), energyWh: energy, reason, marginalPerKwh, marginalGramsPerKwh })
      }),
    }),
    ...(proof?.gap && { gap: gapView(proof.gap, plan.cost.currency) }),
    cost: costView(plan.cost),
    tariff: tariffToJson(plan.tariff),
    reasons: plan.reasons.map(({ savedMicros, ...reason }) =>
      given({
        ...reason,
        saved: savedMicros === undefined ? undefined : moneyToJson({ currency: plan.cost.currency, micros: savedMicros }),
      }),
    ),
  }
}

/** A plan as it was kept, without what only its driver may hold. */
export const storedPlan = (json: unknown): PlanView | undefined => {
  if (!isPlan(json)) return undefined
  const { offer: _, ...plan } = json
  return plan
}
const isPlan = (json: unknown): json is PlanView => typeof json === 'object' && json !== null && 'curve' in json && 'cost' in json
