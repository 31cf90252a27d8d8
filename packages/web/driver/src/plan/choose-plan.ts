import type { Plan } from '../api/types.ts'

/** The plan to preselect: of those with most energy, the least cost and waiting together. */
export const choosePlan = (plans: readonly Plan[], from: number, waitingMicrosPerHour: string): Plan | undefined => {
  const most = Math.max(...plans.map(({ energyWh }) => energyWh))
  const burden = ({ cost, end }: Plan) =>
    Number(cost.total.micros) + (Number(waitingMicrosPerHour) * Math.max(0, Date.parse(end) - from)) / 3_600_000
  return plans
    .filter(({ energyWh }) => energyWh >= most * 0.99)
    .reduce<Plan | undefined>((best, plan) => (best === undefined || burden(plan) < burden(best) ? plan : best), undefined)
}
