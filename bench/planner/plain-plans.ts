import { type ChargeWish, type PlanContext, type PlanReason, planProver, plansFor } from '@voltway/domain/planning'
import { lineOf, ms } from './report.ts'
import { median } from './statistics.ts'
import type { TrackOptions } from './track.ts'

const CLAIMS: readonly (readonly [code: PlanReason['code'], name: string])[] = [
  ['cheapestBeforeDeparture', 'plain, cheapest'],
  ['bestOfPriceAndWait', 'plain, best of price and wait'],
  ['soonest', 'plain, soonest'],
]
/** The paper's four claim nothing: their gap is how much dearer the choice is than the cheapest. */
const CHOICE = 'plain, the paper’s four'

/** Of each kind of plain plan how far the proof says it can be from the best, and what proving takes. */
export const measurePlain = (
  asked: readonly { readonly wish: ChargeWish; readonly context: PlanContext }[],
  put: TrackOptions['put'],
): readonly (readonly string[])[] => {
  const [gaps, times] = [new Map<string, number[]>(), new Map<string, number[]>()]
  for (const { wish, context } of asked) {
    const prove = planProver(wish, context)
    for (const plan of plansFor(wish, context)) {
      const began = performance.now()
      const { violations, gap } = prove(plan)
      const took = performance.now() - began
      if (violations.length > 0 || !gap) throw new Error(`a plain plan is not valid: ${violations[0]?.message}`)
      const [, name] = CLAIMS.find(([code]) => plan.reasons.some((reason) => reason.code === code)) ?? ['', CHOICE]
      const nanos = 'costNanos' in gap ? gap.costNanos : 'weighedNanos' in gap ? gap.weighedNanos : undefined
      const share =
        nanos === undefined
          ? 'endMs' in gap
            ? gap.endMs / (plan.end - wish.arrival)
            : 0
          : Number(nanos) / 1_000 / Number(plan.cost.totalMicros)
      gaps.set(name, [...(gaps.get(name) ?? []), share])
      times.set(name, [...(times.get(name) ?? []), took])
    }
  }
  const rows = [...gaps].map(([name, shares]) => {
    const [mean, worst] = [shares.reduce((sum, share) => sum + share, 0) / shares.length, Math.max(...shares)]
    const key = name.replaceAll(/\W+/g, '-')
    put(lineOf(`${key}-gap-mean`, 100 * mean, '%'))
    put(lineOf(`${key}-gap-worst`, 100 * worst, '%'))
    put(lineOf(`${key}-prove`, median(times.get(name)!), 'ms'))
    return [name, `${shares.length}`, (100 * mean).toFixed(4), (100 * worst).toFixed(3), ms(median(times.get(name)!))]
  })
  return [['plan', 'plans', 'certified gap % (mean)', '(worst)', 'certify and check ms'], ...rows]
}
