import type { CarbonStep } from './car/car-wish.ts'
import type { PowerStep } from './plan.ts'

/** Grams of CO2 of what a curve draws; undefined where the carbon is not known at every moment of it. */
export const curveCarbon = (curve: readonly PowerStep[], carbon: readonly CarbonStep[]): number | undefined => {
  let grams = 0
  for (const { from, to, power } of curve) {
    if (power === 0) continue
    let known = 0
    for (const step of carbon) {
      const length = Math.min(to, step.to) - Math.max(from, step.from)
      if (length <= 0) continue
      known += length
      grams += (power / 1_000) * (length / 3_600_000) * step.gramsPerKwh
    }
    if (known < to - from) return undefined
  }
  return grams
}
