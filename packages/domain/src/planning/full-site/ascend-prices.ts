import { answerPrices } from './answer-prices.ts'
import { type Ascent, openAscent } from './ascent.ts'
import type { Prices } from './flow-relaxation.ts'
import type { FullModel } from './full-model.ts'
import { scalesOf, stepPrices } from './step-prices.ts'

/** How much of each answer goes into the running mean; the first ones count for more. */
const MEMORY = 0.1
/** The first step, as a share of the spread of prices; later ones are shorter. */
const FIRST_STEP = 0.2

const remember = ({ mean, load }: Ascent, share: number): void => {
  for (let at = 0; at < mean.length; at++) mean[at]! += share * (load[at]! - mean[at]!)
}

/** What prices differ by: the unit of steps. */
const spreadOf = ({ imported, fedIn }: FullModel): number => {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let slot = 0; slot < imported.length; slot++) {
    low = Math.min(low, fedIn[slot]!)
    high = Math.max(high, imported[slot]!)
  }
  return Math.max(1_000, high - low)
}

/**
 * Prices for all limits at once (Lagrangian ascent): cars answer the prices, each by itself; a price rises where their mean answer
 * passes a limit, and falls where it stays below. Any prices give a true bound, and these come near the best.
 */
export const ascendPrices = (
  model: FullModel,
  from: Prices,
  { rounds, turns }: { readonly rounds: number; readonly turns: number },
): Ascent => {
  const ascent = openAscent(model, from)
  const scales = scalesOf(model)
  const first = FIRST_STEP * spreadOf(model)
  for (let turn = 0; turn < turns; turn++) answerPrices(ascent, { turn, of: turns })
  for (let round = 0; round < rounds; round++) {
    remember(ascent, Math.max(MEMORY, 1 / (round + 1)))
    const step = 1 / (1 + (10 * round) / rounds)
    stepPrices(ascent, first * step, { scales, peakStep: 0.5 * step })
    answerPrices(ascent, { turn: round, of: turns })
  }
  remember(ascent, MEMORY)
  return ascent
}
