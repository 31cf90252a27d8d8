import { inParts } from './in-parts.ts'
import type { Network } from './network.ts'
import type { SiteCertificate } from './site-plan.ts'
import { completeLabels } from './sweep-levels.ts'

/**
 * The prices that prove the network's flow the best: of every vertex the cheapest level that it can still reach, or the
 * shortfall price where it can reach none.
 * @param positions where each car stands, in the order of the answer
 */
export const certificateOf = (network: Network, positions: Int32Array): SiteCertificate => {
  completeLabels(network)
  const { market, labels } = network
  const { levelPrice } = market
  const shortfallPrice = levelPrice[levelPrice.length - 1]! + 1
  const priceOf = (level: number) => (level < 0 ? shortfallPrice : levelPrice[level]!)
  const carPrice = new Float64Array(positions.length)
  inParts(positions.length, (from, to) => {
    for (let car = from; car < to; car++) carPrice[car] = priceOf(labels.carLevel[positions[car]!]!)
  })
  const nodePrice = new Float64Array(labels.nodeLevel.length)
  inParts(nodePrice.length, (from, to) => {
    for (let vertex = from; vertex < to; vertex++) nodePrice[vertex] = priceOf(labels.nodeLevel[vertex]!)
  })
  return { shortfallPrice, carPrice, nodePrice }
}
