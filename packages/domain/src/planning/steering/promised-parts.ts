import { HOUR, type WattHours, wattHours } from '@voltway/units'
import type { PowerStep } from '../plan.ts'
import { microsPerKwh } from '../site/index.ts'
import type { PromisedPart, SpanPrice } from './steered-site.ts'

/** An accepted curve as energies at prices, in its order; the last part takes what rounding left, so that they sum to `energy`. */
export const promisedParts = (curve: readonly PowerStep[], prices: readonly SpanPrice[], energy: WattHours): readonly PromisedPart[] => {
  const parts: PromisedPart[] = []
  let left: number = energy
  const add = (wh: number, perKwh: number) => {
    const whole = Math.min(left, Math.round(wh))
    if (whole <= 0) return
    left -= whole
    parts.push({ energy: wattHours(whole), perKwh: microsPerKwh(perKwh) })
  }
  for (const { from, to, power } of curve) {
    let reached: number = from
    for (const price of prices) {
      const [begin, end] = [Math.max(reached, price.from), Math.min(to, price.to)]
      if (end <= begin) continue
      add((power * (end - begin)) / HOUR, price.perKwh)
      reached = end
    }
    add((power * (to - reached)) / HOUR, 0)
  }
  const last = parts.at(-1)
  if (left > 0) parts.splice(last ? -1 : 0, 1, { energy: wattHours((last?.energy ?? 0) + left), perKwh: last?.perKwh ?? microsPerKwh(0) })
  return parts
}

/** What is still owed, by the price that it may cost: what was delivered counts for the parts that were promised first. */
export const promisedRest = (parts: readonly PromisedPart[], delivered: WattHours): ReadonlyMap<number, number> => {
  const rest = new Map<number, number>()
  let gone: number = delivered
  for (const { energy, perKwh } of parts) {
    const had = Math.min(gone, energy)
    gone -= had
    if (energy > had) rest.set(perKwh, (rest.get(perKwh) ?? 0) + Math.ceil(energy - had))
  }
  return rest
}
