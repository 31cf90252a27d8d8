import type { Market, Network } from './network.ts'
import { buildMarket, roomOf } from './price-levels.ts'
import { setFlow } from './set-flow.ts'
import { pull } from './shift-flow.ts'
import type { SiteProblem } from './site-problem.ts'
import { sweepLevels, unlabel } from './sweep-levels.ts'

/** The market of one segment a slot with levels for the old and the new prices, so that slots can change one at a time. */
const bothMarkets = (market: Market, prices: readonly number[]): Market => {
  const old = Array.from(market.segmentLevel, (level) => market.levelPrice[level]!)
  const levelPrice = Float64Array.from(new Set([...old, ...prices])).sort()
  const levelOf = new Map([...levelPrice].map((price, level) => [price, level]))
  const segmentLevel = Int32Array.from(old, (price) => levelOf.get(price)!)
  return { ...market, segmentLevel, levelPrice, levelEntries: entriesOf(segmentLevel, levelPrice.length) }
}
const entriesOf = (segmentLevel: Int32Array, levels: number): Int32Array[] => {
  const entries: number[][] = Array.from({ length: levels }, () => [])
  for (const [entry, level] of segmentLevel.entries()) entries[level]!.push(entry)
  return entries.map((list) => Int32Array.from(list))
}

const withoutEntry = (entries: Int32Array, entry: number): Int32Array => entries.filter((other) => other !== entry)

/** A dearer slot: what flows there leaves for levels that are now cheaper, as far as there are any. */
const raisePrice = (network: Network, slot: number, at: { readonly from: number; readonly to: number; readonly levels: Int32Array[] }) => {
  const { flow, search, market } = network
  unlabel(network, at.from)
  at.levels[at.from] = withoutEntry(at.levels[at.from]!, slot)
  const amount = flow[slot]!
  setFlow(network, slot, 0)
  search.excess = amount
  search.excessAt = slot
  sweepLevels(network, amount, at.to)
  setFlow(network, slot, search.excess)
  search.excess = 0
  market.segmentLevel[slot] = at.to
  at.levels[at.to] = Int32Array.of(...at.levels[at.to]!, slot)
}

/** A cheaper slot: what can reach it from dearer ones comes. */
const lowerPrice = (network: Network, slot: number, at: { readonly from: number; readonly to: number; readonly levels: Int32Array[] }) => {
  const { flow, market } = network
  unlabel(network, at.to)
  at.levels[at.from] = withoutEntry(at.levels[at.from]!, slot)
  at.levels[at.to] = Int32Array.of(...at.levels[at.to]!, slot)
  market.segmentLevel[slot] = at.to
  const room = roomOf(network, slot)
  if (room > 0) setFlow(network, slot, flow[slot]! + pull(network, slot, { wanted: room, floor: at.to }).amount)
}

/** Changes the prices of import, slot by slot, each time to the best flow again; for sites without a surplus of the sun. */
export const changePrices = (network: Network, problem: SiteProblem): void => {
  const prices = problem.pricePerKwh
  const levels = bothMarkets(network.market, prices)
  const entries = levels.levelEntries.slice()
  network.market = { ...levels, levelEntries: entries }
  unlabel(network, 0)
  const levelOf = new Map([...levels.levelPrice].map((price, level) => [price, level]))
  for (const [slot, price] of prices.entries()) {
    const [from, to] = [network.market.segmentLevel[slot]!, levelOf.get(price)!]
    if (to > from) raisePrice(network, slot, { from, to, levels: entries })
    else if (to < from) lowerPrice(network, slot, { from, to, levels: entries })
  }
  network.market = buildMarket(problem)
  unlabel(network, 0)
}
