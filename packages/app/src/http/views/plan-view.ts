import type { Plan } from '@voltway/domain/planning'
import { tariffToJson } from '@voltway/domain/tariffs'
import { isoOf, moneyToJson } from '@voltway/units'
import { given } from '../given.ts'
import type { PlanView } from '../schemas/plan.ts'
import { costView } from './cost-view.ts'

/** The domain's plan in the API's words: also how it is kept once accepted. */
export const planView = (plan: Plan): PlanView => ({
  kind: plan.kind,
  start: isoOf(plan.start),
  end: isoOf(plan.end),
  energyWh: plan.energy,
  curve: plan.curve.map(({ from, to, power }) => ({ from: isoOf(from), to: isoOf(to), powerW: power })),
  cost: costView(plan.cost),
  tariff: tariffToJson(plan.tariff),
  reasons: plan.reasons.map(({ savedMicros, ...reason }) =>
    given({ ...reason, saved: savedMicros === undefined ? undefined : moneyToJson({ currency: plan.cost.currency, micros: savedMicros }) }),
  ),
})

/** A plan as it was kept, without what only its driver may hold. */
export const storedPlan = (json: unknown): PlanView | undefined => {
  if (!isPlan(json)) return undefined
  const { offer: _, ...plan } = json
  return plan
}
const isPlan = (json: unknown): json is PlanView => typeof json === 'object' && json !== null && 'curve' in json && 'cost' in json
