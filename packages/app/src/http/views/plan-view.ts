import { type CarbonStep, type CarGap, type CarPlan, type CarStep, curveCarbon, type Plan, type PowerStep } from '@voltway/domain/planning'
import { tariffToJson } from '@voltway/domain/tariffs'
import { type Currency, isoOf, moneyToJson } from '@voltway/units'
import type { PlanProof } from '../../planning/driver-questions.ts'
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
  if ('costNanos' in gap) return { cost: moneyToJson({ currency, micros: (gap.costNanos + 999n) / 1_000n }) }
  return 'endMs' in gap ? { endSeconds: Math.ceil(gap.endMs / 1_000) } : { carbonGrams: Math.ceil(gap.carbonMilligrams / 1_000) }
}

/** The domain's plan in the API's words: also how it is kept once accepted. */
export const planView = (plan: Plan | CarPlan, carbon: readonly CarbonStep[] = [], proof?: PlanProof): PlanView => {
  const grams = curveCarbon(plan.curve, carbon)
  return {
    kind: plan.kind,
    start: isoOf(plan.start),
    end: isoOf(plan.end),
    energyWh: plan.energy,
    ...(grams !== undefined && { carbonGrams: Math.round(grams) }),
    curve: plan.curve.map(stepView),
    ...('slots' in plan && {
      slots: plan.slots.map(({ from, to, energy, reason }, slot) => {
        const price = proof?.quotes[slot]?.marginalPerKwh
        const marginalPerKwh = price === undefined ? undefined : moneyToJson({ currency: plan.cost.currency, micros: BigInt(price) })
        return given({ from: isoOf(from), to: isoOf(to), energyWh: energy, reason, marginalPerKwh })
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
