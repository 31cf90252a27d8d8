import { epochMs, watts } from '@voltway/units'
import type { CarStep } from './car-plan.ts'
import type { ChargePiece } from './charge-pieces.ts'

interface Step {
  readonly from: number
  readonly to: number
  readonly power: number
  readonly limit: number
}

/** Two powers that a meter could not tell apart. */
const isLike = (a: Step, b: Step) => a.limit === b.limit && a.to === b.from && Math.abs(a.power - b.power) <= b.limit * 1e-4

/** Pieces as a curve: the mean power of each, so that the energy of every step is that of the plan, and what is offered; like neighbours are one. */
export const carCurve = (pieces: readonly ChargePiece[]): readonly CarStep[] => {
  const steps: Step[] = []
  for (const { cell, from, to, energyBefore, energyAfter } of pieces) {
    const step = { from, to, power: ((energyAfter - energyBefore) * 3_600_000) / (to - from), limit: cell.power }
    const last = steps.at(-1)
    if (!last || !isLike(last, step)) {
      steps.push(step)
      continue
    }
    const energy = last.power * (last.to - last.from) + step.power * (to - from)
    steps[steps.length - 1] = { ...last, to, power: energy / (to - last.from) }
  }
  return steps.map(({ from, to, power, limit }) => ({ from: epochMs(from), to: epochMs(to), power: watts(power), limit: watts(limit) }))
}
