import { seeded } from '@voltway/units'
import { annealDraft } from './anneal-draft.ts'
import { copyDraft, type Draft } from './draft.ts'
import type { FullModel } from './full-model.ts'
import { peakOf, roughCost } from './round-plan.ts'

/** Moves that are drawn in one annealing, for each slot of each car and at most; and how many annealings there are at most. */
const MOVES = 150
const MOST_MOVES = 40_000
const MOST = 24
/** By how much the peak is first tried to be lower or higher, as a share of it; less each time that neither pays. */
const FIRST_CHANGE = 0.02
const LAST_CHANGE = 0.001
const LESS = 0.4

/**
 * Anneals a plan of few cars at the peak that it has, then at lower and at higher ones as long as that pays. Cars that are put in one by one
 * end where none of them alone can do better; here several have moved before it is looked whether that was worth it. Pseudo-random from a
 * fixed seed.
 * @param improve makes a draft cheaper below its peak, in its own place
 */
export const annealPeaks = (model: FullModel, first: Draft, improve: (draft: Draft) => void): Draft => {
  const random = seeded(model.cars.length)
  let best = { draft: first, cost: roughCost(model, first) }
  const moves = Math.min(MOST_MOVES, MOVES * first.power.length)
  let left = MOST
  const anneal = (target: number): boolean => {
    left--
    const draft = copyDraft(best.draft)
    annealDraft(model, draft, { moves, random, target })
    improve(draft)
    const cost = roughCost(model, draft)
    if (cost >= best.cost) return false
    best = { draft, cost }
    return true
  }
  const peakAt = (share: number) =>
    model.demand === 0 ? Number.POSITIVE_INFINITY : Math.max(model.peakFree, Math.floor(peakOf(model, best.draft) * share))
  anneal(peakAt(1))
  for (let change = FIRST_CHANGE; model.demand > 0 && change > LAST_CHANGE && left > 0; ) {
    const pays = anneal(peakAt(1 - change)) || anneal(peakAt(1 + change))
    if (!pays) change *= LESS
  }
  return best.draft
}
