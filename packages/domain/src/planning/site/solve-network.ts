import { fillBuffers, greedyFill } from './greedy-fill.ts'
import type { Network } from './network.ts'
import { sweepLevels } from './sweep-levels.ts'

/** From the cheapest level to the dearest: fill greedily, then send what only fits when others move. */
export const solveNetwork = (network: Network): void => {
  const { market, labels } = network
  const buffers = fillBuffers(network)
  let { wanted } = buffers
  for (let level = 0; level < market.levelPrice.length && wanted > 0; level++) {
    labels.frontier = level
    for (const entry of market.levelEntries[level]!) wanted -= greedyFill(network, entry, buffers)
    wanted -= sweepLevels(network, wanted, level + 1)
  }
}
