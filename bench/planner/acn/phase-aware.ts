import { type PhaseSite, sharePhases } from '@voltway/domain/planning/online'
import { NO_PODS, PODS, type SiteLimits } from './caltech-site.ts'
import { leastLaxity } from './month-policies.ts'
import { type MonthPolicy, mostAmperes } from './simulate-month.ts'

/** The domain's shares of a three-phase site, with the pods as its breakers. */
export const phaseAware = (limits: SiteLimits): MonthPolicy => {
  const site: PhaseSite = {
    limits: { room: limits.room, usage: (loads) => limits.usage({ ...loads, ...NO_PODS }) },
    breakers: PODS.map(() => limits.podAmperes),
  }
  return (slot, plugged) =>
    sharePhases(
      plugged.map((car) => {
        const { phase, pod } = car.session
        const breaker = pod === undefined ? undefined : PODS.indexOf(pod)
        return { pair: phase, most: mostAmperes(car), left: car.left, laxity: leastLaxity(car, slot), breaker }
      }),
      site,
    )
}
